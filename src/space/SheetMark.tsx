import { useFrame, useThree } from '@react-three/fiber'
import { useEffect, useMemo } from 'react'
import { Mesh, PlaneGeometry, ShaderMaterial } from 'three'
import { sheetPointStore } from '../state/sheetPoint.ts'
import { shaderCommon, shared } from './frame.ts'
import { positionsBuffer } from './positions.ts'
import { currentScene } from './scene.ts'
import { placeBetween } from './sheetWeights.ts'

/** Half the side of the quad the mark is drawn on, in pixels: a dot in a ring, and a rim that sets them off. */
const HALF = 11

const vertexShader = /* glsl */ `
${shaderCommon}
out vec2 at;
void main() {
  at = position.xy * ${HALF.toFixed(1)};
  vec4 view = modelViewMatrix * vec4(0.0, 0.0, 0.0, 1.0);
  view.xy += at * pixel * -view.z;
  gl_Position = projectionMatrix * view;
}
`
const fragmentShader = /* glsl */ `
uniform vec3 accent, ground;
in vec2 at;
out vec4 colour;
float band(float r, float from, float to) { return smoothstep(from - 0.7, from + 0.3, r) - smoothstep(to - 0.3, to + 0.7, r); }
void main() {
  float r = length(at);
  float ink = max(1.0 - smoothstep(1.9, 2.9, r), band(r, 6.2, 7.8));
  float rim = 1.0 - smoothstep(8.8, 10.4, r);
  colour = vec4(mix(ground, accent, ink), max(ink, 0.55 * rim));
}
`

/** A ring of the same size at every distance, on the point of the sheet that is being read. */
export function SheetMark() {
  const invalidate = useThree(({ invalidate }) => invalidate)
  const mesh = useMemo(() => {
    const material = new ShaderMaterial({
      name: 'sheet mark',
      glslVersion: '300 es',
      vertexShader,
      fragmentShader,
      uniforms: shared,
      transparent: true,
      depthWrite: false,
      depthTest: false,
      toneMapped: false,
    })
    const made = new Mesh(new PlaneGeometry(2, 2), material)
    made.name = 'sheet mark'
    made.visible = false
    made.frustumCulled = false
    made.renderOrder = 4
    return made
  }, [])

  useEffect(() => sheetPointStore.subscribe(() => invalidate()), [invalidate])
  useEffect(
    () => () => {
      mesh.geometry.dispose()
      mesh.material.dispose()
    },
    [mesh],
  )

  useFrame(() => {
    const { point } = sheetPointStore.getState()
    mesh.visible = false
    if (!point) return
    const { rowOf } = currentScene()
    const rows = point.anchors.flatMap((id) => rowOf.get(id) ?? [])
    mesh.visible = rows.length === point.anchors.length
    if (mesh.visible) mesh.position.set(...placeBetween(positionsBuffer.current, rows, point.weights))
  })

  return <primitive object={mesh} pointerEvents="none" />
}
