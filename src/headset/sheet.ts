import { labelDmm, readingDmm } from '../comfort.ts'
import { themeColours } from '../space/theme.ts'

/**
 * A sheet is what a panel shows, measured in dmm (1 dmm = 1 mm at 1 m): the panel's distance from the eyes makes metres
 * of it, so that its text is equally legible wherever it opens.
 */
export interface Sheet {
  width: number
  lines: Line[]
}

export type Tone = 'ink' | 'soft' | 'accent'

export type Line =
  | { kind: 'title' | 'book' | 'plain'; text: string; tone?: Tone; most?: number }
  | { kind: 'buttons'; buttons: Button[] }
  | { kind: 'rule' }

export interface Button {
  label: string
  /** Chosen now: outlined and written in the accent, which alone is quieter than a field of it. */
  on?: boolean
  /** The open one of several leaves. */
  open?: boolean
  /** Nothing to do at the moment. */
  idle?: boolean
  press: () => void
}

export interface Place {
  x: number
  y: number
  width: number
  height: number
}

export interface LaidSheet {
  width: number
  height: number
  /** Lines of text, ready to draw: their baseline's left end. */
  texts: { text: string; x: number; y: number; font: string; tone: Tone }[]
  rules: number[]
  buttons: { place: Place; button: Button }[]
}

/** Letters: the part that must be told apart is the x-height, about half the size of either typeface. */
const sizes = { title: 2.3 * readingDmm, book: 2.1 * readingDmm, plain: 2.1 * labelDmm, button: 2.1 * labelDmm }
const families = {
  title: '"Inter Variable", sans-serif',
  book: '"Literata Variable", serif',
  plain: '"Inter Variable", sans-serif',
}
const fontOf = (kind: keyof typeof families): string =>
  `${kind === 'title' ? 600 : 400} ${sizes[kind]}px ${families[kind]}`
const buttonFont = `500 ${sizes.button}px ${families.plain}`

/** At 0.55 m a button of this height is 3.3 cm, no less than `nearButton` asks for. */
const BUTTON = 62
const GAP = 10
const MARGIN = 26

let ruler: CanvasRenderingContext2D | undefined

function measure(text: string, font: string): number {
  ruler ??= document.createElement('canvas').getContext('2d')!
  ruler.font = font
  return ruler.measureText(text).width
}

/** Break a text into lines no wider than `width`; what is left after `most` lines ends in an ellipsis. */
export function wrap(text: string, width: number, most: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word
    if (line && widthOf(longer) > width) {
      lines.push(line)
      line = word
    } else line = longer
  }
  if (line) lines.push(line)
  if (lines.length <= most) return lines
  return [...lines.slice(0, most - 1), `${lines[most - 1]} …`]
}

/** Give every line and button its place. */
export function layOut({ width, lines }: Sheet): LaidSheet {
  const laid: LaidSheet = { width, height: 0, texts: [], rules: [], buttons: [] }
  const inner = width - 2 * MARGIN
  let y = MARGIN
  for (const line of lines) {
    if (line.kind === 'rule') {
      laid.rules.push(y + GAP)
      y += 2 * GAP
    } else if (line.kind === 'buttons') {
      const each = (inner - GAP * (line.buttons.length - 1)) / line.buttons.length
      line.buttons.forEach((button, index) => {
        laid.buttons.push({ button, place: { x: MARGIN + index * (each + GAP), y, width: each, height: BUTTON } })
      })
      y += BUTTON + GAP
    } else {
      const font = fontOf(line.kind)
      const height = sizes[line.kind] * 1.4
      for (const text of wrap(line.text, inner, line.most ?? 14, (part) => measure(part, font))) {
        laid.texts.push({ text, x: MARGIN, y: y + height * 0.75, font, tone: line.tone ?? 'ink' })
        y += height
      }
      y += GAP / 2
    }
  }
  laid.height = y - GAP / 2 + MARGIN
  return laid
}

/** The button at a place of the sheet (dmm from its top left corner). */
export const buttonAt = ({ buttons }: LaidSheet, x: number, y: number): Button | undefined =>
  buttons.find(({ place }) => x >= place.x && x <= place.x + place.width && y >= place.y && y <= place.y + place.height)
    ?.button

/** Pixels for one dmm: 35 a degree, more than today's headsets show. */
export const PIXELS = 2

/** Draw a laid-out sheet; `lit` is the button under a hand. */
export function draw(canvas: HTMLCanvasElement, laid: LaidSheet, lit: Button | null): void {
  const { ground, lift, ink, inkSoft, hairline, accent } = themeColours()
  const tones: Record<Tone, string> = { ink, soft: inkSoft, accent }
  canvas.width = Math.ceil(laid.width * PIXELS)
  canvas.height = Math.ceil(laid.height * PIXELS)
  const context = canvas.getContext('2d')!
  context.scale(PIXELS, PIXELS)
  context.fillStyle = lift
  context.fillRect(0, 0, laid.width, laid.height)
  context.strokeStyle = hairline
  context.lineWidth = 3
  context.strokeRect(1.5, 1.5, laid.width - 3, laid.height - 3)
  context.lineWidth = 1.5
  for (const y of laid.rules) {
    context.beginPath()
    context.moveTo(MARGIN, y)
    context.lineTo(laid.width - MARGIN, y)
    context.stroke()
  }
  for (const { text, x, y, font, tone } of laid.texts) {
    context.font = font
    context.fillStyle = tones[tone]
    context.fillText(text, x, y)
  }
  context.font = buttonFont
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  for (const { place, button } of laid.buttons) {
    context.beginPath()
    context.roundRect(place.x, place.y, place.width, place.height, 10)
    context.fillStyle = button.open || (button === lit && !button.idle) ? hairline : ground
    context.fill()
    context.lineWidth = button.on ? 3 : 1.5
    context.strokeStyle = button.on ? accent : button === lit && !button.idle ? ink : hairline
    context.stroke()
    context.fillStyle = button.on ? accent : button.idle ? inkSoft : ink
    context.fillText(button.label, place.x + place.width / 2, place.y + place.height / 2, place.width - 8)
  }
}

/** All words of a sheet in reading order. */
export const wordsOf = ({ lines }: Sheet): string =>
  lines
    .map((line) => {
      if (line.kind === 'rule') return ''
      return line.kind === 'buttons' ? line.buttons.map(({ label }) => label).join(' · ') : line.text
    })
    .filter(Boolean)
    .join('\n')
