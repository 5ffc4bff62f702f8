import type CameraControls from 'camera-controls'
import { RULE_END } from '../space/Axes.tsx'
import { positionsBuffer, retarget } from '../space/positions.ts'
import { currentScene } from '../space/scene.ts'
import { sight } from '../space/sight.ts'
import { onThemeChange, reducedMotion } from '../space/theme.ts'
import { viewStore } from '../state/view.ts'
import { isWithin } from './freeView.ts'

/** The controls of the mounted camera; null while there is none (a headset is in charge, or nothing is mounted). */
let controls: CameraControls | null = null

export function setControls(mounted: CameraControls | null): void {
  controls = mounted
  calm()
}

/** Hold the camera still while something else has the pointer. */
export function holdCamera(held: boolean): void {
  if (controls) controls.enabled = !held
}

const eased = (): boolean => !reducedMotion()

/** Seconds until the camera rests, after a flight and under the hand; none where movement is cut. */
function calm(): void {
  if (!controls) return
  controls.smoothTime = eased() ? 0.22 : 0
  controls.draggingSmoothTime = eased() ? 0.09 : 0
}
onThemeChange(calm)

/** From this near a passage and its neighbours are read well, in units of space. */
const READING_DISTANCE = 1.15

/** Look at a node from where one came; `near`: come near it, too. */
export function flyTo(id: string, { near = true } = {}): void {
  const row = currentScene().rowOf.get(id)
  if (row === undefined || !controls) return
  retarget()
  const [x, y, z] = positionsBuffer.target.subarray(row * 3, row * 3 + 3)
  void controls.moveTo(x, y, z, eased())
  if (near) void controls.dollyTo(Math.min(controls.distance, READING_DISTANCE), eased())
}

const spot = new Float32Array(3)

/** Look at a node if it is out of the picture, or under a panel; else leave the picture as it is. */
export function bringIntoView(id: string): void {
  const row = currentScene().rowOf.get(id)
  if (row === undefined || !controls) return
  retarget()
  sight.project(positionsBuffer.target.subarray(row * 3, row * 3 + 3), 1, spot)
  if (!isWithin(sight, spot[0]!, spot[1]!)) flyTo(id, { near: false })
}

/** From where the whole is seen: a little from the right and above, radians from the front and from the zenith. */
const FRONT = { azimuth: 0.46, polar: Math.PI / 2 - 0.24 }

/** The share of nodes along each direction of the view that a fit holds; stragglers may stand at the rim. */
const HELD = 0.985

interface Extent {
  center: [number, number, number]
  /** Half of what is held across, up and along the view. */
  half: [number, number, number]
}

/** The box around the nodes, and the axes on show, as seen from an azimuth and a polar angle (those of the controls). */
export function extentFrom(azimuth: number, polar: number): Extent {
  retarget()
  const { target, nodes } = positionsBuffer
  const [sa, ca, sp, cp] = [Math.sin(azimuth), Math.cos(azimuth), Math.sin(polar), Math.cos(polar)]
  const ways = [
    [ca, 0, -sa],
    [-sa * cp, sp, -ca * cp],
    [sa * sp, cp, ca * sp],
  ]
  const extent: Extent = { center: [0, 0, 0], half: [0.5, 0.5, 0.5] }
  const { axes, blend } = viewStore.getState()
  const rules = blend === 1 ? [axes.x, axes.y, axes.z].map((feature) => (feature ? RULE_END : 0)) : [0, 0, 0]
  // A few thousand are enough to know the extent.
  const step = Math.max(1, Math.floor(nodes / 3000))
  ways.forEach((way, index) => {
    const values: number[] = []
    for (let row = 0; row < nodes; row += step) {
      const value = target[row * 3] * way[0] + target[row * 3 + 1] * way[1] + target[row * 3 + 2] * way[2]
      if (Number.isFinite(value)) values.push(value)
    }
    if (values.length === 0) return
    values.sort((a, b) => a - b)
    const ends = Math.max(...rules.map((end, axis) => end * Math.abs(way[axis])))
    const low = Math.min(values[Math.floor((values.length - 1) * (1 - HELD))], -ends)
    const high = Math.max(values[Math.ceil((values.length - 1) * HELD)], ends)
    extent.half[index] = Math.max(0.25, (high - low) / 2)
    for (let k = 0; k < 3; k++) extent.center[k] += (way[k] * (low + high)) / 2
  })
  return extent
}

/** Room left around what is fitted: for discs at the rim and for their labels. */
const MARGIN = 1.16

/**
 * Distance from which a box of this half width, height and depth fits into the part of the view that is left free.
 * @param fov vertical, degrees
 */
export function fitDistance(
  [across, up, deep]: readonly [number, number, number],
  fov: number,
  view: { width: number; height: number },
  free: { width: number; height: number },
): number {
  const half = Math.tan((fov * Math.PI) / 360)
  const vertical = half * (free.height / view.height)
  const horizontal = half * (free.width / view.height)
  // What stands nearest the eye is seen largest, but a cloud is thin there: half of its depth counts.
  return MARGIN * Math.max(across / horizontal, up / vertical) + deep * 0.5
}

let distanceToFit = (_half: readonly [number, number, number]): number => 4

/** How a view of the mounted window turns extents into a distance. */
export function setFit(distance: typeof distanceToFit): void {
  distanceToFit = distance
}

/** Show all of it; `turned` also looks from the front again. */
export function fitView({ turned = true, cut = false } = {}): void {
  if (!controls) return
  const smooth = !cut && eased()
  const { azimuth, polar } = turned ? FRONT : { azimuth: controls.azimuthAngle, polar: controls.polarAngle }
  const { center, half } = extentFrom(azimuth, polar)
  void controls.moveTo(...center, smooth)
  void controls.dollyTo(distanceToFit(half), smooth)
  if (turned) void controls.rotateTo(azimuth, polar, smooth)
}

/** Turn by angles in radians, come nearer by a factor, shift by shares of the distance. */
export const steer = {
  turn: (across: number, up: number) => void controls?.rotate(across, up, eased()),
  zoom: (factor: number) => controls && void controls.dollyTo(controls.distance * factor, eased()),
  shift: (x: number, y: number) =>
    controls && void controls.truck(x * controls.distance, y * controls.distance, eased()),
}
