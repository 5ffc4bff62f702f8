import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseLabels, onePerCell, STAY, type Wish } from '../../../src/space/labels/choose.ts'
import { Crowd } from '../../../src/space/labels/crowd.ts'
import { standings } from '../../../src/space/labels/standing.ts'

const wish = (key: string, x: number, y: number, weight: number): Wish => ({
  key,
  x,
  y,
  width: 100,
  height: 20,
  weight,
})
const keys = (wishes: Wish[]) => wishes.map(({ key }) => key)
const none = new Set<string>()

describe('chooseLabels', () => {
  it('grants the heaviest first and never two over each other', () => {
    const wishes = [wish('light', 0, 0, 1), wish('heavy', 50, 5, 3), wish('apart', 0, 100, 2)]
    expect(keys(chooseLabels(wishes, none, 10))).toEqual(['heavy', 'apart'])
  })

  it('keeps to the limit', () => {
    const wishes = Array.from({ length: 40 }, (_, i) => wish(String(i), 0, i * 40, i))
    expect(chooseLabels(wishes, none, 7)).toHaveLength(7)
  })

  it('leaves what is on show where it is, unless a newcomer is much heavier', () => {
    const staying = wish('staying', 0, 0, 1)
    const slightly = wish('slightly', 10, 0, STAY - 0.1)
    const clearly = wish('clearly', 10, 0, STAY + 0.1)
    expect(keys(chooseLabels([staying, slightly], new Set(['staying']), 5))).toEqual(['staying'])
    expect(keys(chooseLabels([staying, clearly], new Set(['staying']), 5))).toEqual(['clearly'])
  })

  it('does not flicker: choosing again from what was chosen gives the same', () => {
    const place = fc.record({
      x: fc.integer({ max: 800, min: 0 }),
      y: fc.integer({ max: 600, min: 0 }),
      w: fc.integer({ min: 1, max: 9 }),
    })
    fc.assert(
      fc.property(fc.array(place, { maxLength: 60 }), (places) => {
        const wishes = places.map(({ x, y, w }, i) => wish(String(i), x, y, w))
        const once = keys(chooseLabels(wishes, none, 20))
        const twice = keys(chooseLabels(wishes, new Set(once), 20))
        const thrice = keys(chooseLabels(wishes, new Set(twice), 20))
        expect(thrice).toEqual(twice)
      }),
    )
  })
})

describe('onePerCell', () => {
  it('finds the best of each cell, the nearer of equals, and skips what is out of view', () => {
    const screen = new Float32Array([10, 10, 2, 20, 20, 1, 150, 10, 1, Number.NaN, 0, 1, 10, 10, 9])
    const cells = new Int32Array(2)
    const standing = new Float32Array([0, 0, 0, 9, 3])
    onePerCell(screen, 5, { width: 200, height: 100 }, 2, 1, standing, new Uint8Array(5), cells, new Float32Array(2))
    expect([...cells]).toEqual([4, 2])
  })
})

describe('standings', () => {
  it('begins in the middle and spreads out', () => {
    const places = new Float32Array([0, 0, 0, 0.01, 0, 0, 1, 0, 0, -0.9, 0, 0])
    const standing = standings(places, 4, new Uint8Array(4))
    expect(standing[0]).toBe(1)
    expect(standing[2]).toBeGreaterThan(standing[3])
    expect(standing[3]).toBeGreaterThan(standing[1])
  })

  it('lifts headings and bears rows without a place', () => {
    const places = new Float32Array([0, 0, 0, Number.NaN, Number.NaN, Number.NaN, 1, 1, 1])
    const standing = standings(places, 3, new Uint8Array([0, 0, 1]))
    expect(standing[2]).toBeGreaterThan(standing[0])
    expect(standing[1]).toBe(0)
  })
})

describe('Crowd', () => {
  it('counts what a box would hide', () => {
    const crowd = new Crowd()
    const screen = new Float32Array([...Array(9).fill([100, 100, 1]), [500, 300, 1], [Number.NaN, 0, 1]].flat())
    crowd.count(screen, 11, 800, 600)
    expect(crowd.under(90, 90, 36, 36)).toBeGreaterThan(3)
    expect(crowd.under(600, 400, 100, 20)).toBe(0)
  })
})
