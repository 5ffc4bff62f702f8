import {
  AddEquation,
  CustomBlending,
  DynamicDrawUsage,
  Float32BufferAttribute,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  Mesh,
  OneFactor,
  OneMinusSrcAlphaFactor,
  ShaderMaterial,
  type Texture,
  type Vector2,
} from 'three'
import { shaderCommon, shared } from '../frame.ts'
import { SLOTS, slotBox } from './atlas.ts'

const vertexShader = /* glsl */ `
${shaderCommon}
in vec4 anchor;   // a point, or (w >= 0) a row of the places
in vec2 offset;   // pixels from the anchor to the label's top left, y down
in vec4 box;      // pixels in the atlas: left, top, width, height
in vec2 show;     // opacity; side on which a node's own disc is to be cleared (-1, 0, 1)
uniform vec2 atlasSize;
out vec2 uv_;
out float opacity;

void main() {
  vec3 point = anchor.w < -0.5 ? anchor.xyz : placeOf(int(anchor.w + 0.5));
  vec4 view = modelViewMatrix * vec4(point, 1.0);
  float distance = max(-view.z, 1e-3);
  vec2 corner = vec2(position.x, position.y);
  float disc = radius * spaceScale() / (pixel * distance) * show.y;
  vec2 pixels = offset + vec2(disc, 0.0) + corner * box.zw;
  uv_ = (box.xy + corner * box.zw) / atlasSize;
  opacity = show.x * smoothstep(nearFade.x, nearFade.y, distance);
  if (viewport.x > 0.0) {
    // On a screen, letters lie on whole pixels.
    vec4 clip = projectionMatrix * view;
    vec2 start = (clip.xy / clip.w * 0.5 + 0.5) * viewport.xy + vec2(offset.x + disc, -offset.y) * viewport.z;
    vec2 at = floor(start + 0.5) + vec2(corner.x, -corner.y) * box.zw * viewport.z;
    gl_Position = vec4((at / viewport.xy * 2.0 - 1.0) * clip.w, clip.z, clip.w);
  } else {
    view.xy += vec2(pixels.x, -pixels.y) * pixel * distance;
    // A little before its node along the line of sight: the disc does not cut into it, and it hangs where it hung.
    view.xyz *= max(0.5, 1.0 - radius * spaceScale() * 1.2 / length(view.xyz));
    gl_Position = projectionMatrix * view;
  }
}
`

const fragmentShader = /* glsl */ `
uniform sampler2D atlas;
in vec2 uv_;
in float opacity;
out vec4 colour;
void main() {
  colour = texture(atlas, uv_) * opacity;
  if (colour.a < 0.004) discard;
}
`

/** All labels as one draw call: a quad a slot, facing the eye at a constant size. */
export class LabelMesh extends Mesh<InstancedBufferGeometry, ShaderMaterial> {
  readonly anchor = new Float32Array(SLOTS * 4)
  readonly offset = new Float32Array(SLOTS * 2)
  readonly box = new Float32Array(SLOTS * 4)
  readonly show = new Float32Array(SLOTS * 2)

  constructor(atlas: Texture, atlasSize: Vector2) {
    const geometry = new InstancedBufferGeometry()
    geometry.setAttribute('position', new Float32BufferAttribute([0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0], 3))
    geometry.setIndex([0, 2, 1, 0, 3, 2])
    geometry.instanceCount = 0
    const material = new ShaderMaterial({
      name: 'labels',
      glslVersion: '300 es',
      vertexShader,
      fragmentShader,
      uniforms: { ...shared, atlas: { value: atlas }, atlasSize: { value: atlasSize } },
      transparent: true,
      depthWrite: false,
      depthTest: false,
      toneMapped: false,
      blending: CustomBlending,
      blendEquation: AddEquation,
      blendSrc: OneFactor,
      blendDst: OneMinusSrcAlphaFactor,
    })
    super(geometry, material)
    this.name = 'labels'
    this.frustumCulled = false
    this.renderOrder = 10
    this.raycast = () => undefined
    Object.assign(this, { spherecast: () => undefined })
    for (const [name, size] of [
      ['anchor', 4],
      ['offset', 2],
      ['box', 4],
      ['show', 2],
    ] as const) {
      geometry.setAttribute(name, new InstancedBufferAttribute(this[name], size).setUsage(DynamicDrawUsage))
    }
  }

  /** Write the label of `slot` as the `index`-th to be drawn; later ones lie over earlier ones. */
  put(
    index: number,
    slot: number,
    at: { row: number; point?: readonly number[] },
    offset: readonly [number, number],
    size: { width: number; height: number },
    opacity: number,
    side: number,
  ): void {
    const { anchor, box, show } = this
    const [x, y, z] = at.point ?? [0, 0, 0]
    anchor[index * 4] = x
    anchor[index * 4 + 1] = y
    anchor[index * 4 + 2] = z
    anchor[index * 4 + 3] = at.point ? -1 : at.row
    this.offset[index * 2] = offset[0]
    this.offset[index * 2 + 1] = offset[1]
    const place = slotBox(slot)
    box[index * 4] = place.x
    box[index * 4 + 1] = place.y
    box[index * 4 + 2] = size.width
    box[index * 4 + 3] = size.height
    show[index * 2] = opacity
    show[index * 2 + 1] = side
  }

  filled(count: number): void {
    this.geometry.instanceCount = count
    this.visible = count > 0
    for (const name of ['anchor', 'offset', 'box', 'show']) this.geometry.getAttribute(name).needsUpdate = true
  }

  dispose(): void {
    this.geometry.dispose()
    this.material.dispose()
  }
}
