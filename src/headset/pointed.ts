import type { Intersection, Object3D, Vector3 } from 'three'
import type { Side } from './hands.ts'

/** What a hand points at or touches. `near`: by the grip or a fingertip, not by the ray. */
export type Pointed =
  | { what: 'node'; row: number; point: Vector3; near: boolean }
  | { what: 'panel' }
  | { what: 'wall' }
  | { what: 'sheet' }

/** The part of a pointer's event that is read here; the library types its events for the page, not for hands. */
export interface HandEvent {
  type: string
  pointerId: number
  pointerType?: string
  pointerState?: { inputSource?: XRInputSource }
  object: Object3D
  instanceId?: number
  point: Vector3
  uv?: Intersection['uv']
  stopPropagation(): void
}

const now: Record<Side, Pointed | null> = { left: null, right: null }
const last: Record<Side, { target: Pointed; time: number } | null> = { left: null, right: null }

/** A pinch moves the fingers off a small target: what was pointed at a moment ago still counts. Milliseconds. */
const MEMORY = 150

export function sideOf(event: HandEvent): Side | null {
  const handedness = event.pointerState?.inputSource?.handedness
  return handedness === 'left' || handedness === 'right' ? handedness : null
}

export function point(side: Side, target: Pointed | null): void {
  now[side] = target
  if (target) last[side] = { target, time: performance.now() }
}

/** What this hand points at now. */
export const pointedBy = (side: Side): Pointed | null => now[side]

/** What a press of this hand is meant for. */
export function meantBy(side: Side): Pointed | null {
  const before = last[side]
  return now[side] ?? (before && performance.now() - before.time < MEMORY ? before.target : null)
}
