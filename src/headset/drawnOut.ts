import type { Vec3 } from '../meaning/types.ts'
import { type AxisName, viewStore } from '../state/view.ts'

const axisNames: AxisName[] = ['x', 'y', 'z']

/** The way in space (unit) along which a held feature grows: its own axis if the axes are on show, else `right`. */
export function wayOfHeld(right: Vec3): Vec3 | null {
  const { heldFeature, axes, blend } = viewStore.getState()
  if (!heldFeature) return null
  const shown = blend === 1 ? axisNames.findIndex((name) => axes[name] === heldFeature) : -1
  return shown < 0 ? right : (axisNames.map((_, axis) => (axis === shown ? 1 : 0)) as Vec3)
}

/**
 * Where two hands draw a node out to, when they went `out` units of space apart (negative: pressed together). With a
 * feature held apart is always more of it, wherever the node stands; else it is away from the middle of the space.
 */
export function drawnOut(from: Vec3, out: number, right: Vec3): Vec3 {
  const way = wayOfHeld(right) ?? from
  const amount = out / (Math.hypot(...way) || 1)
  return [from[0] + way[0] * amount, from[1] + way[1] * amount, from[2] + way[2] * amount]
}
