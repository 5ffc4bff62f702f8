import type CameraControls from 'camera-controls'
import { positionsBuffer } from '../space/positions.ts'
import { currentScene } from '../space/scene.ts'
import { reducedMotion } from '../space/theme.ts'

/** The controls of the mounted camera; null while there is none (a headset is in charge, or nothing is mounted). */
let controls: CameraControls | null = null

export function setControls(mounted: CameraControls | null): void {
  controls = mounted
}

/** Hold the camera still while something else has the pointer. */
export function holdCamera(held: boolean): void {
  if (controls) controls.enabled = !held
}

const eased = (): boolean => !reducedMotion()

/** From this near a passage and its neighbours are read well, in units of space. */
const READING_DISTANCE = 1.15

/** Come near a node and look at it from where one came. */
export function flyTo(id: string): void {
  const row = currentScene().rowOf.get(id)
  if (row === undefined || !controls) return
  const [x, y, z] = positionsBuffer.target.subarray(row * 3, row * 3 + 3)
  void controls.moveTo(x, y, z, eased())
  void controls.dollyTo(Math.min(controls.distance, READING_DISTANCE), eased())
}

/** What all nodes fit into: radius around the middle of the space that holds 99 of 100, at least a little. */
export function extent(): number {
  const { target, nodes } = positionsBuffer
  const radii: number[] = []
  // A few thousand are enough to know the extent.
  const step = Math.max(1, Math.floor(nodes / 4000))
  for (let row = 0; row < nodes; row += step) {
    const radius = Math.hypot(target[row * 3], target[row * 3 + 1], target[row * 3 + 2])
    if (radius < 10) radii.push(radius)
  }
  radii.sort((a, b) => a - b)
  return Math.min(1.8, Math.max(0.8, radii[Math.floor(radii.length * 0.99)] ?? 1.1))
}

/** Distance from which a sphere of `radius` fits into the share of the view that panels leave free. */
export function fitDistance(
  radius: number,
  fov: number,
  view: { width: number; height: number },
  free: { width: number; height: number },
): number {
  const half = Math.tan((fov * Math.PI) / 360)
  const vertical = half * (free.height / view.height)
  const horizontal = half * (view.width / view.height) * (free.width / view.width)
  // A sphere's rim is seen by the sine, not the tangent.
  return radius / Math.sin(Math.atan(Math.min(vertical, horizontal)))
}

let distanceToFit = (): number => 4

export function setFit(distance: () => number): void {
  distanceToFit = distance
}

/** Show all of it; `turned` also looks from the front again. */
export function fitView({ turned = true, cut = false } = {}): void {
  if (!controls) return
  const smooth = !cut && eased()
  void controls.moveTo(0, 0, 0, smooth)
  void controls.dollyTo(distanceToFit(), smooth)
  if (turned) void controls.rotateTo(0.46, Math.PI / 2 - 0.24, smooth)
}

/** Turn by angles in radians, come nearer by a factor, shift by shares of the distance. */
export const steer = {
  turn: (across: number, up: number) => void controls?.rotate(across, up, eased()),
  zoom: (factor: number) => controls && void controls.dollyTo(controls.distance * factor, eased()),
  shift: (x: number, y: number) =>
    controls && void controls.truck(x * controls.distance, y * controls.distance, eased()),
}
