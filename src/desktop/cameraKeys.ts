import { positionsBuffer } from '../space/positions.ts'
import { currentScene, type Scene } from '../space/scene.ts'
import { sight } from '../space/sight.ts'
import { nearestInDirection } from '../space/walk.ts'
import { pullStore } from '../state/pull.ts'
import { select, viewStore } from '../state/view.ts'
import { fitView, flyTo, steer } from './camera.ts'
import { middleOf, nearestTo } from './freeView.ts'
import { showInspector } from './looking.ts'

const TURN = Math.PI / 15
const SHIFT = 0.12
const ZOOM = 0.8

const ways: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
}

let seen = new Float32Array(0)
let flat = new Float32Array(0)

/** Where all nodes are seen now: fills `seen` with x, y and distance. */
function look(): Scene {
  const scene = currentScene()
  if (seen.length < scene.nodes * 3) {
    seen = new Float32Array(scene.nodes * 3)
    flat = new Float32Array(scene.nodes * 2)
  }
  sight.project(positionsBuffer.current, scene.nodes, seen)
  return scene
}

/** Select the node nearest to the middle of the picture: where keys begin. */
export function selectMiddle(): void {
  const scene = look()
  const row = nearestTo(seen, scene.nodes, middleOf(sight))
  if (row >= 0) select([scene.ids[row]])
}

/** Select the nearest node that lies that way as the space is seen now. Returns whether there is one. */
export function walk(way: readonly [number, number]): boolean {
  const from = currentScene().rowOf.get(viewStore.getState().selection[0] ?? '')
  if (from === undefined) return false
  const scene = look()
  for (let row = 0; row < scene.nodes; row++) {
    flat[row * 2] = seen[row * 3]
    flat[row * 2 + 1] = -seen[row * 3 + 1]
  }
  const next = nearestInDirection(flat, scene.nodes, from, way)
  if (next < 0) return false
  select([scene.ids[next]])
  return true
}

/** Keys belong to the space when it has the focus, or nothing has. */
function isOurs(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false
  const focus = document.activeElement
  return focus === null || focus === document.body || focus.closest('.space') !== null
}

/** Arrows, PgUp, PgDn, Home, F and Enter. While a feature is held or a node is in the hand, arrows belong to the pull. */
export function cameraKeys(event: KeyboardEvent): void {
  if (!isOurs(event)) return
  const { selection, heldFeature } = viewStore.getState()
  const way = ways[event.key]
  if (way) {
    if (heldFeature || pullStore.getState().pull) return
    if (event.shiftKey) steer.shift(way[0] * SHIFT, -way[1] * SHIFT)
    else if (selection.length > 0) walk(way)
    else steer.turn(way[0] * TURN, -way[1] * TURN)
  } else if (event.key === 'PageUp') steer.zoom(ZOOM)
  else if (event.key === 'PageDown') steer.zoom(1 / ZOOM)
  else if (event.key === 'Home') fitView()
  else if (event.key === 'f' && selection.length > 0) flyTo(selection[0])
  else if (event.key === 'Enter') {
    // A pull in the hand lands by Enter; a held key says it once.
    if (pullStore.getState().pull || event.repeat) return
    if (selection.length > 0) showInspector()
    else selectMiddle()
  } else return
  event.preventDefault()
}
