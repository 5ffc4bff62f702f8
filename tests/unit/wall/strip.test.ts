import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { themes } from '../../../src/comfort.ts'
import { spectrogram } from '../../../src/meaning/spectrogram.ts'
import { diverging, fromHex } from '../../../src/wall/colours.ts'
import { bandAt, columnValue, passageAt, passagesAt, type StripInput, wallImage } from '../../../src/wall/strip.ts'

const strip = (over: Partial<StripInput> = {}): StripInput => ({
  strips: spectrogram(new Float32Array([3, -3, 0, 1, -1, 2]), 2),
  window: { first: 0, last: 2 },
  theme: 'night',
  ...over,
})
const pixel = (image: ReturnType<typeof wallImage>, x: number, y: number) => [
  ...image.data.subarray((y * image.width + x) * 4, (y * image.width + x) * 4 + 3),
]

describe('wallImage', () => {
  it('paints each passage in its feature colour, first feature on top', () => {
    const image = wallImage(3, 4, strip())
    expect(pixel(image, 0, 0)).toEqual(diverging('night', 3))
    expect(pixel(image, 0, 2)).toEqual(diverging('night', -3))
    expect(pixel(image, 2, 2)).toEqual(diverging('night', 2))
  })

  it('leaves ground between tall bands, and everywhere when there is nothing to show', () => {
    const ground = fromHex(themes.night.ground)
    expect(pixel(wallImage(3, 24, strip()), 0, 11)).toEqual(ground)
    expect(pixel(wallImage(3, 4, strip({ strips: spectrogram(new Float32Array(), 0) })), 1, 1)).toEqual(ground)
    expect(pixel(wallImage(3, 4, strip({ window: { first: 0, last: -1 } })), 1, 1)).toEqual(ground)
  })

  it('lets passages outside the brush recede', () => {
    const bright = pixel(wallImage(3, 4, strip()), 0, 0)
    const dim = pixel(wallImage(3, 4, strip({ lit: { first: 1, last: 2 } })), 0, 0)
    expect(dim[2]).toBeLessThan(bright[2]!)
    expect(pixel(wallImage(3, 4, strip({ lit: { first: 0, last: 0 } })), 0, 0)).toEqual(bright)
  })

  it('keeps a lone outlier visible where many passages share a pixel', () => {
    const values = new Float32Array(1000).fill(0.1)
    values[437] = -2.5
    const [from, to] = passagesAt(43, 100, { first: 0, last: 999 })
    expect(columnValue(spectrogram(values, 1), 0, from, to)).toBeCloseTo(-2.5)
  })
})

describe('places on the wall', () => {
  it('columns cover every passage, in order, whatever the widths', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 900 }), (count, width) => {
        const window = { first: 5, last: 5 + count - 1 }
        let covered = 5
        for (let column = 0; column < width; column++) {
          const [from, to] = passagesAt(column, width, window)
          expect(from).toBeLessThanOrEqual(covered)
          covered = Math.max(covered, to)
        }
        expect(covered).toBe(window.last + 1)
      }),
    )
  })

  it('reads the passage and band under the pointer, clamped at the edges', () => {
    expect(passageAt(0, { first: 4, last: 7 })).toBe(4)
    expect(passageAt(1, { first: 4, last: 7 })).toBe(7)
    expect(passageAt(-2, { first: 4, last: 7 })).toBe(4)
    expect(bandAt(0.99, 3)).toBe(2)
    expect(bandAt(1.2, 3)).toBe(2)
    expect(bandAt(0.5, 0)).toBe(-1)
  })
})
