import { MOST_STRETCH } from '../meaning/moves.ts'
import type { Move, Vec3 } from '../meaning/types.ts'
import { modelClient } from '../model/client.ts'
import { nodeById } from '../state/nodes.ts'
import { notify } from '../state/notices.ts'
import { type Pull, pullStore } from '../state/pull.ts'
import { viewStore } from '../state/view.ts'
import { applyMove } from './branch.ts'
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

/** Words shown as gained and lost under the hand. */
const WORDS = 6

let grip: Grip | null = null

const minus = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
const inner = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]

/** What moving the hand from `from` to `at` means, as the view stands. */
function moveOf(at: Vec3, { from, right = [1, 0, 0], stretch = false }: Grip): Move {
  const { heldFeature, axes, blend } = viewStore.getState()
  const delta = minus(at, from)
  if (heldFeature) {
    const name = blend === 1 ? (['x', 'y', 'z'] as const).find((axis) => axes[axis] === heldFeature) : undefined
    const along = name ? delta['xyz'.indexOf(name)]! : inner(delta, right)
    return { kind: 'translate', feature: heldFeature, sigma: along * SIGMAS_PER_UNIT }
  }
  if (stretch) {
    // Outward from the middle of the space is beyond; inward is back towards the mean.
    const reach = Math.hypot(...from) || 1
    const outward = inner(delta, from) / reach
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
  grip = how
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

/** Change the pull in the hand, if `moment` is still the newest one. */
function renew(moment: Pull, part: Partial<Pull>): void {
  const { pull } = pullStore.getState()
  if (pull && pull.node === moment.node && pull.phase === 'held') pullStore.setState({ pull: { ...pull, ...part } })
}

/** The hand is here now: the words at once, the sentence as soon as it is found. */
export function movePull(at: Vec3): void {
  const { pull } = pullStore.getState()
  const node = pull && nodeById(pull.node)
  if (!pull || !node || !grip || pull.phase !== 'held') return
  const move = moveOf(at, grip)
  const { asked, along, sigmas } = target(node, move)
  const moment: Pull = { ...pull, at, move, asked, sigmas }
  pullStore.setState({ pull: moment })
  if (Math.hypot(...minus(at, grip.from)) < DEAD_ZONE) return
  const source = { text: node.text, vector: node.vector }
  // Both clients keep only the latest request; the promises of the dropped ones reject, and nobody waits for them.
  modelClient.lensChange(node.vector, asked, WORDS).then(
    (words) => renew(moment, { words }),
    () => undefined,
  )
  modelClient.preview({ source, asked, along, move, seed: 1 }).then(
    (preview) => renew(moment, { preview }),
    () => undefined,
  )
}

/** Put everything back as it was. */
export function cancelPull(): void {
  grip = null
  pullStore.setState({ pull: null })
}

/**
 * Let go. A pull that went nowhere changes nothing. Dropped on another node, it blends with it.
 * @returns the new branch's id, or null.
 */
export async function commitPull(dropOn?: string): Promise<string | null> {
  const { pull } = pullStore.getState()
  if (!pull || !grip || pull.phase !== 'held') return null
  const travelled = Math.hypot(...minus(pull.at, grip.from))
  grip = null
  if (travelled < DEAD_ZONE) {
    pullStore.setState({ pull: null })
    return null
  }
  const move: Move = dropOn && dropOn !== pull.node ? { kind: 'blend', other: dropOn, amount: 0.5 } : pull.move
  const settling: Pull = { ...pull, move, phase: 'settling' }
  pullStore.setState({ pull: settling })
  const branch = await applyMove(pull.node, move)
  // Another pull may have begun meanwhile; it keeps the hand.
  if (pullStore.getState().pull === settling) pullStore.setState({ pull: null })
  return branch
}
