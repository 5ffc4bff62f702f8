import { type ThreeEvent, useFrame } from '@react-three/fiber'
import { useEffect, useMemo, useState } from 'react'
import { BufferGeometry, DoubleSide, Float32BufferAttribute, Mesh, ShaderMaterial } from 'three'
import { applyMove } from '../gestures/branch.ts'
import { viewStore } from '../state/view.ts'
import { shaderCommon, shared } from './frame.ts'
import { positionsBuffer } from './positions.ts'
import { currentScene } from './scene.ts'
import { weightsAt } from './sheetWeights.ts'

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

/** Corners of the sheet by selection: three make a triangle (its fourth corner falls on the third), four a quad. */
const cornersOf = (selection: string[]): number[] => {
  const { rowOf } = currentScene()
  const rows = selection.flatMap((id) => rowOf.get(id) ?? [])
  return rows.length === 3 || rows.length === 4 ? rows : []
}

/** The sheet through three or four selected nodes: a click on it asks for what lies between them, at that point. */
export function Sheet() {
  const [corners, setCorners] = useState<number[]>([])
  const mesh = useMemo(() => {
    const geometry = new BufferGeometry()
    geometry.setAttribute('position', new Float32BufferAttribute(new Float32Array((CELLS + 1) ** 2 * 3), 3))
    geometry.setAttribute('uv', new Float32BufferAttribute(new Float32Array((CELLS + 1) ** 2 * 2), 2))
    const index: number[] = []
    const uv = geometry.getAttribute('uv')
    for (let v = 0; v <= CELLS; v++) {
      for (let u = 0; u <= CELLS; u++) {
        const i = v * (CELLS + 1) + u
        uv.setXY(i, u / CELLS, v / CELLS)
        if (u < CELLS && v < CELLS) index.push(i, i + 1, i + CELLS + 1, i + CELLS + 1, i + 1, i + CELLS + 2)
      }
    }
    geometry.setIndex(index)
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
    const made = new Mesh(geometry, material)
    made.name = 'sheet'
    made.frustumCulled = false
    made.renderOrder = 2
    return made
  }, [])

  useEffect(() => {
    const read = () => setCorners(cornersOf(viewStore.getState().selection))
    read()
    return viewStore.subscribe((now, before) => now.selection !== before.selection && read())
  }, [])
  useEffect(
    () => () => {
      mesh.geometry.dispose()
      mesh.material.dispose()
    },
    [mesh],
  )

  useFrame(() => {
    if (corners.length === 0) return
    const position = mesh.geometry.getAttribute('position')
    const uv = mesh.geometry.getAttribute('uv')
    const { current } = positionsBuffer
    for (let i = 0; i < position.count; i++) {
      const weights = weightsAt(uv.getX(i), uv.getY(i), corners.length)
      let x = 0
      let y = 0
      let z = 0
      for (let corner = 0; corner < corners.length; corner++) {
        const at = corners[corner] * 3
        x += weights[corner] * current[at]
        y += weights[corner] * current[at + 1]
        z += weights[corner] * current[at + 2]
      }
      position.setXYZ(i, x, y, z)
    }
    position.needsUpdate = true
    mesh.geometry.computeBoundingSphere()
  })

  const choose = (event: ThreeEvent<MouseEvent>) => {
    // A node that shines through the sheet is meant before the sheet.
    if (!event.uv || event.intersections.some(({ object }) => object.name === 'cloud')) return
    event.stopPropagation()
    const { ids } = currentScene()
    const anchors = corners.map((row) => ids[row])
    const weights = [...weightsAt(event.uv.x, event.uv.y, corners.length)]
    void applyMove(anchors[0], { kind: 'slice', anchors, weights })
  }

  const answers = { onClick: choose }
  return corners.length > 0 ? <primitive object={mesh} {...answers} /> : null
}
