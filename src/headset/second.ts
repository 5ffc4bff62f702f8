import { Vector3 } from 'three'
import { createStore } from 'zustand/vanilla'
import { notify } from '../state/notices.ts'
import { viewStore } from '../state/view.ts'
import { anchorOf, type Grasp } from './grasp.ts'
import { type Hand, hands } from './hands.ts'

/** Nearer than this the hands hold their nodes together: two controllers side by side. Metres. */
const TOGETHER = 0.15

/** The node in the other hand while one is pulled: brought together, the two are blended. */
export const secondStore = createStore<{ node: string | null }>(() => ({ node: null }))

let grasp: Grasp | null = null

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
