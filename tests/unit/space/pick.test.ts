import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Picked, pickByRay, pickBySphere, pickTolerance } from '../../../src/space/pick.ts'

const out = (): Picked => ({ row: -1, distance: -1 })
const forward = { origin: { x: 0, y: 0, z: 0 }, direction: { x: 0, y: 0, z: -1 } }

describe('pickByRay', () => {
  it('finds the disc it meets first, not the one it meets most squarely', () => {
    const places = new Float32Array([0, 0, -3, 0.01, 0, -2])
    expect(pickByRay(places, 2, forward, 0.02, pickTolerance, out())).toEqual({ row: 1, distance: 2 })
  })

  it('outside of discs, finds the smallest angle within the tolerance', () => {
    const places = new Float32Array([0.02, 0, -2, 0.025, 0, -4, 0.2, 0, -1])
    expect(pickByRay(places, 3, forward, 0.001, pickTolerance, out())?.row).toBe(1)
    expect(pickByRay(places.subarray(6), 1, forward, 0.001, pickTolerance, out())).toBeNull()
  })

  it('finds nothing behind, nothing at the eye, and no row without a place', () => {
    const places = new Float32Array([0, 0, 2, 0, 0, 0, Number.NaN, Number.NaN, Number.NaN])
    expect(pickByRay(places, 3, forward, 0.02, pickTolerance, out())).toBeNull()
  })

  it('keeps to the rows it is told, and to near and far', () => {
    const places = new Float32Array([0, 0, -1, 0, 0, -5])
    expect(pickByRay(places, 0, forward, 0.02, 0.01, out())).toBeNull()
    expect(pickByRay(places, 2, forward, 0.02, 0.01, out(), 2)?.row).toBe(1)
    expect(pickByRay(places, 2, forward, 0.02, 0.01, out(), 2, 4)).toBeNull()
  })

  it('a disc it meets is never farther than any other disc it meets', () => {
    const coordinate = fc.double({ min: -1, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.array(coordinate, { minLength: 3, maxLength: 120 }), (values) => {
        const count = Math.floor(values.length / 3)
        const places = new Float32Array(values)
        const origin = { x: 0, y: 0, z: 3 }
        const found = pickByRay(places, count, { origin, direction: { x: 0, y: 0, z: -1 } }, 0.2, 0, out())
        let nearest = Infinity
        for (let row = 0; row < count; row++) {
          const [x, y, z] = places.subarray(row * 3)
          if (x * x + y * y < 0.2 * 0.2 - 1e-9) nearest = Math.min(nearest, 3 - z)
        }
        if (nearest < Infinity) expect(found!.distance).toBeLessThanOrEqual(nearest + 1e-6)
      }),
    )
  })
})

describe('pickBySphere', () => {
  it('finds the nearest centre within reach', () => {
    const places = new Float32Array([0, 0, 0, 0.5, 0, 0, Number.NaN, 0, 0])
    expect(pickBySphere(places, 3, { x: 0.4, y: 0, z: 0 }, 0.2, out())).toMatchObject({ row: 1 })
    expect(pickBySphere(places, 3, { x: 2, y: 0, z: 0 }, 0.2, out())).toBeNull()
  })
})
