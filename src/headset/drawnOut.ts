import { wayOfHeld } from '../gestures/held.ts'
import type { Vec3 } from '../meaning/types.ts'

/**
 * Where two hands draw a node out to, when they went `out` units of space apart (negative: pressed together). With a
 * feature held apart is always more of it, wherever the node stands; else it is away from the middle of the space.
 */
export function drawnOut(from: Vec3, out: number, right: Vec3): Vec3 {
  const way = wayOfHeld(right) ?? from
  const amount = out / (Math.hypot(...way) || 1)
  return [from[0] + way[0] * amount, from[1] + way[1] * amount, from[2] + way[2] * amount]
}
