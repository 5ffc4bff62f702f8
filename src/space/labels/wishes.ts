import { labelLimit } from '../../comfort.ts'
import { pullStore } from '../../state/pull.ts'
import { viewStore } from '../../state/view.ts'
import { shared } from '../frame.ts'
import { neighbourRows } from '../Neighbours.tsx'
import { positionsBuffer } from '../positions.ts'
import { currentScene, type Scene } from '../scene.ts'
import { sight } from '../sight.ts'
import type { LabelText } from './atlas.ts'
import { onePerCell, type Wish } from './choose.ts'
import { Crowd } from './crowd.ts'
import { standings } from './standing.ts'

/** A label as it would stand: what it says, where it hangs, and its box in the view. */
export interface LabelWish extends Wish {
  label: LabelText
  row: number
  point?: readonly [number, number, number]
  /** From the anchor to the top left, pixels; the disc's own radius is added on `side` by the shader. */
  offset: readonly [number, number]
  side: number
}

/** Words that stand at points of the space, given by axes, marks and regions. */
export interface PointWord {
  key: string
  label: LabelText
  point: readonly [number, number, number]
  weight: number
  /** Where the word lies to its point: -1 left of it, 0 centred, 1 right of it. */
  side: -1 | 0 | 1
}

export const pointWords = new Map<string, PointWord[]>()

/** Room of its own for each label, pixels: fewer labels on a smaller screen. */
const ROOM = { width: 210, height: 76 }
/** From a disc to its label. */
const GAP = 2
/** From a ringed disc. */
const RINGED_GAP = 9
/** How much of a passage a label can show at most; the rest need not be measured. */
const GLANCE = 72

