import { Vector3 } from 'three'
import { createStore } from 'zustand/vanilla'
import { BEYOND } from '../meaning/moves.ts'
import { notify } from '../state/notices.ts'
import { viewStore } from '../state/view.ts'
import { anchorOf, type Grasp } from './grasp.ts'
import { type Hand, hands } from './hands.ts'

/** Nearer than this the hands hold their nodes together: two controllers side by side. Metres. */
const TOGETHER = 0.15

/**
 * Drawn apart this much farther than they were, the hands begin to exaggerate the difference; so much farther again,
 * and it is as large as it gets. Metres.
 */
const APART = 0.12
const WIDEST = 0.4
/** Amounts go by steps: hands that rest ask for one thing. */
const STEPS = 20

/** The node in the other hand while one is pulled: brought together, the two are blended. */
export const secondStore = createStore<{ node: string | null }>(() => ({ node: null }))

let grasp: Grasp | null = null

/** How far apart the hands were when both first held a node, metres; 0 until then. */
let span = 0

/** From the hand, or the end of its ray, to the node. */
const offset = new Vector3()
const anchor = new Vector3()

/**
 * Take another node with the free hand.
 * @param point where it stands in the world, metres.
 * @returns false where two nodes have no meaning now (the person has been told).
 */
export function takeSecond(hand: Hand, node: string, point: Vector3, near: boolean): boolean {
  if (viewStore.getState().heldFeature) {
    notify('A meaning is held, so the hand pulls along it. To blend two passages, let it go on the palette first.')
    return false
  }
  grasp = { side: hand.side, node, near, length: hand.origin.distanceTo(point) }
  offset.copy(point).sub(anchorOf(hand, grasp, anchor))
  span = 0
  secondStore.setState({ node })
  return true
}

export function dropSecond(): void {
  grasp = null
  if (secondStore.getState().node) secondStore.setState({ node: null })
}

/** Where the second node is carried, metres, written into `into`; null while there is none. */
export const secondPlace = (into: Vector3): Vector3 | null =>
  grasp && anchorOf(hands[grasp.side], grasp, into).add(offset)

/** The second node, if the place that carries the first one (metres) is together with the one that carries it. */
export function secondMet(first: Vector3): string | null {
  if (!grasp) return null
  return anchorOf(hands[grasp.side], grasp, anchor).distanceTo(first) < TOGETHER ? grasp.node : null
}

/**
 * How far the hands are drawn apart, as the amount by which the first node is to go away from the second: 0 to half the
 * way between them.
 * @param first the place that carries the first node, metres
 */
export function secondApart(first: Vector3): number {
  if (!grasp) return 0
  const now = anchorOf(hands[grasp.side], grasp, anchor).distanceTo(first)
  span ||= now
  const share = Math.min(1, Math.max(0, (now - span - APART) / WIDEST))
  return (BEYOND * Math.round(share * STEPS)) / STEPS
}
