/**
 * The colours of data, shared by the space, the wall, the legend and the headset. Amber is not among them: it always
 * means "yours: selected, held, changed".
 */
import { interpolateLab, piecewise } from 'd3-interpolate'
import type { Theme } from '../comfort.ts'

export type Rgb = [red: number, green: number, blue: number]

/** Activations beyond ± this many σ take the end colours. */
export const RANGE_SIGMA = 3

/**
 * Blue for the low pole, rose for the high one, through a neutral grey that still has 3:1 against the ground
 * (WCAG 1.4.11). Blue against red keeps its difference under all common colour blindness (Brewer's RdBu rests on the
 * same pair); strength is told by lightness too, away from the ground in both themes, so that print and
 * achromatopsia keep it.
 */
const stops: Record<Theme, string[]> = {
  night: ['#b5dcff', '#5aa8ec', '#6a7482', '#e5748a', '#ffc3c0'],
  paper: ['#0b2f66', '#2f74bd', '#8b867c', '#b8405d', '#6a0f2a'],
}

/** Groups (sections or documents), in the order of appearance; after the last they begin again. */
const groups: Record<Theme, string[]> = {
  night: ['#8ab8dd', '#8fc9a8', '#c99bcf', '#d99a8e', '#7fc4c8', '#aab57a', '#a7a2de', '#b9bec7'],
  paper: ['#2f6690', '#2e7553', '#84458c', '#95473a', '#1f7378', '#64702a', '#5550a0', '#5f6671'],
}

const STEPS = 256

function parse(text: string): Rgb {
  if (text.startsWith('#')) {
    const value = Number.parseInt(text.slice(1), 16)
    return [value >> 16, (value >> 8) & 255, value & 255]
  }
  const [red, green, blue] = text.match(/[\d.]+/g)!.map(Number)
  return [Math.round(red!), Math.round(green!), Math.round(blue!)]
}

function table(theme: Theme): Uint8Array {
  const at = piecewise(interpolateLab, stops[theme])
  const out = new Uint8Array((STEPS + 1) * 3)
  for (let step = 0; step <= STEPS; step++) out.set(parse(at(step / STEPS)), step * 3)
  return out
}

const tables: Record<Theme, Uint8Array> = { night: table('night'), paper: table('paper') }

/** The colour of an activation of `sigma` σ: components 0…255. NaN reads as the middle. */
export function diverging(theme: Theme, sigma: number): Rgb {
  const share = Math.min(1, Math.max(0, (sigma || 0) / (2 * RANGE_SIGMA) + 0.5))
  const at = Math.round(share * STEPS) * 3
  const colours = tables[theme]
  return [colours[at]!, colours[at + 1]!, colours[at + 2]!]
}

export const css = ([red, green, blue]: Rgb): string => `rgb(${red} ${green} ${blue})`

export const divergingCss = (theme: Theme, sigma: number): string => css(diverging(theme, sigma))

/** How much a cell of the wall stands out from the ground, 0…1: the ordinary recedes, the unusual speaks. */
export function presence(sigma: number): number {
  const share = Math.min(1, Math.abs(sigma || 0) / 2)
  return 0.12 + 0.88 * share * share * (3 - 2 * share)
}

/** The colour of a group (section or document) by its number; negative numbers, as for "under no heading", are the last. */
export function group(theme: Theme, index: number): Rgb {
  const palette = groups[theme]
  return parse(palette[index < 0 ? palette.length - 1 : index % palette.length]!)
}

export const groupCss = (theme: Theme, index: number): string => css(group(theme, index))

/** A hex colour, as `comfort.ts` has them, in components 0…255. */
export const fromHex = (hex: string): Rgb => parse(hex)

/** A CSS gradient from −{@link RANGE_SIGMA} to +{@link RANGE_SIGMA} σ, for legends and sliders. */
export function gradientCss(theme: Theme, direction = 'to right'): string {
  const colours = Array.from({ length: 13 }, (_, index) => divergingCss(theme, (index / 12 - 0.5) * 2 * RANGE_SIGMA))
  return `linear-gradient(${direction}, ${colours.join(', ')})`
}