const plainText = (text: string): string =>
  text
    .slice(0, GLANCE)
    .replace(/\s+/g, ' ')
    .replace(/^[#>*\-\s]+/, '')

const PLAIN = ' plain'

let screen: Float32Array = new Float32Array(0)
let standing: Float32Array = new Float32Array(0)
let shownRows = new Uint8Array(0)
let cells = new Int32Array(0)
let scores = new Float32Array(0)
const crowd = new Crowd()
/** On which side of its node a label was last. */
const sideOf = new Map<string, 1 | -1>()
let stoodFor: { scene: Scene; target: Float32Array } | null = null

function prepare(scene: Scene): void {
  const { nodes } = scene
  if (screen.length < nodes * 3) {
    screen = new Float32Array(nodes * 3)
    shownRows = new Uint8Array(nodes)
  }
  const { target } = positionsBuffer
  if (stoodFor?.scene !== scene || stoodFor.target !== target) {
    standing = standings(target, scene.nodes, scene.headings)
    stoodFor = { scene, target }
    sideOf.clear()
  }
}

/** All labels that would like to be seen now, with their boxes. `measure` gives a label's size in pixels. */
export function gatherWishes(
  measure: (key: string, label: LabelText) => { width: number; height: number },
  shown: ReadonlySet<string>,
): LabelWish[] {
  const scene = currentScene()
  prepare(scene)
  const { selection, hovered, search, brush } = viewStore.getState()
  const { inset, width, height } = sight
  const bounds = { left: inset.left, right: width - inset.right, top: inset.top, bottom: height - inset.bottom }
  sight.project(positionsBuffer.current, scene.nodes, screen)
  crowd.count(screen, scene.nodes, width, height)
  const held = pullStore.getState().pull?.node
  const wishes: LabelWish[] = []
  const taken = new Set<number>()

  const node = (row: number, weight: number, style: LabelText['style'], accent = false, flip = false) => {
    if (row < 0 || taken.has(row) || !(screen[row * 3] >= 0)) return
    const key = `${scene.ids[row]} ${style}${accent ? ' accent' : ''}`
    const text = style === 'card' ? scene.texts[row] : plainText(scene.texts[row])
    const label: LabelText = { text, style, accent }
    const size = measure(key, label)
    const gap = style === 'card' || accent ? RINGED_GAP : GAP
    const left = screen[row * 3]
    const top = screen[row * 3 + 1]
    const distance = screen[row * 3 + 2]
    const disc = (shared.radius.value * sight.pixelsPerUnit) / distance + gap
    let y = top - (style === 'card' ? 16 : size.height / 2)
    if (flip) y = Math.max(bounds.top + 4, Math.min(bounds.bottom - size.height - 4, y))
    if (y < bounds.top || y + size.height > bounds.bottom) return
    // On the side where it hides less; what has a side keeps it unless the other is much freer.
    const sides = [left + disc, left - disc - size.width].map((x, index) => {
      const inside = x >= bounds.left && x + size.width <= bounds.right
      const favoured = sideOf.get(key) === (index === 0 ? 1 : -1) ? 2 : index === 0 ? 0.5 : 0
      return inside ? crowd.under(x, y, size.width, size.height) - favoured : Infinity
    })
    if (!flip && Math.min(...sides) === Infinity) return
    const right = sides[0] <= sides[1]
    sideOf.set(key, right ? 1 : -1)
    taken.add(row)
    const x = right ? left + disc : left - disc - size.width
    const offset = [right ? gap : -gap - size.width, y - top] as const
    const hidden = weight < 50 ? Math.max(0, right ? sides[0] : sides[1]) : 0
    wishes.push({ key, x, y, ...size, weight: weight / (1 + 0.5 * hidden), label, row, offset, side: right ? 1 : -1 })
  }
  const rowOf = (id: string) => scene.rowOf.get(id) ?? -1

  // In a headset a panel shows what is pointed at and what is selected first: once is enough.
  const panels = sight.inHeadset
  if (panels && selection[0]) taken.add(rowOf(selection[0]))
  if (panels && hovered) taken.add(rowOf(hovered))
  if (hovered && !held) node(rowOf(hovered), 1000, 'card', selection.includes(hovered), true)
  selection.forEach((id, index) => {
    node(rowOf(id), 500 - Math.min(index, 99), 'plain', true, index === 0)
  })
  for (const words of pointWords.values()) for (const word of words) wishes.push(...placeWord(word, measure))
  search?.hits.slice(0, 24).forEach((id, index) => {
    node(rowOf(id), 80 - index, 'plain')
  })
  if (selection.length > 0) {
    neighbourRows(scene, rowOf(selection[0])).forEach((row, index) => {
      node(row, 60 - index, 'plain')
    })
  }
  // While something is in the hand, or was looked for, the rest keeps quiet.
  if (held || search?.hits.length) return wishes
  for (let row = scene.passages; row < scene.nodes; row++) node(row, 20, 'plain')

  if (brush) {
    for (let row = 0; row < scene.nodes; row++) {
      if (row < brush.first || row > brush.last) screen[row * 3] = Number.NaN
    }
  }
  const columns = Math.max(1, Math.round(width / ROOM.width))
  const lines = Math.max(1, Math.round(height / ROOM.height))
  if (cells.length !== columns * lines) {
    cells = new Int32Array(columns * lines)
    scores = new Float32Array(columns * lines)
  }
  shownRows.fill(0)
  for (const key of shown) {
    const row = key.endsWith(PLAIN) ? scene.rowOf.get(key.slice(0, -PLAIN.length)) : undefined
    if (row !== undefined) shownRows[row] = 1
  }
  onePerCell(screen, scene.nodes, { width, height }, columns, lines, standing, shownRows, cells, scores)
  cells.forEach((row, cell) => {
    if (row >= 0) node(row, 5 * (scores[cell] + 0.1), scene.headings[row] ? 'heading' : 'plain')
  })
  return wishes
}

const point = new Float32Array(3)
const onScreen = new Float32Array(3)

function placeWord(
  { key, label, point: at, weight, side }: PointWord,
  measure: (key: string, label: LabelText) => { width: number; height: number },
): LabelWish[] {
  point.set(at)
  sight.project(point, 1, onScreen)
  if (!(onScreen[2] > 0)) return []
  const size = measure(key, label)
  const dx = side === 0 ? -size.width / 2 : side > 0 ? GAP : -GAP - size.width
  const dy = -size.height / 2
  return [
    {
      key,
      x: onScreen[0] + dx,
      y: onScreen[1] + dy,
      ...size,
      weight,
      label,
      row: -1,
      point: at,
      offset: [dx, dy],
      side: 0,
    },
  ]
}

/** All around a person in a headset more labels stand than are looked at: fewer are calmer. */
const HEADSET_LABELS = 26

/** How many labels this view carries. */
export function labelBudget(): number {
  const { width, height, inHeadset } = sight
  if (inHeadset) return HEADSET_LABELS
  return Math.max(6, Math.min(labelLimit - 6, Math.floor((width * height) / (ROOM.width * ROOM.height * 2.6))))
}
