import { MOST_STRETCH } from '../meaning/moves.ts'
import type { Move, Vec3 } from '../meaning/types.ts'
import { modelClient } from '../model/client.ts'
import { nodeById } from '../state/nodes.ts'
import { notify } from '../state/notices.ts'
import { type Pull, pullStore } from '../state/pull.ts'
import { viewStore } from '../state/view.ts'
import { applyMove } from './branch.ts'
import { amountAlong, type Filament } from './filament.ts'
import { outwards, wayOf } from './held.ts'
import { target } from './target.ts'

/** How a node was taken. */
export interface Grip {
  /** Where the node stood when it was taken, in space coordinates. */
  from: Vec3
  /** The viewer's right in space coordinates (unit): along it a held feature grows. Default +x. */
  right?: Vec3
  /** Alt-drag, or two hands on one node: away from the document's middle. */
  stretch?: boolean
}

/** One grid line is one σ, and three of them are one unit of space. */
export const SIGMAS_PER_UNIT = 3

/** A pull shorter than this is no pull, in units of space. */
const DEAD_ZONE = 0.02

/** Brought onto another node, a node is blended half and half, until the hand has gone this share of the way back. */
const HALF = 0.5
const WOBBLE = 0.12

/** Words shown as gained and lost under the hand. */
const WORDS = 6

let grip: Grip | null = null

/** The blend that the hand slides along, from resting on another node until it leaves the way to it. */
let filament: Filament | null = null

/** Counts the wishes that were given up: an answer to an earlier one is not shown any more. */
let dropped = 0
/** The vector that words are being looked up for. */
let asking: Float32Array | null = null

const minus = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
const inner = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]

/** What moving the hand from `from` to `at` means, as the view stands. */
function moveOf(at: Vec3, { from, right, stretch = false }: Grip): Move {
  const { heldFeature, axes, blend } = viewStore.getState()
  const delta = minus(at, from)
  if (heldFeature) {
    // Drawn out, it is more of the feature on whichever side of the middle.
    const way = wayOf(heldFeature, stretch ? outwards(from) : right)
    return { kind: 'translate', feature: heldFeature, sigma: inner(delta, way) * SIGMAS_PER_UNIT }
  }
  if (stretch) {
    // Outward from the middle of the space is beyond; inward is back towards the mean.
    const outward = inner(delta, outwards(from))
    return { kind: 'stretch', angle: Math.max(-MOST_STRETCH, Math.min(MOST_STRETCH, outward)) }
  }
  if (blend === 1) {
    const sigmas: Record<string, number> = {}
    ;(['x', 'y', 'z'] as const).forEach((axis, index) => {
      const feature = axes[axis]
      if (feature) sigmas[feature] = delta[index]! * SIGMAS_PER_UNIT
    })
    return { kind: 'axes', sigmas }
  }
  return { kind: 'free', from, to: at }
}

/**
 * Take a node in the hand. The original stays; the hand carries a branch.
 * @returns false where a pull has no clear meaning here (and the person has been told what would have one).
 */
export function beginPull(nodeId: string, how: Grip): boolean {
  const node = nodeById(nodeId)
  if (!node) return false
  const { blend, heldFeature } = viewStore.getState()
  if (!heldFeature && !how.stretch && blend > 0 && blend < 1) {
    notify('Between map and axes a pull could mean two things: hold a feature (1–9), or go to one of them.')
    return false
  }
  giveUp()
  grip = how
  filament = null
  pullStore.setState({
    pull: {
      node: nodeId,
      from: how.from,
      at: how.from,
      move: moveOf(how.from, how),
      sigmas: {},
      asked: node.vector,
      words: { gained: [], lost: [] },
      preview: null,
      phase: 'held',
    },
  })
  void modelClient.pickUp(node.text, node.vector).catch(() => {
    // Without an inverter the lens and the search still answer; `settle` tells the person what is missing.
  })
  return true
}

/** Shows an answer on the pull in the hand, unless what it answers was given up meanwhile. */
function renew(since: number, part: Partial<Pull>): void {
  const { pull } = pullStore.getState()
  if (pull && since === dropped && pull.phase === 'held') pullStore.setState({ pull: { ...pull, ...part } })
}

/** Nothing that is still being looked for is wanted. */
function giveUp(): void {
  dropped++
  modelClient.dropPreview()
}

