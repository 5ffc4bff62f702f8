import { describe, expect, it } from 'vitest'
import { easeTowards } from '../../../src/space/ease.ts'

describe('easeTowards', () => {
  it('takes the same path at any frame rate', () => {
    const slow = new Float32Array([0])
    const fast = new Float32Array([0])
    const target = new Float32Array([1])
    for (let frame = 0; frame < 6; frame++) easeTowards(slow, target, 1, 1 / 30, 0.5)
    for (let frame = 0; frame < 18; frame++) easeTowards(fast, target, 1, 1 / 90, 0.5)
    expect(slow[0]).toBeCloseTo(fast[0], 5)
  })

  it('has gone 98 % of the way when it should have settled', () => {
    const current = new Float32Array([0])
    easeTowards(current, new Float32Array([1]), 1, 0.5, 0.5)
    expect(current[0]).toBeGreaterThan(0.98)
    expect(current[0]).toBeLessThan(1)
  })

  it('arrives, and says so', () => {
    const current = new Float32Array([0, 5])
    const target = new Float32Array([1, 5])
    let frames = 0
    while (easeTowards(current, target, 2, 1 / 60, 0.4)) frames++
    expect([...current]).toEqual([1, 5])
    expect(frames).toBeLessThan(60)
  })

  it('cuts where motion is reduced, and where there was no place before', () => {
    const current = new Float32Array([0, Number.NaN])
    expect(easeTowards(current, new Float32Array([1, 2]), 2, 1 / 60, 0)).toBe(false)
    expect([...current]).toEqual([1, 2])
    const unplaced = new Float32Array([Number.NaN])
    easeTowards(unplaced, new Float32Array([3]), 1, 1 / 60, 0.5)
    expect(unplaced[0]).toBe(3)
    easeTowards(unplaced, new Float32Array([Number.NaN]), 1, 1 / 60, 0.5)
    expect(unplaced[0]).toBeNaN()
  })
})
