import type { XRInputSourceState } from '@react-three/xr'
import { MathUtils, type Object3D, Vector3 } from 'three'
import type { Preferences } from '../state/preferences.ts'
import type { Side } from './hands.ts'

/** Throwing speed of the teleport's arc, m/s: level aim lands some 4 m away, as far as one sees what one will meet. */
const THROW = 7
const GRAVITY = 9.8

/** Seconds of flight that are drawn at most. */
const FLIGHT = 1.6

/** How far up the hand may aim: steeper throws would land behind the person. */
const STEEPEST = Math.sin(MathUtils.degToRad(50))

/**
 * The arc of a throw from `from` along `direction` (unit, metres) to the floor at y = 0, written as points into
 * `points` (n×3). @returns the landing, or null where the arc ends in the air.
 */
export function flightPath(from: Vector3, direction: Vector3, points: Float32Array): Vector3 | null {
  const rise = Math.min(direction.y, STEEPEST) * THROW
  const land = (rise + Math.sqrt(rise * rise + 2 * GRAVITY * Math.max(0, from.y))) / GRAVITY
  const end = Math.min(land, FLIGHT)
  const count = points.length / 3
  for (let i = 0; i < count; i++) {
    const t = (end * i) / (count - 1)
    points[i * 3] = from.x + direction.x * THROW * t
    points[i * 3 + 1] = from.y + rise * t - (GRAVITY * t * t) / 2
    points[i * 3 + 2] = from.z + direction.z * THROW * t
  }
  return land > FLIGHT ? null : new Vector3(points[count * 3 - 3], 0, points[count * 3 - 1])
}

/** Degrees of one turn, or null for a smooth one. */
export function turnDegrees(turn: Preferences['turn']): number | null {
  return turn === 'smooth' ? null : turn === 'snap30' ? 30 : 45
}

const up = new Vector3(0, 1, 0)

/** Turn the floor one stands on about one's own head, so that the head stays where it is. Degrees, left positive. */
export function turnedAbout(origin: Object3D, eyes: Vector3, degrees: number): void {
  const angle = MathUtils.degToRad(degrees)
  origin.position.sub(eyes).applyAxisAngle(up, angle).add(eyes)
  origin.rotation.y += angle
  origin.updateMatrixWorld()
}

/** Where a controller's stick stands, −1…1, forward and left negative; null where there is none. */
export function stickOf(states: readonly XRInputSourceState[], side: Side): { x: number; y: number } | null {
  const state = states.find(({ inputSource }) => inputSource.handedness === side)
  if (state?.type !== 'controller') return null
  const stick = state.gamepad['xr-standard-thumbstick']
  return stick ? { x: stick.xAxis ?? 0, y: stick.yAxis ?? 0 } : null
}
