import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KNOTS, knotAt, placeBetween, weightsAt } from '../../../src/space/sheetWeights.ts'

describe('weightsAt', () => {
  it('is one anchor at each corner', () => {
    expect([...weightsAt(0, 0, 4)]).toEqual([1, 0, 0, 0])
    expect([...weightsAt(1, 0, 4)]).toEqual([0, 1, 0, 0])
    expect([...weightsAt(1, 1, 4)]).toEqual([0, 0, 1, 0])
    expect([...weightsAt(0, 1, 4)]).toEqual([0, 0, 0, 1])
    expect([...weightsAt(0.3, 1, 3)]).toEqual([0, 0, 1])
  })

  it('sums to one everywhere', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(share, share, fc.constantFrom(3, 4), (u, v, anchors) => {
        expect(weightsAt(u, v, anchors).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12)
      }),
    )
  })
})

describe('knotAt', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  const corners = fc.constantFrom(3, 4)

  it('is near the point, sums to one, and is one of few', () => {
    fc.assert(
      fc.property(share, share, corners, (u, v, anchors) => {
        const exact = [...weightsAt(u, v, anchors)]
        const knot = [...knotAt(u, v, anchors)]
        expect(knot.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12)
        knot.forEach((weight, i) => {
          expect(weight).toBeGreaterThanOrEqual(0)
          expect(Math.abs(weight - exact[i]!)).toBeLessThanOrEqual(1 / KNOTS + 1e-9)
          const steps = weight * (anchors === 3 ? KNOTS : KNOTS ** 2)
          expect(steps).toBeCloseTo(Math.round(steps), 9)
        })
      }),
    )
  })

  it('has the anchors themselves at the corners', () => {
    expect([...knotAt(0.02, 0.03, 4)]).toEqual([1, 0, 0, 0])
    expect([...knotAt(0.98, 0.97, 4)]).toEqual([0, 0, 1, 0])
    expect([...knotAt(0.5, 0.98, 3)]).toEqual([0, 0, 1])
  })
})

describe('placeBetween', () => {
  it('is the mean of the rows by weight', () => {
    const places = Float32Array.of(0, 0, 0, 9, 9, 9, 4, 0, 2)
    expect(placeBetween(places, [0, 2], [0.25, 0.75])).toEqual([3, 0, 1.5])
  })
})
