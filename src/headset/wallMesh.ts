import {
  CanvasTexture,
  Color,
  type Intersection,
  Matrix4,
  Mesh,
  PlaneGeometry,
  type Ray,
  type Raycaster,
  ShaderMaterial,
  type Sphere,
  SRGBColorSpace,
  Vector2,
  Vector3,
  Vector4,
} from 'three'

/** Metres from the person to the wall: far enough to take it in, near enough to read its names. */
export const WALL_RADIUS = 1.6

/** Metres along the wall: 82° of the circle, so that its names and its end are seen at once by one who faces it. */
export const WALL_WIDTH = 2.3

/** One band is 21 dmm high, so that its name has letters of 15 dmm. Metres. */
export const BAND_HEIGHT = 0.034

/** Its middle from the first look ahead, radians: to the left, two snap turns away, where the cloud does not reach. */
export const WALL_ASIDE = (85 * Math.PI) / 180

/** Its middle below the eyes, metres. */
export const WALL_BELOW = 0.35

const vertexShader = /* glsl */ `
varying vec2 at;
void main() {
  at = uv;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}`

/** The picture, the brushed span as two accent lines, and the cell under a hand as a frame of ink. */
const fragmentShader = /* glsl */ `
uniform sampler2D picture;
uniform vec4 cell;
uniform vec2 brush, thin;
uniform vec3 ink, accent;
varying vec2 at;
void main() {
  gl_FragColor = texture2D(picture, at);
  bool inBrush = at.x >= brush.x && at.x <= brush.y;
  if (inBrush && min(at.x - brush.x, brush.y - at.x) < thin.x * 2.0) gl_FragColor.rgb = accent;
  if (inBrush && min(at.y, 1.0 - at.y) < thin.y * 2.0) gl_FragColor.rgb = accent;
  vec2 outside = max(cell.xy - at, at - cell.zw);
  float edge = max(outside.x / thin.x, outside.y / thin.y);
  if (edge > 0.0 && edge < 1.5) gl_FragColor.rgb = ink;
  #include <colorspace_fragment>
}`

const inverse = new Matrix4()
const local = new Vector3()
const none = new Vector4(2, 2, 2, 2)

/** A part of a cylinder around the person, seen from within: the document as a wall. */
export class WallMesh extends Mesh<PlaneGeometry, ShaderMaterial> {
  readonly canvas = document.createElement('canvas')

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    const geometry = new PlaneGeometry(width, height, 64, 1)
    const position = geometry.getAttribute('position')
    for (let i = 0; i < position.count; i++) {
      const angle = position.getX(i) / WALL_RADIUS
      position.setX(i, Math.sin(angle) * WALL_RADIUS)
      position.setZ(i, -Math.cos(angle) * WALL_RADIUS)
    }
    super(
      geometry,
      new ShaderMaterial({
        vertexShader,
        fragmentShader,
        uniforms: {
          picture: { value: null },
          cell: { value: none.clone() },
          brush: { value: new Vector2(2, 2) },
          thin: { value: new Vector2(0.003 / width, 0.003 / height) },
          ink: { value: new Color() },
          accent: { value: new Color() },
        },
      }),
    )
    this.name = 'wall'
  }

  /** The canvas has a new picture. */
  repaint(ink: string, accent: string): void {
    const { picture } = this.material.uniforms
    picture.value?.dispose()
    const texture = new CanvasTexture(this.canvas)
    texture.colorSpace = SRGBColorSpace
    texture.anisotropy = 8
    picture.value = texture
    this.material.uniforms.ink.value.set(ink)
    this.material.uniforms.accent.value.set(accent)
  }

  /** Frame a cell (shares of the wall, left, bottom, right, top), or none. */
  frame(cell: [number, number, number, number] | null): void {
    if (cell) this.material.uniforms.cell.value.set(...cell)
    else this.material.uniforms.cell.value.copy(none)
  }

  /** Mark a span (shares of the wall, left and right), or none. */
  mark(span: [number, number] | null): void {
    this.material.uniforms.brush.value.set(...(span ?? [2, 2]))
  }

  /** A place of the wall (share of its width, metres from its middle upwards) in the world. */
  placeAt(share: number, up: number): Vector3 {
    const angle = ((share - 0.5) * this.width) / WALL_RADIUS
    this.updateWorldMatrix(true, false)
    return this.localToWorld(new Vector3(Math.sin(angle) * WALL_RADIUS, up, -Math.cos(angle) * WALL_RADIUS))
  }

  /** The place of the wall that a point of the world lies over: shares from its left and its bottom. */
  private shareAt(point: Vector3): Vector2 | null {
    const x = (Math.atan2(point.x, -point.z) * WALL_RADIUS) / this.width + 0.5
    const y = point.y / this.height + 0.5
    return x < 0 || x > 1 || y < 0 || y > 1 ? null : new Vector2(x, y)
  }

  /** Exact on the cylinder, where the mesh has facets. */
  override raycast({ ray, near, far }: Raycaster, hits: Intersection[]): void {
    inverse.copy(this.matrixWorld).invert()
    const { origin, direction }: Ray = ray.clone().applyMatrix4(inverse)
    const a = direction.x ** 2 + direction.z ** 2
    const b = origin.x * direction.x + origin.z * direction.z
    const c = origin.x ** 2 + origin.z ** 2 - WALL_RADIUS ** 2
    const root = b * b - a * c
    if (a === 0 || root < 0) return
    const distance = (-b + Math.sqrt(root)) / a
    const uv =
      distance > near && distance < far && this.shareAt(local.copy(direction).multiplyScalar(distance).add(origin))
    if (uv) hits.push({ distance, uv, point: local.clone().applyMatrix4(this.matrixWorld), object: this })
  }

  /** The hook of @pmndrs/pointer-events for fingertips. */
  spherecast(sphere: Sphere, hits: Intersection[]): void {
    local.copy(sphere.center).applyMatrix4(inverse.copy(this.matrixWorld).invert())
    const distance = Math.abs(WALL_RADIUS - Math.hypot(local.x, local.z))
    const uv = distance < sphere.radius && this.shareAt(local)
    if (!uv) return
    const out = WALL_RADIUS / Math.hypot(local.x, local.z)
    const point = new Vector3(local.x * out, local.y, local.z * out).applyMatrix4(this.matrixWorld)
    hits.push({ distance, uv, point, object: this, normal: new Vector3(0, 0, 1) })
  }

  dispose(): void {
    this.material.uniforms.picture.value?.dispose()
    this.material.dispose()
    this.geometry.dispose()
  }
}
