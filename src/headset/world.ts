import { MathUtils, type Object3D, Vector3 } from 'three'
import { createStore } from 'zustand/vanilla'
import { standing, twoHandSpan, worldScale } from '../comfort.ts'
import type { Vec3 } from '../meaning/types.ts'

/** Where the space stands in the room: metres, radians about the vertical, metres per unit of space. Never tilted. */
export interface Placement {
  position: Vec3
  yaw: number
  scale: number
}

/** The space at chest height in front of a person who stands at `eyes` (metres) and looks along `yaw`. */
export function homePlacement(eyes: Vec3 = [0, 1.6, 0], yaw = 0): Placement {
  const { distance, height, scale } = standing
  // Seated, the chest is lower: keep the same drop below the eyes.
  const y = Math.max(0.5, eyes[1] - (1.6 - height))
  return { position: [eyes[0] - Math.sin(yaw) * distance, y, eyes[2] - Math.cos(yaw) * distance], yaw, scale }
}

export const placementStore = createStore<Placement>(() => homePlacement())

const up = new Vector3(0, 1, 0)

/** A place of the world (metres) in space coordinates. */
export function toSpace(point: Vector3, { position, yaw, scale }: Placement = placementStore.getState()): Vec3 {
  const local = point
    .clone()
    .sub(new Vector3(...position))
    .applyAxisAngle(up, -yaw)
    .divideScalar(scale)
  return [local.x, local.y, local.z]
}

/** A direction or a difference of places, likewise. */
export function directionToSpace(delta: Vector3, { yaw, scale }: Placement = placementStore.getState()): Vec3 {
  const local = delta.clone().applyAxisAngle(up, -yaw).divideScalar(scale)
  return [local.x, local.y, local.z]
}

/** A place of the space in the world, metres. */
export function toWorld(place: Vec3, { position, yaw, scale }: Placement = placementStore.getState()): Vector3 {
  return new Vector3(...place)
    .multiplyScalar(scale)
    .applyAxisAngle(up, yaw)
    .add(new Vector3(...position))
}

/** Stand the space's group where it belongs. */
export function place(group: Object3D, { position, yaw, scale }: Placement): void {
  group.position.set(...position)
  group.rotation.set(0, yaw, 0)
  group.scale.setScalar(scale)
}

/** One hand drags the world along. */
export function dragged(start: Placement, from: Vector3, to: Vector3): Placement {
  const { position } = start
  return { ...start, position: [position[0] + to.x - from.x, position[1] + to.y - from.y, position[2] + to.z - from.z] }
}

const flatAngle = (from: Vector3, to: Vector3): number => Math.atan2(from.x - to.x, from.z - to.z)

/**
 * Two hands hold the world at two places: it follows their middle, turns with them about the vertical and grows with
 * their span, within `worldScale`. Hands that began nearer than `twoHandSpan` only carry it: their ratio would be wild.
 */
export function stretched(start: Placement, from: [Vector3, Vector3], to: [Vector3, Vector3]): Placement {
  const middleFrom = from[0].clone().lerp(from[1], 0.5)
  const middleTo = to[0].clone().lerp(to[1], 0.5)
  const span = from[0].distanceTo(from[1])
  if (span < twoHandSpan) return dragged(start, middleFrom, middleTo)
  const ratio = to[0].distanceTo(to[1]) / span
  const scale = MathUtils.clamp(start.scale * ratio, worldScale.least, worldScale.most)
  const turn = flatAngle(to[0], to[1]) - flatAngle(from[0], from[1])
  return aboutPoint(dragged(start, middleFrom, middleTo), middleTo, scale / start.scale, turn)
}

/** Grow and turn a placement about a point of the world that stays where it is. */
export function aboutPoint(start: Placement, pivot: Vector3, ratio: number, turn: number): Placement {
  const scale = MathUtils.clamp(start.scale * ratio, worldScale.least, worldScale.most)
  const arm = new Vector3(...start.position)
    .sub(pivot)
    .multiplyScalar(scale / start.scale)
    .applyAxisAngle(up, turn)
    .add(pivot)
  return { position: [arm.x, arm.y, arm.z], yaw: start.yaw + turn, scale }
}
