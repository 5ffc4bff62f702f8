import {
  Box2,
  CanvasTexture,
  LinearFilter,
  LinearMipmapLinearFilter,
  NoColorSpace,
  type Texture,
  Vector2,
  type WebGLRenderer,
} from 'three'
import { type Theme, themes } from '../../comfort.ts'

/** What a label says and how. `card` is the passage looked at, in up to four lines; `word` a pole or a region. */
export interface LabelText {
  text: string
  style: 'plain' | 'heading' | 'card' | 'word' | 'mark'
  /** Drawn with the accent: selected. */
  accent?: boolean
}

/** Places on the atlas, in CSS pixels: `CARDS` tall ones, then small ones in two columns. */
export const SLOT = { width: 300, small: 24, card: 112 }
export const CARDS = 6
const SMALL = 58
export const SLOTS = CARDS + SMALL

const COLUMNS = 2
const WIDTH = SLOT.width * COLUMNS
const CARD_LINES = CARDS / COLUMNS
const HEIGHT = CARD_LINES * SLOT.card + (SMALL / COLUMNS) * SLOT.small

/** Top left and room of a slot, CSS pixels. */
export function slotBox(slot: number): { x: number; y: number; width: number; height: number } {
  const x = (slot % COLUMNS) * SLOT.width
  if (slot < CARDS) return { x, y: Math.floor(slot / COLUMNS) * SLOT.card, width: SLOT.width, height: SLOT.card }
  const y = CARD_LINES * SLOT.card + Math.floor((slot - CARDS) / COLUMNS) * SLOT.small
  return { x, y, width: SLOT.width, height: SLOT.small }
}

const BOOK = "'Literata Variable', Georgia, serif"
const PLAIN = "'Inter Variable', system-ui, sans-serif"
const fonts: Record<LabelText['style'], string> = {
  plain: `400 12.5px ${BOOK}`,
  heading: `600 12.5px ${PLAIN}`,
  card: `400 14px ${BOOK}`,
  word: `500 12.5px ${PLAIN}`,
  mark: `500 11px ${PLAIN}`,
}

/** Letters of a plain label are let run to this width before they are cut, pixels. */
const PLAIN_WIDTH = 196
const PAD = { x: 5, y: 3 }
const CARD = { width: 284, line: 19, lines: 5, x: 11, y: 8 }

/** Words of `text` in lines no wider than `width`; the last is cut with an ellipsis. */
function wrap(context: CanvasRenderingContext2D, text: string, width: number, most: number): string[] {
  const words = text.split(/\s+/).filter(Boolean)
  const lines: string[] = []
  let line = ''
  for (const word of words) {
    const longer = line ? `${line} ${word}` : word
    if (context.measureText(longer).width <= width || !line) {
      line = longer
      continue
    }
    if (lines.length === most - 1) {
      lines.push(cut(context, `${line} ${word}`, width, true))
      return lines
    }
    lines.push(line)
    line = word
  }
  if (line) lines.push(cut(context, line, width))
  return lines
}

function cut(context: CanvasRenderingContext2D, text: string, width: number, always = false): string {
  if (!always && context.measureText(text).width <= width) return text
  let end = text.length
  while (end > 1 && context.measureText(`${text.slice(0, end).trimEnd()}…`).width > width) end--
  return `${text.slice(0, end).trimEnd()}…`
}

/** All labels in one texture; each is drawn with local fonts on a small canvas and sent to its slot alone. */
export class LabelAtlas {
  readonly texture: Texture
  readonly size = new Vector2(WIDTH, HEIGHT)
  private readonly sheet: HTMLCanvasElement
  private readonly brush: CanvasRenderingContext2D
  private readonly patch: CanvasTexture
  private readonly at = new Vector2()
  private readonly region = new Box2(new Vector2(0, 0), new Vector2(0, 0))
  readonly density: number

  /** `density`: texels for a CSS pixel. */
  constructor(density: number) {
    this.density = density
    this.sheet = document.createElement('canvas')
    this.sheet.width = SLOT.width * density
    this.sheet.height = SLOT.card * density
    this.brush = this.sheet.getContext('2d', { willReadFrequently: false })!
    this.patch = new CanvasTexture(this.sheet)
    const whole = document.createElement('canvas')
    whole.width = WIDTH * density
    whole.height = HEIGHT * density
    this.texture = new CanvasTexture(whole)
    for (const texture of [this.texture, this.patch]) {
      texture.colorSpace = NoColorSpace
      texture.premultiplyAlpha = true
      texture.flipY = false
      texture.magFilter = LinearFilter
    }
    this.texture.minFilter = LinearMipmapLinearFilter
    this.patch.generateMipmaps = false
  }

  /** The room a label takes, CSS pixels, without drawing it. */
  measure({ text, style }: LabelText): { width: number; height: number } {
    this.brush.font = fonts[style]
    if (style === 'card') {
      const lines = wrap(this.brush, text, CARD.width - 2 * CARD.x, CARD.lines)
      const widest = Math.max(...lines.map((line) => this.brush.measureText(line).width), 0)
      return { width: Math.ceil(widest + 2 * CARD.x), height: lines.length * CARD.line + 2 * CARD.y }
    }
    const width = Math.min(this.brush.measureText(text).width, style === 'plain' ? PLAIN_WIDTH : SLOT.width - 2 * PAD.x)
    return { width: Math.ceil(width + 2 * PAD.x), height: style === 'mark' ? 16 : 20 }
  }

  /** Draw a label into its slot; after the `last` of several, the smaller copies for far views are made anew. */
  draw(renderer: WebGLRenderer, slot: number, label: LabelText, theme: Theme, last: boolean): void {
    const { brush, density } = this
    const colours = themes[theme]
    const { width, height } = this.measure(label)
    const box = slotBox(slot)
    brush.setTransform(1, 0, 0, 1, 0, 0)
    brush.clearRect(0, 0, this.sheet.width, this.sheet.height)
    brush.setTransform(density, 0, 0, density, 0, 0)
    const card = label.style === 'card'
    brush.beginPath()
    brush.roundRect(0.5, 0.5, width - 1, height - 1, card ? 6 : 4)
    brush.fillStyle = card || label.accent ? colours.lift : colours.ground
    brush.fill()
    if (card || label.accent) {
      brush.lineWidth = 1
      brush.strokeStyle = label.accent ? colours.accent : colours.hairline
      brush.stroke()
    }
    brush.font = fonts[label.style]
    brush.fillStyle = label.style === 'plain' || label.style === 'mark' ? colours.inkSoft : colours.ink
    if (label.accent || card) brush.fillStyle = colours.ink
    if (label.style === 'word') brush.fillStyle = label.accent ? colours.accent : colours.ink
    brush.textBaseline = 'alphabetic'
    if (card) {
      wrap(brush, label.text, CARD.width - 2 * CARD.x, CARD.lines).forEach((line, index) => {
        brush.fillText(line, CARD.x, CARD.y + 14 + index * CARD.line)
      })
    } else {
      brush.fillText(
        cut(brush, label.text, width - 2 * PAD.x + 0.5),
        PAD.x,
        height / 2 + (label.style === 'mark' ? 4 : 4.5),
      )
    }
    this.patch.needsUpdate = true
    this.at.set(box.x * density, box.y * density)
    this.region.max.set(box.width * density, box.height * density)
    this.texture.generateMipmaps = last
    renderer.copyTextureToTexture(this.patch, this.texture, this.region, this.at)
    this.texture.generateMipmaps = true
  }

  dispose(): void {
    this.texture.dispose()
    this.patch.dispose()
  }
}
