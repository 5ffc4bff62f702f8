/** The page of the layout bench: the same vectors through our map, umap-js, and embedding-atlas's WASM UMAP. */
import { UMAP } from 'umap-js'
import { layoutClient } from '../../../src/layout/client.ts'
import { exactNeighbours, type Neighbours, umapLayout } from '../../../src/meaning/layout/index.ts'
import { Random } from '../../../src/meaning/layout/random.ts'
import { mapQuality } from '../../../src/meaning/quality.ts'
import { DIMENSIONS } from '../../../src/meaning/types.ts'
import { row } from '../../../src/meaning/vector.ts'

export interface Mapped {
  ms: number
  trustworthiness: number
  continuity: number
}

export interface Streamed {
  /** Milliseconds to the first positions (the principal view), as the asking page sees them. */
  first: number
  /** Milliseconds to the finished map with its quality. */
  all: number
  /** Gaps between positions while the map settles, milliseconds. */
  gaps: number[]
}

const SETTINGS = { neighbours: 15, minDist: 0.1, seed: 1 }

/** embedding-atlas's `umap.d.ts`, as far as it is used. */
interface AtlasModule {
  createUMAP(
    count: number,
    inputDim: number,
    outputDim: number,
    data: Float32Array,
    options: { metric: 'cosine'; nNeighbors: number; minDist: number; seed: number },
  ): Promise<{ run(): Promise<void>; embedding: Float32Array; destroy(): void }>
}

let vectors = new Float32Array(0)
let neighbours: Neighbours

/** Takes the first `count` of the vectors the bench serves. */
async function load(count: number): Promise<void> {
  const response = await fetch('/vectors.f32')
  vectors = new Float32Array(await response.arrayBuffer()).slice(0, count * DIMENSIONS)
  neighbours = exactNeighbours(vectors, 15)
}

const makers = {
  ours: async () => {
    const began = performance.now()
    const { positions } = umapLayout(vectors, SETTINGS)
    return { ms: performance.now() - began, positions }
  },
  umapJs: async () => {
    const rows = Array.from({ length: vectors.length / DIMENSIONS }, (_, i) => Array.from(row(vectors, i)))
    const random = new Random(SETTINGS.seed)
    const began = performance.now()
    // Its own distance is Euclidean, which orders unit vectors as the cosine does, at half the work.
    const places = new UMAP({
      nComponents: 3,
      nNeighbors: SETTINGS.neighbours,
      minDist: SETTINGS.minDist,
      random: () => random.next(),
    }).fit(rows)
    return { ms: performance.now() - began, positions: Float32Array.from(places.flat()) }
  },
  atlas: async () => {
    const address = '/tests/bench/peers/node_modules/embedding-atlas/dist/umap.js'
    const { createUMAP } = (await import(/* @vite-ignore */ address)) as AtlasModule
    const options = { metric: 'cosine' as const, nNeighbors: SETTINGS.neighbours, minDist: SETTINGS.minDist, seed: 1 }
    // Its module compiles at the first call: a small map beforehand.
    const warm = await createUMAP(64, DIMENSIONS, 3, vectors.slice(0, 64 * DIMENSIONS), options)
    await warm.run()
    warm.destroy()
    const began = performance.now()
    const map = await createUMAP(vectors.length / DIMENSIONS, DIMENSIONS, 3, vectors, options)
    await map.run()
    const ms = performance.now() - began
    const positions = map.embedding.slice()
    map.destroy()
    return { ms, positions }
  },
}

/** One map by one maker: its time, and how far it can be trusted at 15 neighbours. */
async function map(maker: keyof typeof makers): Promise<Mapped> {
  const { ms, positions } = await makers[maker]()
  const { trustworthiness, continuity } = mapQuality(vectors, positions, neighbours)
  return { ms, trustworthiness, continuity }
}

/** The same map as the app asks for it, from the layout worker. */
async function stream(): Promise<Streamed> {
  // The worker starts with the first map it is asked for: a small one beforehand.
  await layoutClient.map(vectors.slice(0, 64 * DIMENSIONS), SETTINGS)
  const times: number[] = []
  const began = performance.now()
  await layoutClient.map(vectors, { ...SETTINGS, stream: () => times.push(performance.now() - began) })
  const all = performance.now() - began
  // From the second on: between the principal view and it, neighbours are looked for.
  const settling = times.slice(1)
  return { first: times[0]!, all, gaps: settling.slice(1).map((at, i) => at - settling[i]!) }
}

Object.assign(window, { bench: { load, map, stream } })
