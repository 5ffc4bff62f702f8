import { describe, expect, it } from 'vitest'
import { themes } from '../../../src/comfort.ts'
import { diverging, fromHex, gradientCss, group, presence, RANGE_SIGMA, type Rgb } from '../../../src/wall/colours.ts'

const linear = (value: number) =>
  value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4
const luminance = ([red, green, blue]: Rgb) => 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
const contrast = (a: Rgb, b: Rgb) => {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high! + 0.05) / (low! + 0.05)
}

/** Dichromats' view in linear RGB: Viénot, Brettel and Mollon 1999, tables for protan and deutan. */
const blindness: Record<string, number[][]> = {
  protan: [
    [0.11238, 0.88762, 0],
    [0.11238, 0.88762, 0],
    [0.00401, -0.00401, 1],
  ],
  deutan: [
    [0.29275, 0.70725, 0],
    [0.29275, 0.70725, 0],
    [-0.02234, 0.02234, 1],
  ],
}
const seen = (rgb: Rgb, matrix: number[][]) =>
  matrix.map((row) => row.reduce((sum, weight, index) => sum + weight * linear(rgb[index]!), 0))

const nightAndPaper = ['night', 'paper'] as const

describe('diverging colours', () => {
  it.each(nightAndPaper)('stand out from the ground of %s at every strength', (theme) => {
    for (let sigma = -4; sigma <= 4; sigma += 0.25)
      expect(contrast(diverging(theme, sigma), fromHex(themes[theme].ground))).toBeGreaterThanOrEqual(3)
  })

  it.each(nightAndPaper)('tell strength by lightness alone in %s', (theme) => {
    const away = (sigma: number) => contrast(diverging(theme, sigma), fromHex(themes[theme].ground))
    for (const side of [-1, 1])
      for (let sigma = 0.5; sigma <= RANGE_SIGMA; sigma += 0.5)
        expect(away(side * sigma)).toBeGreaterThan(away(side * (sigma - 0.5)))
  })

  it.each(nightAndPaper)('keep the two poles apart for dichromats in %s', (theme) => {
    for (const matrix of Object.values(blindness))
      for (const sigma of [1, 2, 3]) {
        const low = seen(diverging(theme, -sigma), matrix)
        const high = seen(diverging(theme, sigma), matrix)
        const blueness = (colour: number[]) => colour[2]! / (colour[0]! + colour[1]! + colour[2]!)
        expect(blueness(low) - blueness(high)).toBeGreaterThan(0.08)
      }
  })

  it('clamps, and reads NaN as the middle', () => {
    expect(diverging('night', 40)).toEqual(diverging('night', RANGE_SIGMA))
    expect(diverging('night', Number.NaN)).toEqual(diverging('night', 0))
  })

  it('makes a legend', () => {
    expect(gradientCss('paper')).toMatch(/^linear-gradient\(to right, rgb\(11 47 102\), .*rgb\(106 15 42\)\)$/)
  })
})

describe('groups', () => {
  it.each(nightAndPaper)('read on %s and begin again', (theme) => {
    for (let index = -1; index < 12; index++)
      expect(contrast(group(theme, index), fromHex(themes[theme].ground))).toBeGreaterThanOrEqual(4.5)
    expect(group(theme, 8)).toEqual(group(theme, 0))
  })
})

describe('presence', () => {
  it('grows with strength, the same for both poles', () => {
    expect(presence(0)).toBeLessThan(presence(1))
    expect(presence(-1)).toBe(presence(1))
    expect(presence(9)).toBe(1)
  })
})
