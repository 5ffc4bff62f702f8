import type { Confidence, Move, Word } from '../meaning/types.ts'
import type { InvertRequest, Settled } from '../model/api.ts'
import { modelClient } from '../model/client.ts'
import { type Node, nodeById } from '../state/nodes.ts'
import { notify } from '../state/notices.ts'
import { projectStore } from '../state/project.ts'
import { pullStore } from '../state/pull.ts'
import { type ReadPoint, sheetPointStore } from '../state/sheetPoint.ts'
import { viewStore } from '../state/view.ts'
import { applyMove } from './branch.ts'
import { target } from './target.ts'

/** Words shown for a point. */
const WORDS = 6

/** A pointer that only passes over a cell asks for no sentence; milliseconds until it counts as resting. */
const REST = 150

/** Who rests this long, milliseconds, reads: then the sentence is looked for with care. */
const LONG_REST = 600

/** Cells that are remembered, the latest read last: a few sheets that were gone over from end to end. */
const MOST_CELLS = 512

/** From here on a point is one of its anchors. */
const WHOLE = 0.999

/** What is known of a cell, as far as it has been found. */
interface Known {
  words?: Word[]
  text?: string
  sure?: Confidence['word']
  settled?: Settled
}

/** The point that is being read, and what is asked for it. */
interface Look {
  cell: string
  request: InvertRequest
  /** Where a greedy sentence starts: the text of the anchor that counts most. */
  nearest: Node
  stop: AbortController
}

const cells = new Map<string, Known>()
let cellsOf = ''

let look: Look | null = null
/** Whose preview is under way; another's is not ours to drop. */
let previewing: Look | null = null
let asking = false
let stopWatching: (() => void) | null = null

const textOf = ({ text, vector }: Node) => ({ text, vector })
const moveTo = (anchors: string[], weights: readonly number[]): Move => ({
  kind: 'slice',
  anchors,
  weights: [...weights],
})
const isAt = (point: ReadPoint, anchors: string[], weights: readonly number[]): boolean =>
  point.anchors.length === anchors.length &&
  point.anchors.every((id, i) => id === anchors[i] && point.weights[i] === weights[i])

/** The cell's name holds the anchors' words too: a branch can be given another wording. */
function nameOf(anchors: Node[], weights: readonly number[]): string {
  return JSON.stringify([anchors.map(({ id, text }) => [id, text]), weights.map((weight) => weight.toFixed(3))])
}

function recall(cell: string): Known {
  const { id } = projectStore.getState().project
  if (id !== cellsOf) cells.clear()
  cellsOf = id
  return cells.get(cell) ?? {}
}

function remember(cell: string, part: Known): void {
  const known = { ...recall(cell), ...part }
  cells.delete(cell)
  cells.set(cell, known)
  if (cells.size > MOST_CELLS) cells.delete(cells.keys().next().value!)
}

/** At an anchor stands the passage itself: nothing is asked for. */
function atAnchor(anchors: Node[], weights: readonly number[]): Known | null {
  const anchor = anchors[weights.findIndex((weight) => weight > WHOLE)]
  return anchor ? { words: [], text: anchor.text } : null
}

/** What is to be asked for at a point: the very request that a branch makes, so that its answer can be kept as one. */
function lookAt(cell: string, anchors: Node[], weights: readonly number[]): Look {
  const [node] = anchors
  const move = moveTo(
    anchors.map(({ id }) => id),
    weights,
  )
  const { asked, along, between } = target(node!, move)
  const request = { source: textOf(node!), asked, along, move, between: between?.map(textOf), seed: 1 }
  return { cell, request, nearest: anchors[weights.indexOf(Math.max(...weights))]!, stop: new AbortController() }
}

/** Nothing that is still being looked for is wanted. */
function giveUp(): void {
  look?.stop.abort()
  if (previewing) modelClient.dropPreview()
  look = null
  previewing = null
}

/** Nothing is read any more: the read-out goes, and with it all that was still being looked for. */
export function dropSheetPoint(): void {
  giveUp()
  stopWatching?.()
  stopWatching = null
  if (sheetPointStore.getState().point) sheetPointStore.setState({ point: null })
}

