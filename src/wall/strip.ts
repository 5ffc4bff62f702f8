/**
 * A document as a coloured band, drawn into pixels: one row a feature, passages from left to right. Pure, so that the
 * screen's wall and the headset's wall are the same picture.
 */
import { type Theme, themes } from '../comfort.ts'
import type { Strips } from '../meaning/spectrogram.ts'
import { diverging, fromHex, presence, type Rgb } from './colours.ts'

export interface StripInput {
  /** Bands to draw, top to bottom, in σ (see `meaning/spectrogram.ts`). */
  strips: Strips
  /** Passages shown, first to last (inclusive). */
  window: { first: number; last: number }
  /** Passages of the brush; the others recede. */
  lit?: { first: number; last: number } | null
  theme: Theme
}

export interface Pixels {
  width: number
  height: number
  data: Uint8ClampedArray<ArrayBuffer>
}

/** Pixels left as ground between two bands, where a band is tall enough to spare them. */
const gapOf = (band: number): number => (band >= 8 ? 2 : band >= 4 ? 1 : 0)

/** Passages under a column of pixels: [from, to), never empty. */
export function passagesAt(column: number, width: number, window: StripInput['window']): [from: number, to: number] {
  const count = window.last - window.first + 1
  const from = window.first + Math.min(count - 1, Math.floor((column * count) / width))
  const to = window.first + Math.min(count, Math.ceil(((column + 1) * count) / width))
  return [from, Math.max(from + 1, to)]
}

/** The passage under a horizontal place (share of the width, 0…1), clamped to the window. */
export function passageAt(share: number, window: StripInput['window']): number {
  const count = window.last - window.first + 1
  return window.first + Math.min(count - 1, Math.max(0, Math.floor(share * count)))
}

/** The band under a vertical place (share of the height, 0…1), top first; −1 if there is none. */
export function bandAt(share: number, bands: number): number {
  return bands === 0 ? -1 : Math.min(bands - 1, Math.max(0, Math.floor(share * bands)))
}

/**
 * What one pixel column tells of a feature: where several passages share a column, the strongest of them, so that a
 * single unusual passage among ten thousand is still seen.
 */
export function columnValue({ values, count }: Strips, band: number, from: number, to: number): number {
  let strongest = 0
  for (let row = from; row < to; row++) {
    const value = values[band * count + row]!
    if (Math.abs(value) > Math.abs(strongest)) strongest = value
  }
  return strongest
}

function mix(ground: Rgb, colour: Rgb, share: number): Rgb {
  return [
    ground[0] + (colour[0] - ground[0]) * share,
    ground[1] + (colour[1] - ground[1]) * share,
    ground[2] + (colour[2] - ground[2]) * share,
  ]
}

/** The whole band picture, `width` × `height` pixels of opaque RGBA; the rows' gaps are ground. */
export function wallImage(width: number, height: number, input: StripInput): Pixels {
  const data = new Uint8ClampedArray(width * height * 4)
  const ground = fromHex(themes[input.theme].ground)
  for (let at = 0; at < data.length; at += 4) {
    data[at] = ground[0]
    data[at + 1] = ground[1]
    data[at + 2] = ground[2]
    data[at + 3] = 255
  }
  const bands = input.strips.order.length
  if (bands === 0 || input.window.last < input.window.first) return { width, height, data }
  const gap = gapOf(height / bands)
  for (let band = 0; band < bands; band++) {
    const top = Math.round((band * height) / bands)
    const bottom = Math.max(top + 1, Math.round(((band + 1) * height) / bands) - gap)
    for (let column = 0; column < width; column++) {
      const [from, to] = passagesAt(column, width, input.window)
      const value = columnValue(input.strips, band, from, to)
      const bright = !input.lit || (to > input.lit.first && from <= input.lit.last)
      const [red, green, blue] = mix(ground, diverging(input.theme, value), presence(value) * (bright ? 1 : 0.35))
      for (let row = top; row < bottom; row++) {
        const at = (row * width + column) * 4
        data[at] = red
        data[at + 1] = green
        data[at + 2] = blue
      }
    }
  }
  return { width, height, data }
}
