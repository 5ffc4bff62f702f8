/** The page of the scene bench: the space as the app draws it, and a bare three.js scene with the same cloud. */
import { addAfterEffect, addEffect, useThree } from '@react-three/fiber'
import { useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import {
  Color,
  DoubleSide,
  InstancedMesh,
  Matrix4,
  MeshBasicMaterial,
  PerspectiveCamera,
  PlaneGeometry,
  Raycaster,
  Scene,
  WebGLRenderer,
} from 'three'
import { DesktopSpace } from '../../../src/desktop/Canvas.tsx'
import { fitView, steer } from '../../../src/desktop/camera.ts'
import { DIMENSIONS, type Passage } from '../../../src/meaning/types.ts'
import { type Picked, pickByRay, pickTolerance } from '../../../src/space/pick.ts'
import { positionsBuffer } from '../../../src/space/positions.ts'
import { emptyProject, projectStore } from '../../../src/state/project.ts'
import { viewStore } from '../../../src/state/view.ts'

export interface Measured {
  /** Script time a frame, milliseconds. */
  median: number
  p95: number
  calls: number
  triangles: number
  /** Heap grown a frame, bytes (frames in which the collector ran left out). */
  bytes: number
}

const FRAMES = 120
const TURN = 0.02

const heap = (): number =>
  (performance as unknown as { memory?: { usedJSHeapSize: number } }).memory?.usedJSHeapSize ?? 0

/** Numbers that are the same on every run (Park and Miller's minimal standard). */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}

/** n places in a ball of clusters. */
function places(count: number): Float32Array {
  const next = numbers(7)
  const centers = Array.from({ length: 24 }, () => [next() - 0.5, next() - 0.5, next() - 0.5])
  const out = new Float32Array(count * 3)
  for (let row = 0; row < count; row++) {
    const center = centers[row % centers.length]!
    for (let k = 0; k < 3; k++) out[row * 3 + k] = center[k]! * 1.5 + (next() + next() + next() - 1.5) * 0.3
  }
  return out
}

function summary(times: number[], bytes: number[], calls: number, triangles: number): Measured {
  const sorted = [...times].sort((a, b) => a - b)
  const grown = bytes.filter((value) => value >= 0).sort((a, b) => a - b)
  return {
    median: sorted[Math.floor(sorted.length / 2)]!,
    p95: sorted[Math.floor(sorted.length * 0.95)]!,
    calls,
    triangles,
    bytes: grown[Math.floor(grown.length / 2)] ?? 0,
  }
}

let renderer: WebGLRenderer

function Probe() {
  const gl = useThree((state) => state.gl)
  useEffect(() => {
    renderer = gl
  }, [gl])
  return null
}

/** The app's own space with `count` nodes, the camera turning: everything that runs in a frame is counted. */
async function space(count: number): Promise<Measured> {
  const passages: Passage[] = Array.from({ length: count }, (_, index) => ({
    id: `p${index}`,
    span: { start: 0, end: 0 },
    text: `Passage ${index} of the bench, as long as a sentence may well be.`,
    kind: 'prose',
    section: index % 9,
    paragraph: index,
  }))
  const ids = passages.map(({ id }) => id)
  const quality = { trustworthiness: 1, continuity: 1, perPassage: new Float32Array(count) }
  const parameters = { seed: 0, neighbours: 0, minDist: 0, epochs: 0, method: 'bench' }
  const next = numbers(3)
  const neighbours = Uint32Array.from({ length: count * 15 }, () => Math.floor(next() * count))
  projectStore.setState({
    project: {
      ...emptyProject(),
      documents: [
        {
          id: 'bench',
          title: 'Bench',
          origin: 'pasted',
          format: 'text',
          encoding: 'utf-8',
          bytes: new Uint8Array(0),
          text: '',
          grain: 'sentence',
          passages,
          sections: [],
          notices: [],
        },
      ],
      vectors: { ids, vectors: new Float32Array(count * DIMENSIONS) },
      map: { positions: places(count), neighbours, k: 15, quality, parameters },
    },
  })
  viewStore.setState({ selection: [ids[5]!] })
  const host = document.getElementById('root')!
  const root = createRoot(host)
  root.render(
    <DesktopSpace>
      <Probe />
    </DesktopSpace>,
  )
  const settle = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
  for (let tries = 0; tries < 100 && positionsBuffer.nodes !== count; tries++) await settle(50)
  fitView({ cut: true })
  await settle(1500)

  const times: number[] = []
  const bytes: number[] = []
  let began = 0
  let before = 0
  const stopBefore = addEffect(() => {
    before = heap()
    began = performance.now()
  })
  await new Promise<void>((resolve) => {
    const stopAfter = addAfterEffect(() => {
      times.push(performance.now() - began)
      bytes.push(heap() - before)
      if (times.length < FRAMES) steer.turn(TURN, 0)
      else {
        stopAfter()
        resolve()
      }
    })
    steer.turn(TURN, 0)
  })
  stopBefore()
  const { calls, triangles } = renderer.info.render
  root.unmount()
  return summary(times, bytes, calls, triangles)
}

