import type { Vector3 } from 'three'
import type { Pose, Side } from './hands.ts'

/** A node in a hand: taken by the grip, or by the ray from `length` metres away. */
export interface Grasp {
  side: Side
  node: string
  near: boolean
  length: number
}

/** What carries the node, written into `into`: the grip, or the point of the ray at the distance where it was taken. */
export function anchorOf({ at, origin, direction }: Pose, { near, length }: Grasp, into: Vector3): Vector3 {
  return near ? into.copy(at) : into.copy(origin).addScaledVector(direction, length)
}
