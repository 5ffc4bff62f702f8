import {
  Float32BufferAttribute,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  Mesh,
  type ShaderMaterial,
} from 'three'
import { type Ends, makeLineMaterial } from './material.ts'

export interface LineStyle {
  /** Components 0…255; alpha 0…1. */
  colour: readonly [number, number, number]
  alpha: number
  /** Width in pixels at either end. */
  width: readonly [number, number]
  /** A dot and its gap in pixels; 0 = drawn through. */
  dots?: number
  /** Height of the bow as a share of the length. */
  bow?: number
}

/** A strip of quads from t = 0 to 1, two vertices a step. */
function strip(steps: number): { position: number[]; index: number[] } {
  const position: number[] = []
  const index: number[] = []
  for (let step = 0; step <= steps; step++) {
    position.push(step / steps, -1, 0, step / steps, 1, 0)
    if (step < steps) index.push(2 * step, 2 * step + 1, 2 * step + 2, 2 * step + 2, 2 * step + 1, 2 * step + 3)
  }
  return { position, index }
}

/** Any number of lines as one draw call. Fill with `begin`, `line`…, `end`. */
export class LineMesh extends Mesh<InstancedBufferGeometry, ShaderMaterial> {
  private room = 0
  private filled = 0
  private readonly ends: Ends

  /** `steps` above 1 lets lines bow. */
  constructor(ends: Ends, name: string, { steps = 1, order = 0 } = {}) {
    const geometry = new InstancedBufferGeometry()
    const { position, index } = strip(steps)
    geometry.setAttribute('position', new Float32BufferAttribute(position, 3))
    geometry.setIndex(index)
    geometry.instanceCount = 0
    super(geometry, makeLineMaterial(ends))
    this.ends = ends
    this.name = name
    this.frustumCulled = false
    this.renderOrder = order
    // Lines are to be looked at, not pointed at.
    this.raycast = () => undefined
    Object.assign(this, { spherecast: () => undefined })
    this.grow(16)
  }

  private grow(lines: number): void {
    if (lines <= this.room) return
    this.room = Math.ceil((lines * 1.25) / 16) * 16
    this.geometry.dispose()
    const attribute = (name: string, size: number) => {
      const old = this.geometry.getAttribute(name)?.array as Float32Array | undefined
      const array = new Float32Array(this.room * size)
      if (old) array.set(old)
      this.geometry.setAttribute(name, new InstancedBufferAttribute(array, size))
    }
    if (this.ends === 'rows') attribute('rows', 2)
    else {
      attribute('from', 3)
      attribute('to', 3)
    }
    attribute('shape', 4)
    attribute('paint', 4)
  }

  begin(): void {
    this.filled = 0
  }

  private style({ colour, alpha, width, dots = 0, bow = 0 }: LineStyle): void {
    const i = this.filled++ * 4
    const shape = this.geometry.getAttribute('shape').array as Float32Array
    const paint = this.geometry.getAttribute('paint').array as Float32Array
    shape[i] = width[0]
    shape[i + 1] = width[1]
    shape[i + 2] = dots
    shape[i + 3] = bow
    paint[i] = colour[0] / 255
    paint[i + 1] = colour[1] / 255
    paint[i + 2] = colour[2] / 255
    paint[i + 3] = alpha
  }

  between(a: number, b: number, style: LineStyle): void {
    this.grow(this.filled + 1)
    const rows = this.geometry.getAttribute('rows').array as Float32Array
    rows[this.filled * 2] = a
    rows[this.filled * 2 + 1] = b
    this.style(style)
  }

  line(from: ArrayLike<number>, to: ArrayLike<number>, style: LineStyle): void {
    this.grow(this.filled + 1)
    const a = this.geometry.getAttribute('from').array as Float32Array
    const b = this.geometry.getAttribute('to').array as Float32Array
    for (let k = 0; k < 3; k++) {
      a[this.filled * 3 + k] = from[k]
      b[this.filled * 3 + k] = to[k]
    }
    this.style(style)
  }

  end(): void {
    this.geometry.instanceCount = this.filled
    this.visible = this.filled > 0
    for (const name of ['rows', 'from', 'to', 'shape', 'paint']) {
      const attribute = this.geometry.getAttribute(name)
      if (attribute) attribute.needsUpdate = true
    }
  }

  get strength(): { value: number } {
    return this.material.uniforms.strength as { value: number }
  }

  dispose(): void {
    this.geometry.dispose()
    this.material.dispose()
  }
}
