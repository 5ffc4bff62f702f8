import { motion } from '../comfort.ts'
import { activation } from '../meaning/features.ts'
import { arrange, SIGMAS_PER_UNIT } from '../meaning/layout/arrange.ts'
import type { Vec3 } from '../meaning/types.ts'
import { featureById, featuresStore } from '../state/features.ts'
import { projectStore } from '../state/project.ts'
import { viewStore } from '../state/view.ts'
import { writeActivity } from './activity.ts'
import { easeTowards } from './ease.ts'
import { askedRow, currentScene, handRow, reachRow, type Scene } from './scene.ts'
import { onThemeChange, reducedMotion } from './theme.ts'

/** Places are kept in rows of this many, as the texture that the shaders read is that wide. */
export const PLACES_PER_LINE = 256

/**
 * Where everything stands now, in space coordinates: the one mutable buffer of the space, outside React.
 * `current` holds 3 numbers a row in the scene's row order (it may be longer than the rows in use).
 */
export const positionsBuffer = {
  current: new Float32Array(PLACES_PER_LINE * 3),
  target: new Float32Array(PLACES_PER_LINE * 3),
  /** Rows that can be pointed at (passages and branches), and rows in use (with the asked places). */
  nodes: 0,
  rows: 0,
  /** Grows with every change of `current`. */
  version: 0,
  moving: false,
}

const AXES = ['x', 'y', 'z'] as const

let placed: Scene | null = null
let stale = true

/** The map's coordinates of all rows, where each branch stands at its landing and at what was asked. */
function mapOf(scene: Scene): Float32Array {
  const { project, passages, rows } = scene
  const map = new Float32Array(rows * 3)
  if (project.map) map.set(project.map.positions.subarray(0, passages * 3))
  project.branches.forEach(({ landedAt, askedAt }, index) => {
    map.set(landedAt, (passages + index) * 3)
    map.set(askedAt, askedRow(scene, passages + index) * 3)
  })
  return map
}

function aim(scene: Scene, out: Float32Array): void {
  const { axes, blend } = viewStore.getState()
  const features = AXES.map((axis) => (axes[axis] ? featureById(axes[axis]) : undefined))
  const activity = new Float32Array(scene.rows * 3)
  if (blend > 0) {
    features.forEach((feature, axis) => {
      if (feature) writeActivity(scene, feature, activity, axis, 3)
    })
  }
  const shown = features.map((feature, axis) => (feature ? axis : -1)) as [number, number, number]
  arrange(mapOf(scene), activity, 3, shown, blend, out)
  out.fill(Number.NaN, handRow(scene) * 3, (reachRow(scene) + 1) * 3)
}

/**
 * Where a vector would be seen: its place in the map and its activations, mixed as the view mixes them now.
 */
export function displayedPlace(mapAt: Vec3, vector: Float32Array): Vec3 {
  const { axes, blend } = viewStore.getState()
  return mapAt.map((own, axis) => {
    const id = axes[AXES[axis]]
    const feature = id ? featureById(id) : undefined
    return feature ? own + blend * (activation(vector, feature) / SIGMAS_PER_UNIT - own) : own
  }) as Vec3
}

/** Set the place of a row that follows the hand: at once, or easing there. Null takes it away. */
export function setPlace(row: number, at: Vec3 | null, { eased = false } = {}): void {
  retarget()
  const { current, target } = positionsBuffer
  for (let k = 0; k < 3; k++) {
    const value = at ? at[k] : Number.NaN
    target[row * 3 + k] = value
    if (!eased || !at) current[row * 3 + k] = value
  }
  positionsBuffer.moving = true
  wake()
}

/** Carry what stood where over to the new rows, by id; a new branch sets out from its parent, a new passage stands. */
function carry(before: Scene, scene: Scene, from: Float32Array, to: Float32Array): void {
  const copy = (source: number, row: number) => {
    for (let k = 0; k < 3; k++) to[row * 3 + k] = from[source * 3 + k]
  }
  to.fill(Number.NaN)
  scene.ids.forEach((id, row) => {
    const source = before.rowOf.get(id)
    if (source !== undefined) {
      copy(source, row)
      if (row >= scene.passages) copy(askedRow(before, source), askedRow(scene, row))
    }
  })
  scene.parents.forEach((parent, index) => {
    const row = scene.passages + index
    if (before.rowOf.has(scene.ids[row]) || parent < 0) return
    for (let k = 0; k < 3; k++) {
      to[row * 3 + k] = to[parent * 3 + k]
      to[askedRow(scene, row) * 3 + k] = to[parent * 3 + k]
    }
  })
}

/** Work out where everything should stand, if anything that decides it has changed. */
export function retarget(): void {
  if (!stale) return
  stale = false
  const scene = currentScene()
  const buffer = positionsBuffer
  const length = Math.max(1, Math.ceil(scene.rows / PLACES_PER_LINE)) * PLACES_PER_LINE * 3
  const target = buffer.target.length === length ? buffer.target : new Float32Array(length)
  aim(scene, target.subarray(0, scene.rows * 3))
  if (placed !== scene) {
    // Streaming maps and new axes keep the rows: nothing to carry then.
    const same = placed && placed.rows === scene.rows && placed.ids.every((id, row) => id === scene.ids[row])
    if (!same || buffer.current.length !== length) {
      const current = new Float32Array(length)
      if (placed && placed.project.id === scene.project.id) carry(placed, scene, buffer.current, current)
      else current.fill(Number.NaN)
      buffer.current = current
    }
    placed = scene
  }
  buffer.target = target
  buffer.nodes = scene.nodes
  buffer.rows = scene.rows
  buffer.moving = true
}

/**
 * Let time pass: `seconds` since the last frame.
 * @returns whether anything moved and there is more way to go.
 */
export function settlePositions(seconds: number): boolean {
  retarget()
  const buffer = positionsBuffer
  if (!buffer.moving) return false
  const settle = reducedMotion() ? 0 : (2 * motion.calm) / 1000
  buffer.moving = easeTowards(buffer.current, buffer.target, buffer.rows * 3, Math.min(seconds, 0.1), settle)
  buffer.version++
  return buffer.moving
}

const listeners = new Set<() => void>()

/** Call back when places are about to change, so that a frame is drawn. Returns the way to stop. */
export function onPlacesStale(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function wake(): void {
  for (const listener of listeners) listener()
}

function spoil(): void {
  stale = true
  wake()
}

projectStore.subscribe(spoil)
featuresStore.subscribe(spoil)
onThemeChange(spoil)
viewStore.subscribe((now, before) => {
  if (now.axes !== before.axes || now.blend !== before.blend) spoil()
})
