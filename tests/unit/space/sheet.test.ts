import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { weightsAt } from '../../../src/space/sheetWeights.ts'

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