/** The least that three.js can do for the same cloud: one instanced mesh of quads, a camera that turns. */
async function bare(count: number): Promise<Measured> {
  const canvas = document.createElement('canvas')
  document.body.append(canvas)
  const gl = new WebGLRenderer({ canvas, antialias: true })
  gl.setSize(innerWidth, innerHeight)
  const scene = new Scene()
  const camera = new PerspectiveCamera(38, innerWidth / innerHeight, 0.02, 60)
  const mesh = new InstancedMesh(new PlaneGeometry(0.02, 0.02), new MeshBasicMaterial({ side: DoubleSide }), count)
  const at = places(count)
  const matrix = new Matrix4()
  for (let row = 0; row < count; row++) {
    mesh.setMatrixAt(row, matrix.makeTranslation(at[row * 3]!, at[row * 3 + 1]!, at[row * 3 + 2]!))
    mesh.setColorAt(row, new Color().setHSL((row % 9) / 9, 0.4, 0.6))
  }
  scene.add(mesh)
  const times: number[] = []
  const bytes: number[] = []
  await new Promise<void>((resolve) => {
    const frame = () => {
      const before = heap()
      const began = performance.now()
      const angle = times.length * TURN
      camera.position.set(Math.sin(angle) * 4, 1, Math.cos(angle) * 4)
      camera.lookAt(0, 0, 0)
      gl.render(scene, camera)
      times.push(performance.now() - began)
      bytes.push(heap() - before)
      if (times.length < FRAMES) requestAnimationFrame(frame)
      else resolve()
    }
    requestAnimationFrame(frame)
  })
  const { calls, triangles } = gl.info.render
  gl.dispose()
  canvas.remove()
  return summary(times, bytes, calls, triangles)
}

/** Milliseconds for one pick over `count` nodes, and for three's own raycast of the same instances. */
function picking(count: number): { ours: number; three: number } {
  const at = places(count)
  const out: Picked = { row: 0, distance: 0 }
  const ray = { origin: { x: 0, y: 0, z: 4 }, direction: { x: 0, y: 0, z: -1 } }
  const time = (run: (turn: number) => void, turns: number): number => {
    for (let turn = 0; turn < 20; turn++) run(turn)
    const began = performance.now()
    for (let turn = 0; turn < turns; turn++) run(turn)
    return (performance.now() - began) / turns
  }
  const aim = (turn: number) => {
    ray.direction.x = Math.sin(turn) * 0.1
    ray.direction.z = -Math.sqrt(1 - ray.direction.x ** 2)
  }
  const ours = time((turn) => {
    aim(turn)
    pickByRay(at, count, ray, 0.01, pickTolerance, out)
  }, 400)
  const mesh = new InstancedMesh(new PlaneGeometry(0.02, 0.02), new MeshBasicMaterial({ side: DoubleSide }), count)
  const matrix = new Matrix4()
  for (let row = 0; row < count; row++) {
    mesh.setMatrixAt(row, matrix.makeTranslation(at[row * 3]!, at[row * 3 + 1]!, at[row * 3 + 2]!))
  }
  const raycaster = new Raycaster()
  const three = time((turn) => {
    aim(turn)
    raycaster.ray.origin.set(0, 0, 4)
    raycaster.ray.direction.set(ray.direction.x, 0, ray.direction.z)
    raycaster.intersectObject(mesh)
  }, 40)
  return { ours, three }
}

Object.assign(window, { bench: { space, bare, picking } })
