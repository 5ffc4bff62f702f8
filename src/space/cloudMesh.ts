import {
  DynamicDrawUsage,
  Float32BufferAttribute,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  type Intersection,
  Matrix4,
  Mesh,
  Ray,
  type Raycaster,
  type Sphere,
  Vector3,
} from 'three'
import { makeCloudMaterial } from './cloudMaterial.ts'
import { shared } from './frame.ts'
import type { Paint } from './paint.ts'
import { type Picked, pickByRay, pickBySphere, pickTolerance } from './pick.ts'
import { positionsBuffer } from './positions.ts'

const inverse = new Matrix4()
const local = new Ray()
const center = new Vector3()
const picked: Picked = { row: 0, distance: 0 }

function put(mesh: Mesh, { row }: Picked, distance: number, hits: Intersection[]): void {
  const point = new Vector3().fromArray(positionsBuffer.current, row * 3).applyMatrix4(mesh.matrixWorld)
  hits.push({ distance, point, object: mesh, instanceId: row })
}

/** The node under a ray in world coordinates, or null. For those who have a ray and no pointer. */
export function pick(ray: Ray, matrixWorld: Matrix4, tolerance = pickTolerance): Picked | null {
  local.copy(ray).applyMatrix4(inverse.copy(matrixWorld).invert())
  const { current, nodes } = positionsBuffer
  return pickByRay(current, nodes, local, shared.radius.value, tolerance, picked)
}

/**
 * All nodes as one mesh and one draw call. Pointers of every kind meet it through `raycast` and `spherecast`, which
 * scan the places and answer with `instanceId` = the node's row.
 */
export class CloudMesh extends Mesh<InstancedBufferGeometry> {
  readonly isCloud = true
  paint: Paint = { tint: new Uint8Array(0), state: new Uint8Array(0) }

  constructor() {
    const quad = new InstancedBufferGeometry()
    quad.setAttribute('position', new Float32BufferAttribute([-1, -1, 0, 1, -1, 0, 1, 1, 0, -1, 1, 0], 3))
    quad.setIndex([0, 1, 2, 0, 2, 3])
    quad.instanceCount = 0
    super(quad, makeCloudMaterial())
    this.name = 'cloud'
    this.frustumCulled = false
    this.resize(64)
  }

  /** Room for this many nodes, and one more for the one in the hand. */
  resize(nodes: number): void {
    if (this.paint.tint.length < (nodes + 1) * 4) {
      const room = Math.ceil((nodes * 1.25) / 64) * 64 * 4
      this.paint = { tint: new Uint8Array(room), state: new Uint8Array(room) }
      // A geometry's buffers cannot grow in place: let the card forget the old ones.
      this.geometry.dispose()
      for (const name of ['tint', 'state'] as const) {
        this.geometry.setAttribute(
          name,
          new InstancedBufferAttribute(this.paint[name], 4, true).setUsage(DynamicDrawUsage),
        )
      }
    }
    this.geometry.instanceCount = nodes
  }

  /** Draw what the hand carries with the nodes (its row comes right after theirs), or not. */
  carry(nodes: number, carried: boolean): void {
    this.geometry.instanceCount = nodes + (carried ? 1 : 0)
  }

  painted(): void {
    this.geometry.getAttribute('tint').needsUpdate = true
    this.geometry.getAttribute('state').needsUpdate = true
  }

  override raycast(raycaster: Raycaster, hits: Intersection[]): void {
    const found = pick(raycaster.ray, this.matrixWorld)
    if (!found) return
    const { row } = found
    const distance = center
      .fromArray(positionsBuffer.current, row * 3)
      .applyMatrix4(this.matrixWorld)
      .distanceTo(raycaster.ray.origin)
    if (distance >= raycaster.near && distance <= raycaster.far) put(this, found, distance, hits)
  }

  /** The hook of @pmndrs/pointer-events for touching and grabbing. */
  spherecast(sphere: Sphere, hits: Intersection[]): void {
    const scale = this.matrixWorld.getMaxScaleOnAxis()
    center.copy(sphere.center).applyMatrix4(inverse.copy(this.matrixWorld).invert())
    const reach = sphere.radius / scale + shared.radius.value
    const found = pickBySphere(positionsBuffer.current, positionsBuffer.nodes, center, reach, picked)
    if (found) put(this, found, Math.max(0, found.distance - shared.radius.value) * scale, hits)
  }

  dispose(): void {
    this.geometry.dispose()
    ;(this.material as { dispose(): void }).dispose()
  }
}
