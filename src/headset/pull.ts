import { Vector3 } from 'three'
import { pinchSettle } from '../comfort.ts'
import { beginPull, cancelPull, commitPull, movePull } from '../gestures/pull.ts'
import type { Vec3 } from '../meaning/types.ts'
import { shared } from '../space/frame.ts'
import { type Picked, pickBySphere } from '../space/pick.ts'
import { positionsBuffer } from '../space/positions.ts'
import { currentScene } from '../space/scene.ts'
import { pullStore } from '../state/pull.ts'
import { viewStore } from '../state/view.ts'
import { drawnOut } from './drawnOut.ts'
import { anchorOf, type Grasp } from './grasp.ts'
import { type Hand, handBefore, head, type Side } from './hands.ts'
import { Resting } from './resting.ts'
import { dropSecond, secondApart, secondMet, secondStore } from './second.ts'
import { pointOut } from './selecting.ts'
import { directionToSpace, placementStore } from './world.ts'

/** Taken and let go within this way, a node was pointed out, not pulled. Metres. */
const TAP = 0.03

/** An arm pulls comfortably so far; what goes beyond counts double. Metres. */
const REACH = 0.35

/** The hand must have moved this far before the words are asked for anew. Metres. */
const STIR = 0.002

/** A carried node is on another one within so many radii of a node: its disc touches it. A ray's end is less steady. */
const ON = { near: 2.5, far: 4 }

/** The node that is pulled. */
interface Hold extends Grasp {
  /** Where the node stood when it was taken, in space coordinates; and the person's right then. */
  from: Vec3
  right: Vec3
  /** Where the hand (or the ray's end) was when it counted first, and where it was when words were last asked for. */
  start: Vector3
  asked: Vector3
  since: number
  settled: boolean
  resting: Resting
  /** The node that letting go means to blend with. */
  over: string | null
  /** How far the hands are drawn apart with a node in each (see `secondApart`). */
  apart: number
}

let hold: Hold | null = null

const anchor = new Vector3()
const carried = new Vector3()
const picked: Picked = { row: 0, distance: 0 }

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
  const right = rightOfPerson()
  // With a feature held two hands pull along it: that is no stretch.
  if (!beginPull(node, { from: at, right, stretch: stretch && !viewStore.getState().heldFeature })) return false
  hold = {
    side: hand.side,
    node,
    from: at,
    right,
    near,
    length: hand.origin.distanceTo(point),
    start: new Vector3(),
    asked: new Vector3(),
    since: performance.now(),
    settled: false,
    resting: new Resting(),
    over: null,
    apart: 0,
  }
  hold.start.copy(anchorOf(hand, hold, anchor))
  return true
}

/** The node that the space marks as the one that would be blended with; null: none, and rays may mark what they meet. */
let marked: string | null = null

function mark(node: string | null): void {
  if (node === marked) return
  marked = node
  viewStore.setState({ hovered: node })
}

/** The node that what is carried is on: the other hand's, if there is one, else one that stands there. */
function nodeMet({ node, near }: Hold, at: Vector3): string | null {
  const { pull } = pullStore.getState()
  // With a feature held the hand pulls along it, whatever it passes.
  if (!pull || viewStore.getState().heldFeature) return null
  if (secondStore.getState().node) return secondMet(at)
  const reach = shared.radius.value * (near ? ON.near : ON.far)
  const { current, nodes } = positionsBuffer
  const met = pickBySphere(current, nodes, carried.fromArray(pull.at), reach, picked)
  const id = met && currentScene().ids[met.row]
  return id && id !== node ? id : null
}

/** The hand has moved, or not: called every frame while it holds. */
export function carryNode(hand: Hand, now: number): void {
  if (!hold || !hand.tracked) return
  const at = anchorOf(hand, hold, anchor)
  if (!hold.settled) {
    // Closing the fingers moves them: what a bare hand does meanwhile is no pull.
    hold.settled = hand.kind === 'controller' || now - hold.since >= pinchSettle
    hold.start.copy(at)
    hold.asked.copy(at)
    return
  }
  const met = nodeMet(hold, at)
  mark(met ?? secondStore.getState().node ?? slidingAlong())
  const over = hold.resting.meet(met, now)
  const apart = over ? 0 : secondApart(at)
  if (at.distanceTo(hold.asked) < STIR && over === hold.over && apart === hold.apart) return
  hold.over = over
  hold.apart = apart
  hold.asked.copy(at)
  bring(at, hold, secondStore.getState().node)
}

/** @param second the node in the other hand */
function bring(at: Vector3, { from, start, over, apart }: Hold, second: string | null): void {
  const [x, y, z] = directionToSpace(withGain(at.clone().sub(start)))
  const place: Vec3 = [from[0] + x, from[1] + y, from[2] + z]
  if (!second) movePull(place, { over: over ?? undefined })
  // Two hands show by their distance what they mean, and slide along nothing.
  else if (apart > 0) movePull(place, { over: second, amount: -apart })
  else movePull(place, { over, amount: 0.5 })
}

/** The node to which the hand slides along a filament, or null. */
function slidingAlong(): string | null {
  const { pull } = pullStore.getState()
  return pull?.move.kind === 'blend' ? pull.move.other : null
}

/** Two hands on one node draw it out (`span` metres wider than it began, negative when pressed together). */
export function stretchNode(span: number): void {
  if (hold) movePull(drawnOut(hold.from, span / placementStore.getState().scale, hold.right))
}

/** Whether letting go of either hand blends what the two of them hold. */
export function together(now: number): boolean {
  const { node } = secondStore.getState()
  return node !== null && hold !== null && (hold.apart > 0 || hold.resting.means(now) === node)
}

/**
 * Let go. Opening the fingers moves them too, so a bare hand means where it was a moment before.
 * @returns the new branch's id, or null where nothing came of it.
 */
export async function letGo(hand: Hand, now: number, stretched = false): Promise<string | null> {
  const held = hold
  const both = together(now)
  const { node: second } = secondStore.getState()
  forget()
  if (!held) return null
  if (!stretched) {
    const at = anchorOf(hand.kind === 'controller' ? hand : handBefore(hand, now, pinchSettle), held, anchor)
    const way = held.settled ? at.distanceTo(held.start) : 0
    held.over = held.resting.means(now)
    // The other hand may have done all the moving.
    if (way < TAP && !both) {
      cancelPull()
      pointOut(held.node)
      return null
    }
    bring(at, held, second)
  }
  return commitPull()
}

/** Both hands are empty. */
function forget(): void {
  hold = null
  dropSecond()
  mark(null)
}

/** Put everything back as it was. */
export function dropNode(): void {
  forget()
  cancelPull()
}

export const heldNode = (): string | null => hold?.node ?? null

/** The hand that holds it. */
export const heldBy = (): Side | null => hold?.side ?? null

/** See {@link marked}. */
export const markedNode = (): string | null => marked
