import { Vector3 } from 'three'
import { pinchSettle } from '../comfort.ts'
import { beginPull, cancelPull, commitPull, movePull } from '../gestures/pull.ts'
import type { Vec3 } from '../meaning/types.ts'
import { pullStore } from '../state/pull.ts'
import { select } from '../state/view.ts'
import { type Hand, handBefore, head, type Pose, type Side } from './hands.ts'
import { directionToSpace, placementStore } from './world.ts'

/** Taken and let go within this way, a node was pointed out, not pulled. Metres. */
const TAP = 0.03

/** An arm pulls comfortably so far; what goes beyond counts double. Metres. */
const REACH = 0.35

/** The hand must have moved this far before the words are asked for anew. Metres. */
const STIR = 0.002

/** A node in one hand. */
interface Hold {
  side: Side
  node: string
  /** Where the node stood when it was taken, in space coordinates. */
  from: Vec3
  /** Taken by the grip, or by the ray from `length` metres away. */
  near: boolean
  length: number
  /** Where the hand (or the ray's end) was when it counted first, and where it was when words were last asked for. */
  start: Vector3
  asked: Vector3
  since: number
  settled: boolean
}

let hold: Hold | null = null

const anchor = new Vector3()

/** What carries the node: the grip, or the point of the ray at the distance where it was taken. */
function anchorOf({ at, origin, direction }: Pose, { near, length }: Hold): Vector3 {
  return near ? anchor.copy(at) : anchor.copy(origin).addScaledVector(direction, length)
}

/** Beyond `REACH` the hand carries farther than it goes. */
export function withGain(delta: Vector3): Vector3 {
  const way = delta.length()
  return way > REACH ? delta.multiplyScalar((2 * way - REACH) / way) : delta
}

/** The person's right in space coordinates: a held feature grows along it, wherever they stand. */
function rightOfPerson(): Vec3 {
  const right = new Vector3(-head.gaze.z, 0, head.gaze.x).normalize()
  const { position, yaw } = placementStore.getState()
  return directionToSpace(right, { position, yaw, scale: 1 })
}

/**
 * Take a node.
 * @param at where the node stands, in space coordinates.
 * @param point the same place in the world, metres.
 * @returns false where a pull has no clear meaning now (the person has been told).
 */
export function takeNode(hand: Hand, node: string, at: Vec3, point: Vector3, near: boolean, stretch = false): boolean {
  const { pull } = pullStore.getState()
  // A pull that still looks for its words is let finish; only one that is in a hand stands in the way.
  if (pull?.phase === 'held') cancelPull()
  if (!beginPull(node, { from: at, right: rightOfPerson(), stretch })) return false
  hold = {
    side: hand.side,
    node,
    from: at,
    near,
    length: hand.origin.distanceTo(point),
    start: new Vector3(),
    asked: new Vector3(),
    since: performance.now(),
    settled: false,
  }
  hold.start.copy(anchorOf(hand, hold))
  return true
}

/** The hand has moved, or not: called every frame while it holds. */
export function carryNode(hand: Hand, now: number): void {
  if (!hold || !hand.tracked) return
  const at = anchorOf(hand, hold)
  if (!hold.settled) {
    // Closing the fingers moves them: what a bare hand does meanwhile is no pull.
    hold.settled = hand.kind === 'controller' || now - hold.since >= pinchSettle
    hold.start.copy(at)
    hold.asked.copy(at)
    return
  }
  if (at.distanceTo(hold.asked) < STIR) return
  hold.asked.copy(at)
  bring(at, hold)
}

function bring(at: Vector3, { from, start }: Hold): void {
  const [x, y, z] = directionToSpace(withGain(at.clone().sub(start)))
  movePull([from[0] + x, from[1] + y, from[2] + z])
}

/** Two hands on one node draw it out (`span` metres wider than it began, negative when pressed together). */
export function stretchNode(span: number): void {
  if (!hold) return
  const { from } = hold
  const reach = Math.hypot(...from) || 1
  const out = span / placementStore.getState().scale / reach
  movePull([from[0] * (1 + out), from[1] * (1 + out), from[2] * (1 + out)])
}

/**
 * Let go. Opening the fingers moves them too, so a bare hand means where it was a moment before.
 * @returns the new branch's id, or null where nothing came of it.
 */
export async function letGo(hand: Hand, now: number, stretched = false): Promise<string | null> {
  const held = hold
  hold = null
  if (!held) return null
  if (!stretched) {
    const at = anchorOf(hand.kind === 'controller' ? hand : handBefore(hand, now, pinchSettle), held)
    if (!held.settled || at.distanceTo(held.start) < TAP) {
      cancelPull()
      select([held.node])
      return null
    }
    bring(at, held)
  }
  return commitPull()
}

/** Put everything back as it was. */
export function dropNode(): void {
  hold = null
  cancelPull()
}

export const heldNode = (): string | null => hold?.node ?? null

/** The hand that holds it. */
export const heldBy = (): Side | null => hold?.side ?? null
