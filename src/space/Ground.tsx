import { useEffect, useMemo } from 'react'
import { DoubleSide, Mesh, PlaneGeometry, ShaderMaterial } from 'three'
import { shaderCommon, shared } from './frame.ts'

/** Just below everything that stands in the space. */
const LEVEL = -1.42
const SIZE = 4.4

const vertexShader = /* glsl */ `
${shaderCommon}
out vec2 at;
out float haze;
void main() {
  at = position.xy * ${(SIZE / 2).toFixed(2)};
  vec4 view = modelViewMatrix * vec4(at.x, ${LEVEL.toFixed(2)}, at.y, 1.0);
  haze = fogAt(-view.z / spaceScale());
  gl_Position = projectionMatrix * view;
}
`

/** Rings a third of a unit apart (one σ, where axes are shown), fainter the further out. */
const fragmentShader = /* glsl */ `
uniform vec3 hairline;
in vec2 at;
in float haze;
out vec4 colour;
void main() {
  float r = length(at) * 3.0;
  float width = fwidth(r);
  float line = 1.0 - smoothstep(0.6, 1.5, abs(fract(r + 0.5) - 0.5) / max(width, 1e-5));
  line *= step(0.5, r) * clamp(0.35 / width, 0.0, 1.0);
  float fade = 1.0 - smoothstep(1.2, 6.2, r);
  float alpha = line * fade * (1.0 - haze) * 0.75;
  if (alpha < 0.004) discard;
  colour = vec4(hairline, alpha);
}
`

/** Faint rings on the ground: what is above, below, near and far is read against them. */
export function Ground() {
  const mesh = useMemo(() => {
    const material = new ShaderMaterial({
      name: 'ground',
      glslVersion: '300 es',
      vertexShader,
      fragmentShader,
      uniforms: shared,
      transparent: true,
      depthWrite: false,
      side: DoubleSide,
      toneMapped: false,
    })
    const made = new Mesh(new PlaneGeometry(2, 2), material)
    made.name = 'ground'
    made.frustumCulled = false
    made.raycast = () => undefined
    return Object.assign(made, { spherecast: () => undefined })
  }, [])
  useEffect(
    () => () => {
      mesh.geometry.dispose()
      mesh.material.dispose()
    },
    [mesh],
  )
  return <primitive object={mesh} />
}
