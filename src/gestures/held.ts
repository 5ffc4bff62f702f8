import type { Vec3 } from '../meaning/types.ts'
import { type AxisName, viewStore } from '../state/view.ts'

const axisNames: AxisName[] = ['x', 'y', 'z']

/** The way in space (unit) along which a feature grows: its own axis if the axes are on show, else `right`. */
export function wayOf(feature: string, right: Vec3 = [1, 0, 0]): Vec3 {
  const { axes, blend } = viewStore.getState()
  const shown = blend === 1 ? axisNames.findIndex((name) => axes[name] === feature) : -1
  return shown < 0 ? right : (axisNames.map((_, axis) => (axis === shown ? 1 : 0)) as Vec3)
}

/** The way of the feature in the hand; null where none is held. */
export function wayOfHeld(right?: Vec3): Vec3 | null {
  const { heldFeature } = viewStore.getState()
  return heldFeature === null ? null : wayOf(heldFeature, right)
}

/** The way (unit) from the middle of the space to a place. */
export function outwards(from: Vec3): Vec3 {
  const reach = Math.hypot(...from)
  return reach > 0 ? (from.map((value) => value / reach) as Vec3) : [1, 0, 0]
}