/** Looks up the words of the pull as it is now; one look-up at a time, and the newest after it. */
function askWords(vector: Float32Array): void {
  const { pull } = pullStore.getState()
  if (!pull || asking) return
  const since = dropped
  asking = pull.asked
  modelClient
    .lensChange(vector, pull.asked, WORDS)
    .then(
      (words) => renew(since, { words }),
      () => undefined,
    )
    .then(() => {
      const answered = asking
      asking = null
      if (since === dropped && pullStore.getState().pull?.asked !== answered) askWords(vector)
    })
}

/** What the hand has met on its way; see {@link movePull}. */
export interface Meeting {
  /** The node that the hand has rested on long enough to mean it, or that is in the other hand. */
  over?: string | null
  /** How much of it is meant, where the hands say so by themselves. */
  amount?: number
}

/** The blend that the hand slides along or, having met a node, begins to; null where it does neither. */
function slide(node: string, at: Vec3, { from }: Grip, over?: string | null): Move | null {
  if (filament && nodeById(filament.other)) {
    const amount = amountAlong(filament, at)
    // What else stands along the filament is only passed, but what lies beyond its end may be meant.
    if (amount !== null && (amount < 1 || !over || over === filament.other)) {
      filament.slid ||= Math.abs(amount - 1) > WOBBLE
      return { kind: 'blend', other: filament.other, amount: filament.slid ? amount : HALF }
    }
  }
  filament = over && over !== node && nodeById(over) ? { other: over, from, to: at, slid: false } : null
  return filament && { kind: 'blend', other: filament.other, amount: HALF }
}

/** What letting go means here. To rest on another node is to blend with it, unless the hand is doing something else. */
function meant(node: string, at: Vec3, how: Grip, { over, amount }: Meeting): Move {
  if (how.stretch || viewStore.getState().heldFeature || over === null) {
    filament = null
    return moveOf(at, how)
  }
  if (over && amount !== undefined) return { kind: 'blend', other: over, amount }
  return slide(node, at, how, over) ?? moveOf(at, how)
}

/**
 * The hand is here now: the words at once, the sentence as soon as it is found.
 * @param met on a node half of it is meant; from there the hand slides along the filament back to where it was taken,
 * or beyond, and the place says how much. `over: null` says that nothing is to be slid along.
 */
export function movePull(at: Vec3, met: Meeting = {}): void {
  const { pull } = pullStore.getState()
  const node = pull && nodeById(pull.node)
  if (!pull || !node || !grip || pull.phase !== 'held') return
  const move = meant(pull.node, at, grip, met)
  const { asked, along, sigmas, source: rewritten = node } = target(node, move)
  pullStore.setState({ pull: { ...pull, at, move, asked, sigmas, filament } })
  if (Math.hypot(...minus(at, grip.from)) < DEAD_ZONE && move.kind !== 'blend') {
    // Back where it was taken: its own words stand there.
    giveUp()
    renew(dropped, { words: { gained: [], lost: [] }, preview: null })
    return
  }
  askWords(node.vector)
  const since = dropped
  const source = { text: rewritten.text, vector: rewritten.vector }
  // Only the latest request is worked on; the promises of the dropped ones reject, and nobody waits for them.
  modelClient.preview({ source, asked, along, move, seed: 1 }).then(
    (preview) => renew(since, { preview }),
    () => undefined,
  )
}

/** Put everything back as it was. */
export function cancelPull(): void {
  giveUp()
  grip = null
  pullStore.setState({ pull: null })
}

/**
 * Let go: what was meant at the last place of the hand is done. A pull that went nowhere changes nothing.
 * @returns the new branch's id, or null.
 */
export async function commitPull(): Promise<string | null> {
  const { pull } = pullStore.getState()
  if (!pull || !grip || pull.phase !== 'held') return null
  const travelled = Math.hypot(...minus(pull.at, grip.from))
  grip = null
  if (travelled < DEAD_ZONE && pull.move.kind !== 'blend') {
    pullStore.setState({ pull: null })
    return null
  }
  const settling: Pull = { ...pull, phase: 'settling' }
  pullStore.setState({ pull: settling })
  const branch = await applyMove(pull.node, pull.move)
  // Another pull may have begun meanwhile; it keeps the hand.
  if (pullStore.getState().pull === settling) pullStore.setState({ pull: null })
  return branch
}
