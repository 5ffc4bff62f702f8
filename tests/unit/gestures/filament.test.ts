import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountAlong, type Filament } from '../../../src/gestures/filament.ts'
import { gridWeights } from '../../../src/gestures/sheetGrid.ts'
import type { Vec3 } from '../../../src/meaning/types.ts'

const filament: Filament = { other: 'b', from: [1, 0, 0], to: [1, 2, 0], slid: true }
/** @param beside units of space */
const at = (share: number, beside = 0): Vec3 => [1 + beside, 2 * share, 0]

describe('amountAlong', () => {
  it('is the share of the way, in twentieths, and goes on beyond the other end', () => {
    expect([0.1, 0.26, 0.5, 0.99, 1.24, 1.5].map((share) => amountAlong(filament, at(share)))).toEqual([
      0.1, 0.25, 0.5, 1, 1.25, 1.5,
    ])
    expect(amountAlong(filament, at(1.7))).toBe(1.5)
  })

  it('is left to the side, beyond the farthest amount, and where the node is put back', () => {
    expect(amountAlong(filament, at(0.5, 0.15))).toBe(0.5)
    expect(amountAlong(filament, at(0.5, 0.25))).toBe(null)
    expect(amountAlong({ ...filament, to: [1, 0.2, 0] }, [1.04, 0.1, 0])).toBe(0.5)
    expect(amountAlong({ ...filament, to: [1, 0.2, 0] }, [1.06, 0.1, 0])).toBe(null)
    expect(amountAlong(filament, at(2))).toBe(null)
    expect(amountAlong(filament, at(0.05))).toBe(null)
    expect(amountAlong(filament, at(-0.5))).toBe(null)
    expect(amountAlong({ ...filament, to: filament.from }, at(0.5))).toBe(null)
  })
})

describe('gridWeights', () => {
  it('has every anchor as a corner, in turn, and weights that sum to one', () => {
    fc.assert(
      fc.property(fc.constantFrom(3, 4), fc.integer({ min: 2, max: 7 }), (anchors, side) => {
        const points = gridWeights(anchors, side)
        for (const { weights } of points) expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12)
        const corners = points.filter(({ weights }) => weights.includes(1)).map(({ weights }) => weights.indexOf(1))
        expect(corners).toEqual(anchors === 4 ? [0, 1, 3, 2] : [0, 1, 2])
        expect(new Set(points.map(({ row, column }) => `${row} ${column}`)).size).toBe(points.length)
      }),
    )
  })
})
