import { wayOf } from '../gestures/held.ts'
import { SIGMAS_PER_UNIT } from '../gestures/pull.ts'
import type { Vec3 } from '../meaning/types.ts'
import { positionsBuffer } from '../space/positions.ts'
import { beginPull, cancelPull, commitPull, movePull, nodeById } from '../state/actions.ts'
import type { Node } from '../state/nodes.ts'
import { pullStore } from '../state/pull.ts'
import { viewStore } from '../state/view.ts'

/**
 * A pull by number, for keys and sliders: the same pull as the hand's, so that the space, the words under way and
 * the landing are the same. The feature is held for as long as it lasts.
 */

let heldBefore: string | null = null
let pulling: { node: string; from: Vec3 } | null = null

/** Where the node is seen, or its place in the map while the space has not drawn it yet. */
function standing({ row, at }: Node): Vec3 {
  const seen = positionsBuffer.current.subarray(row * 3, row * 3 + 3)
  return seen.length === 3 && seen.every(Number.isFinite) ? [seen[0]!, seen[1]!, seen[2]!] : at
}

/** Ask for `sigma` σ of a feature, from where the node stands. Begins the pull if there is none. */
export function pullBy(nodeId: string, feature: string, sigma: number): boolean {
  const node = nodeById(nodeId)
  if (!node) return false
  if (!pulling || pulling.node !== nodeId || viewStore.getState().heldFeature !== feature) {
    if (pulling) dropPull()
    heldBefore = viewStore.getState().heldFeature
    viewStore.setState({ heldFeature: feature })
    const from = standing(node)
    if (!beginPull(nodeId, { from, right: [1, 0, 0] })) {
      viewStore.setState({ heldFeature: heldBefore })
      return false
    }
    pulling = { node: nodeId, from }
  }
  const way = wayOf(feature)
  const { from } = pulling
  movePull(from.map((value, index) => value + (way[index]! * sigma) / SIGMAS_PER_UNIT) as Vec3)
  return true
}

function letGo(): void {
  pulling = null
  viewStore.setState({ heldFeature: heldBefore })
}

/** Leave everything as it was. */
export function dropPull(): void {
  if (!pulling) return
  cancelPull()
  letGo()
}

/** Let the pull land. @returns the new branch's id, or null. */
export async function landPull(): Promise<string | null> {
  if (!pulling) return null
  const landing = commitPull()
  letGo()
  return landing
}

/** Whether the pull in progress was begun here, and by how much it asks. */
export function pulledSigma(nodeId: string, feature: string): number | null {
  const { pull } = pullStore.getState()
  return pull && pull.node === nodeId ? (pull.sigmas[feature] ?? null) : null
}
