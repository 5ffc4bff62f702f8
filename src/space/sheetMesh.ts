import {
  BufferGeometry,
  DoubleSide,
  Float32BufferAttribute,
  type Intersection,
  Mesh,
  type Raycaster,
  ShaderMaterial,
} from 'three'
import type { Vec3 } from '../meaning/types.ts'
import { shaderCommon, shared } from './frame.ts'
import { knotAt, placeBetween, weightsAt } from './sheetWeights.ts'

/** Cells along each side of the sheet: a point of the sheet is found on them by eye and by pointer. */
const CELLS = 6

const vertexShader = /* glsl */ `
${shaderCommon}
out vec2 at;
out float haze;
void main() {
  at = uv;
  vec4 view = modelViewMatrix * vec4(position, 1.0);
  haze = fogAt(-view.z / spaceScale());
  gl_Position = projectionMatrix * view;
}
`
const fragmentShader = /* glsl */ `
uniform vec3 accent;
in vec2 at;
in float haze;
out vec4 colour;
void main() {
  vec2 cell = at * ${CELLS.toFixed(1)};
  vec2 wide = fwidth(cell);
  vec2 near = abs(fract(cell + 0.5) - 0.5) / max(wide, vec2(1e-5));
  float line = 1.0 - smoothstep(0.4, 1.3, min(near.x, near.y));
  colour = vec4(accent, (0.07 + 0.35 * line) * (1.0 - haze));
}
`

function makeGeometry(): BufferGeometry {
  const geometry = new BufferGeometry()
  const uv = new Float32BufferAttribute(new Float32Array((CELLS + 1) ** 2 * 2), 2)
  const index: number[] = []
  for (let v = 0; v <= CELLS; v++) {
    for (let u = 0; u <= CELLS; u++) {
      const i = v * (CELLS + 1) + u
      uv.setXY(i, u / CELLS, v / CELLS)
      if (u < CELLS && v < CELLS) index.push(i, i + 1, i + CELLS + 1, i + CELLS + 1, i + 1, i + CELLS + 2)
    }
  }
  geometry.setAttribute('position', new Float32BufferAttribute(new Float32Array((CELLS + 1) ** 2 * 3), 3))
  geometry.setAttribute('uv', uv)
  geometry.setIndex(index)
  return geometry
}

/** Written anew for each point of the sheet, every frame. */
const place: Vec3 = [0, 0, 0]

/** The sheet through three or four nodes; not there (for the eye and for pointers) while it goes through none. */
export class SheetMesh extends Mesh<BufferGeometry, ShaderMaterial> {
  /** The nodes at its corners: three make a triangle (its fourth corner falls on the third), four a quad. */
  private anchors: string[] = []
  private rows: number[] = []

  constructor() {
    const material = new ShaderMaterial({
      name: 'sheet',
      glslVersion: '300 es',
      vertexShader,
      fragmentShader,
      uniforms: shared,
      transparent: true,
      depthWrite: false,
      side: DoubleSide,
      toneMapped: false,
    })
    super(makeGeometry(), material)
    this.name = 'sheet'
    this.visible = false
    this.frustumCulled = false
    this.renderOrder = 2
    // For the headset's pointers: grips and fingertips go through it to the nodes, and a ray means a node before it.
    this.pointerEventsType = { allow: 'ray' }
    this.pointerEventsOrder = -1
  }

  /** @param nodes three or four pairs of a node's id and its row; of any other number there is no sheet. */
  lay(nodes: [id: string, row: number][]): void {
    this.visible = nodes.length === 3 || nodes.length === 4
    this.anchors = nodes.map(([id]) => id)
    this.rows = nodes.map(([, row]) => row)
  }

  /** Where a pointer is: the nodes of the sheet, and how much each counts at the knot nearest to it. */
  under(uv: { x: number; y: number }): { anchors: string[]; weights: readonly number[] } {
    return { anchors: this.anchors, weights: knotAt(uv.x, uv.y, this.anchors.length) }
  }

  /** Go along with its corners, as they stand now. */
  follow(places: Float32Array): void {
    if (!this.visible) return
    const position = this.geometry.getAttribute('position')
    const uv = this.geometry.getAttribute('uv')
    for (let i = 0; i < position.count; i++) {
      const weights = weightsAt(uv.getX(i), uv.getY(i), this.rows.length)
      placeBetween(places, this.rows, weights, place)
      position.setXYZ(i, place[0], place[1], place[2])
    }
    position.needsUpdate = true
    this.geometry.computeBoundingSphere()
  }

  override raycast(raycaster: Raycaster, hits: Intersection[]): void {
    if (this.visible) super.raycast(raycaster, hits)
  }

  dispose(): void {
    this.geometry.dispose()
    this.material.dispose()
  }
}