/** The point goes when its sheet goes (another selection, another project, other words at a corner), or a pull begins. */
function watch(anchors: Node[]): () => void {
  const { id } = projectStore.getState().project
  const stops = [
    viewStore.subscribe((now, before) => now.selection !== before.selection && dropSheetPoint()),
    pullStore.subscribe(({ pull }) => pull && dropSheetPoint()),
    projectStore.subscribe(({ project }) => {
      const stands = project.id === id && anchors.every((anchor) => nodeById(anchor.id)?.text === anchor.text)
      if (!stands) dropSheetPoint()
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

function show(point: ReadPoint, anchors: Node[]): void {
  stopWatching?.()
  stopWatching = watch(anchors)
  sheetPointStore.setState({ point })
}

/** Shows an answer at the point it was asked for, unless another one is read by now. */
function renew(asked: Look, part: Partial<ReadPoint>): void {
  const { point } = sheetPointStore.getState()
  if (point && look === asked) sheetPointStore.setState({ point: { ...point, ...part } })
}

/** Looks up the words of the point as it is now; one look-up at a time, and the newest after it. */
function askWords(): void {
  const asked = look
  if (!asked || asking) return
  asking = true
  modelClient
    .lens(asked.request.asked, WORDS)
    .then(
      (words) => {
        if (look !== asked) return
        remember(asked.cell, { words })
        renew(asked, { words })
      },
      () => undefined,
    )
    .then(() => {
      asking = false
      if (look && look !== asked && !recall(look.cell).words) askWords()
    })
}

/** Resolves when the pointer has stayed for so long; rejects as soon as it has not. */
function rested(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds)
    const leave = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    signal.addEventListener('abort', leave, { once: true })
  })
}

/** First a sentence written straight towards the point, then the one that a branch at this point would have. */
async function askSentence(asked: Look): Promise<void> {
  const { cell, request, nearest, stop } = asked
  const began = performance.now()
  await rested(REST, stop.signal)
  previewing = asked
  const first = await modelClient.preview({ ...request, source: textOf(nearest) }).catch(() => null)
  if (previewing === asked) previewing = null
  stop.signal.throwIfAborted()
  if (first) renew(asked, { text: first.text })
  await rested(LONG_REST - (performance.now() - began), stop.signal)
  const settled = await modelClient.settle(request, stop.signal)
  const found = { text: settled.candidates[0]!.text, sure: settled.confidence.word }
  remember(cell, { ...found, settled })
  renew(asked, { ...found, phase: 'found' })
}

/** What was written straight towards the point is not shown for what was found; why there is nothing is told. */
function failed(asked: Look, error: Error): void {
  if (asked.stop.signal.aborted) return
  notify(error.message, 'trouble')
  renew(asked, { text: null, phase: 'found' })
}

/**
 * A pointer, a ray or the focus is on this point of the sheet: its words at once, a sentence as soon as it rests there.
 * Called as often as it moves: a point that is being read already is not asked for again.
 */
export function readSheet(anchors: string[], weights: readonly number[]): void {
  const { point } = sheetPointStore.getState()
  // What a hand carries, or is just setting down, has the model to itself; so has a point that becomes a branch.
  if (pullStore.getState().pull || point?.phase === 'keeping') return
  if (point && isAt(point, anchors, weights)) return
  const nodes = anchors.flatMap((id) => nodeById(id) ?? [])
  giveUp()
  if (nodes.length < anchors.length) {
    dropSheetPoint()
    return
  }
  const cell = nameOf(nodes, weights)
  const known = atAnchor(nodes, weights) ?? recall(cell)
  const { words = [], text = null, sure = null } = known
  const phase = text === null ? 'looking' : 'found'
  show({ anchors, weights: [...weights], words, text, sure, phase }, nodes)
  if (known.words && text !== null) return
  const mine = lookAt(cell, nodes, weights)
  look = mine
  if (!known.words) askWords()
  if (text === null) askSentence(mine).catch((error: Error) => failed(mine, error))
}

/** The pointer or the focus has left the sheet. A point that is becoming a branch stands until it is one. */
export function leaveSheet(): void {
  if (sheetPointStore.getState().point?.phase !== 'keeping') dropSheetPoint()
}

/**
 * Make a branch of a point of the sheet.
 * @returns the new branch's id, or null where nothing came of it (and then the person has been told).
 */
export async function keepSheetPoint(anchors: string[], weights: readonly number[]): Promise<string | null> {
  const { point } = sheetPointStore.getState()
  // A second click before the first one has landed.
  if (point?.phase === 'keeping') return null
  giveUp()
  const nodes = anchors.flatMap((id) => nodeById(id) ?? [])
  if (atAnchor(nodes, weights)) {
    notify('There stands the passage itself. Between the corners something new can be kept.')
    return null
  }
  const read = point && isAt(point, anchors, weights) ? point : null
  const { words = [], text = null, sure = null } = read ?? {}
  const kept: ReadPoint = { anchors, weights: [...weights], words, text, sure, phase: 'keeping' }
  show(kept, nodes)
  const branch = await applyMove(anchors[0]!, moveTo(anchors, weights), recall(nameOf(nodes, weights)).settled)
  if (sheetPointStore.getState().point === kept) dropSheetPoint()
  return branch
}
