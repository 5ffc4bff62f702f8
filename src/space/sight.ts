import { type Camera, Matrix4 } from 'three'
import { headsetPixel } from './frame.ts'

/** Half the width of the square that counts as the view in a headset, as a tangent: 40° to each side. */
const HEADSET_HALF = Math.tan((40 * Math.PI) / 180)
/** That square in pixels: labels are spread over it as over a screen. */
const HEADSET_PIXELS = Math.round((2 * HEADSET_HALF) / headsetPixel)

/** What the person sees now: from space coordinates to the pixels of their view. Renewed every frame. */
class Sight {
  /** CSS pixels; in a headset those of an imagined screen. */
  width = 1
  height = 1
  /** Pixels at the edges that panels cover. */
  inset = { left: 0, right: 0, top: 0, bottom: 0 }
  /** Grows when anything about the view changed. */
  version = 0
  inHeadset = false
  /** Space to view coordinates. */
  readonly toView = new Matrix4()
  private readonly projection = new Matrix4()
  private readonly next = new Matrix4()

  look(camera: Camera, space: Matrix4, size: { width: number; height: number }, inHeadset: boolean): void {
    const { next, projection } = this
    next.copy(camera.matrixWorld).invert().multiply(space)
    const width = inHeadset ? HEADSET_PIXELS : size.width
    const height = inHeadset ? HEADSET_PIXELS : size.height
    if (inHeadset) projection.identity().makeScale(1 / HEADSET_HALF, 1 / HEADSET_HALF, 1)
    else if (!projection.equals(camera.projectionMatrix)) {
      projection.copy(camera.projectionMatrix)
      this.version++
    }
    if (width !== this.width || height !== this.height || !next.equals(this.toView)) this.version++
    this.inHeadset = inHeadset
    this.width = width
    this.height = height
    this.toView.copy(next)
  }

  /** Pixels that one unit of space spans at distance 1 (in units of space) across the view. */
  get pixelsPerUnit(): number {
    return (this.projection.elements[5] * this.height) / 2
  }

  /**
   * Rows of x, y (pixels from the top left, y down) and distance along the view (in units of space); NaN behind the eye.
   */
  project(places: Float32Array, count: number, out: Float32Array): void {
    const m = this.toView.elements
    const p = this.projection.elements
    const scale = Math.hypot(m[0], m[1], m[2])
    const halfWidth = this.width / 2
    const halfHeight = this.height / 2
    for (let i = 0; i < count * 3; i += 3) {
      const x = places[i]
      const y = places[i + 1]
      const z = places[i + 2]
      const depth = -(m[2] * x + m[6] * y + m[10] * z + m[14])
      if (!(depth > 0.02)) {
        out[i] = out[i + 1] = out[i + 2] = Number.NaN
        continue
      }
      const vx = m[0] * x + m[4] * y + m[8] * z + m[12]
      const vy = m[1] * x + m[5] * y + m[9] * z + m[13]
      // p[8], p[9]: the view may be set off the middle, to leave room for panels.
      out[i] = halfWidth * (1 + (p[0] * vx) / depth - p[8])
      out[i + 1] = halfHeight * (1 - (p[5] * vy) / depth + p[9])
      out[i + 2] = depth / scale
    }
  }
}

export const sight = new Sight()
