import { Matrix4, type Object3D, Vector3 } from 'three'
import type { xrStore } from './store.ts'

export type Side = 'left' | 'right'

/** Lengths in metres, in the world. */
export interface Pose {
  /** Where it grips: the controller's grip, or the middle between thumb and index finger (steadier than either). */
  at: Vector3
  /** The ray it points with; `direction` is of unit length. */
  origin: Vector3
  direction: Vector3
}

/** One of the person's two hands as this frame finds it, whatever it holds. */
export interface Hand extends Pose {
  readonly side: Side
  tracked: boolean
  /** A controller, a bare hand, or a pinch that the headset reports without saying where the hand is. */
  kind: 'controller' | 'hand' | 'pinch'
  source: XRInputSource | null
  /** Where it has been, newest last: what a hand did before it opened is what it meant. */
  trail: (Pose & { time: number })[]
}

const hand = (side: Side): Hand => ({
  side,
  tracked: false,
  kind: 'controller',
  source: null,
  at: new Vector3(),
  origin: new Vector3(),
  direction: new Vector3(0, 0, -1),
  trail: [],
})

/** Both hands; changed in place every frame by {@link updateHands}. */
export const hands: Record<Side, Hand> = { left: hand('left'), right: hand('right') }

/** Where the eyes are and look, in the world; changed in place every frame. */
export const head = { tracked: false, at: new Vector3(0, 1.6, 0), gaze: new Vector3(0, 0, -1) }

export const otherSide = (side: Side): Side => (side === 'left' ? 'right' : 'left')

/** Frames kept in a trail: a fifth of a second at 72 Hz. */
const TRAIL = 15

const matrix = new Matrix4()
const thumb = new Vector3()

function readPose(frame: XRFrame, space: XRSpace, reference: XRReferenceSpace, origin: Object3D): boolean {
  const pose = frame.getPose(space, reference)
  if (!pose) return false
  matrix.fromArray(pose.transform.matrix).premultiply(origin.matrixWorld)
  return true
}

function readHand(into: Hand, source: XRInputSource, frame: XRFrame, reference: XRReferenceSpace, origin: Object3D) {
  into.source = source
  into.kind = source.hand ? 'hand' : source.targetRayMode === 'transient-pointer' ? 'pinch' : 'controller'
  into.tracked = readPose(frame, source.targetRaySpace, reference, origin)
  if (!into.tracked) return
  into.origin.setFromMatrixPosition(matrix)
  into.direction.set(0, 0, -1).transformDirection(matrix)
  const thumbTip = source.hand?.get('thumb-tip')
  const indexTip = source.hand?.get('index-finger-tip')
  if (thumbTip && indexTip && readPose(frame, thumbTip, reference, origin)) {
    thumb.setFromMatrixPosition(matrix)
    readPose(frame, indexTip, reference, origin)
    into.at.setFromMatrixPosition(matrix).lerp(thumb, 0.5)
  } else if (source.gripSpace && readPose(frame, source.gripSpace, reference, origin)) {
    into.at.setFromMatrixPosition(matrix)
  } else {
    into.at.copy(into.origin)
  }
}

/** The way the head is turned, radians about the vertical; 0 looks along −z. */
export const headYaw = (): number => Math.atan2(-head.gaze.x, -head.gaze.z)

/** Read where head and hands are now. Called once a frame, before any gesture looks at them. */
export function updateHands(store: typeof xrStore, frame: XRFrame, now: number): void {
  const { inputSourceStates, originReferenceSpace, origin } = store.getState()
  if (!originReferenceSpace || !origin) return
  origin.updateWorldMatrix(true, false)
  const viewer = frame.getViewerPose(originReferenceSpace)
  head.tracked = viewer != null
  if (viewer) {
    matrix.fromArray(viewer.transform.matrix).premultiply(origin.matrixWorld)
    head.at.setFromMatrixPosition(matrix)
    head.gaze.set(0, 0, -1).transformDirection(matrix)
  }
  for (const each of Object.values(hands)) {
    const state = inputSourceStates.find(({ inputSource }) => inputSource.handedness === each.side)
    if (!state) {
      each.tracked = false
      each.source = null
      each.trail.length = 0
      continue
    }
    readHand(each, state.inputSource, frame, originReferenceSpace, origin)
    // The oldest record is used again: nothing is allocated in the frame loop.
    const record =
      each.trail.length < TRAIL
        ? { time: 0, at: new Vector3(), origin: new Vector3(), direction: new Vector3() }
        : each.trail.shift()!
    record.time = now
    record.at.copy(each.at)
    record.origin.copy(each.origin)
    record.direction.copy(each.direction)
    each.trail.push(record)
  }
}

/** How the hand was `ms` milliseconds ago (or as long ago as is known). */
export function handBefore(hand: Hand, now: number, ms: number): Pose {
  return hand.trail.findLast(({ time }) => time <= now - ms) ?? hand.trail[0] ?? hand
}
