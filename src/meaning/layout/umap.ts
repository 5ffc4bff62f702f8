import { DIMENSIONS, type MapLayout } from '../types.ts'
import { fitCurve } from './curve.ts'
import { Descent } from './descent.ts'
import { fuzzyGraph, type Graph } from './graph.ts'
import { type Neighbours, neighbourSteps } from './neighbours.ts'
import { pca3 } from './pca.ts'
import { weightedPlace } from './place.ts'
import { Random } from './random.ts'

export interface LayoutParameters {
  seed?: number
  neighbours?: number
  minDist?: number
  epochs?: number
  width?: number
}

/** A moment of a layout in the making. Positions are given at the PCA view and then as they settle. */
export interface Moment {
  progress: number
  positions: Float32Array | null
}

/** A map without its quality, which is measured after it (see `quality.ts`). */
export type Settled = Omit<MapLayout, 'quality'>

export type MapSteps = Generator<Moment, Settled, void>

/** More passages are listed as neighbours than the graph uses only if this is more than it asks. */
const LISTED = 15

/** Milliseconds between two looks at the map: with an epoch or two of delay, 11 to 14 a second. */
const SHOWN_EVERY = 70

/** Of the whole time, what neighbours take; the rest is the descent. */
const SEARCH_SHARE = 0.4

/**
 * UMAP's reference takes 500 for up to 10,000 points, umap-js 500 down to 200. With exact neighbours and a principal
 * start, trustworthiness on 3,000 sentences was .889 after 200 epochs, .894 after 350 and no better after 500
 * (umap-js: .895); on 10,000 it was .891 after 200 and .890 after 350.
 */
function epochsFor(n: number): number {
  return n <= 5_000 ? 350 : 200
}

/** The largest coordinate of the start, in UMAP units (umap-learn's). */
const START_EXTENT = 10

/** UMAP in three dimensions at once; see {@link mapSteps}. */
export function umapLayout(vectors: Float32Array, parameters: LayoutParameters = {}): Settled {
  return finishMoments(mapSteps(vectors, parameters))
}

/** The same, holding what stands; see {@link extendSteps}. */
export function extendLayout(
  old: Settled,
  oldCount: number,
  vectors: Float32Array,
  parameters: LayoutParameters = {},
): Settled {
  return finishMoments(extendSteps(old, oldCount, vectors, parameters))
}

export function finishMoments(steps: MapSteps): Settled {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/**
 * n unit vectors → a map: exact cosine neighbours, UMAP's fuzzy graph, a principal-component start, the descent.
 * Seeded: the same vectors and parameters give the same positions in the same build and engine.
 * With fewer than five passages there are no neighbourhoods to keep, and the principal view is the map.
 */
export function* mapSteps(vectors: Float32Array, parameters: LayoutParameters = {}): MapSteps {
  const { seed = 1, neighbours: size = 15, minDist = 0.1, width = DIMENSIONS } = parameters
  const n = Math.floor(vectors.length / width)
  const { epochs = epochsFor(n) } = parameters
  const start = pca3(vectors, width).positions
  yield { progress: 0.01, positions: toUnit(start).positions }
  const listed = Math.max(LISTED, size - 1)
  const neighbours = yield* search(vectors, listed, width)
  const known = { neighbours: neighbours.indices, k: neighbours.k }
  const settings = { seed, neighbours: size, minDist }
  if (n < 5) {
    return { ...known, positions: toUnit(start).positions, parameters: { ...settings, epochs: 0, method: 'pca' } }
  }
  const graph = fuzzyGraph(neighbours, Math.min(size, n))
  const positions = opened(start, seed)
  const descent = new Descent(positions, graph, { epochs, curve: fitCurve(minDist), seed })
  yield* settle(descent, epochs, () => toUnit(positions).positions)
  const unit = toUnit(positions)
  return {
    ...known,
    positions: unit.positions,
    parameters: { ...settings, epochs, method: 'umap', scale: unit.scale },
  }
}

/**
 * More passages into a map that stands: the old ones are held (they do not move at all), each new one starts at the
 * mean of its true neighbours and settles among them for as many epochs as a fresh map has.
 * @param vectors all rows: the old ones first, in their old order, then the new ones
 */
export function* extendSteps(
  old: Settled,
  oldCount: number,
  vectors: Float32Array,
  parameters: LayoutParameters = {},
): MapSteps {
  const { seed, neighbours: size, minDist } = { ...old.parameters, ...defined(parameters) }
  const { width = DIMENSIONS } = parameters
  const n = Math.floor(vectors.length / width)
  const { epochs = epochsFor(n) } = parameters
  const neighbours = yield* search(vectors, Math.max(LISTED, size - 1), width)
  const graph = fuzzyGraph(neighbours, Math.min(size, n))
  const scale = old.parameters.scale ?? 1
  const positions = new Float32Array(3 * n)
  for (let i = 0; i < 3 * oldCount; i++) positions[i] = old.positions[i] * scale
  insert(positions, oldCount, graph, new Random(seed))
  const shown = () => {
    const out = positions.map((value) => value / scale)
    out.set(old.positions.subarray(0, 3 * oldCount))
    return out
  }
  yield { progress: SEARCH_SHARE, positions: shown() }
  const descent = new Descent(positions, graph, { epochs, curve: fitCurve(minDist), seed, held: oldCount })
  yield* settle(descent, epochs, shown)
  return {
    positions: shown(),
    neighbours: neighbours.indices,
    k: neighbours.k,
    parameters: { ...old.parameters, seed, neighbours: size, minDist },
  }
}

function defined<T extends object>(given: T): Partial<T> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<T>
}

function* search(vectors: Float32Array, k: number, width: number): Generator<Moment, Neighbours, void> {
  const steps = neighbourSteps(vectors, k, width)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
    yield { progress: 0.01 + value * (SEARCH_SHARE - 0.01), positions: null }
  }
}

function* settle(descent: Descent, epochs: number, shown: () => Float32Array): Generator<Moment, void, void> {
  // A few epochs at a time; at 10,000 points one takes about 10 ms.
  const stride = Math.max(1, Math.min(8, Math.floor(20_000 / (descent.positions.length / 3))))
  let last = performance.now()
  while (descent.epoch < epochs) {
    descent.run(stride)
    const now = performance.now()
    // Positions are copied only as often as they are shown; what is computed does not depend on the clock.
    const due = now - last >= SHOWN_EVERY
    if (due) last = now
    yield {
      progress: SEARCH_SHARE + (1 - SEARCH_SHARE) * (descent.epoch / epochs),
      positions: due ? shown() : null,
    }
  }
}

/** The principal view at UMAP's scale, with a breath of noise so that copies of a passage can part. */
function opened(start: Float32Array, seed: number): Float32Array {
  const random = new Random(seed)
  let largest = 1e-9
  for (const value of start) largest = Math.max(largest, Math.abs(value))
  return start.map((value) => (value * START_EXTENT) / largest + 1e-3 * random.normal())
}

/** Each new row at the mean of those of its neighbours that stand already; rows with most such neighbours first. */
function insert(positions: Float32Array, oldCount: number, graph: Graph, random: Random): void {
  const { n, starts, tails, weights } = graph
  const placed = new Uint8Array(n).fill(1, 0, oldCount)
  const waiting = new Set(Array.from({ length: n - oldCount }, (_, i) => oldCount + i))
  while (waiting.size) {
    let progress = false
    for (const i of [...waiting]) {
      const rows: number[] = []
      const strengths: number[] = []
      for (let edge = starts[i]; edge < starts[i + 1]; edge++) {
        if (!placed[tails[edge]]) continue
        rows.push(tails[edge])
        strengths.push(weights[edge])
      }
      if (!rows.length) continue
      positions.set(weightedPlace(positions, rows, strengths), 3 * i)
      for (let axis = 0; axis < 3; axis++) positions[3 * i + axis] += 1e-2 * random.normal()
      placed[i] = 1
      waiting.delete(i)
      progress = true
    }
    // A group of new passages that no old one neighbours: the first of it starts a place of its own at the rim.
    if (progress || !waiting.size) continue
    const [first] = waiting
    for (let axis = 0; axis < 3; axis++) positions[3 * first + axis] = START_EXTENT * random.normal()
    placed[first] = 1
    waiting.delete(first)
  }
}

/** Centred on the middle of the points, scaled so that the 98th percentile of radius is 1. */
export function toUnit(positions: Float32Array): { positions: Float32Array; scale: number } {
  const n = positions.length / 3
  if (!n) return { positions: new Float32Array(0), scale: 1 }
  const centre = [0, 0, 0]
  for (let i = 0; i < positions.length; i++) centre[i % 3] += positions[i] / n
  const out = positions.map((value, i) => value - centre[i % 3])
  const radii = Float64Array.from({ length: n }, (_, i) =>
    Math.hypot(out[3 * i], out[3 * i + 1], out[3 * i + 2]),
  ).sort()
  const scale = radii[Math.min(n - 1, Math.floor(0.98 * n))] || 1
  for (let i = 0; i < out.length; i++) out[i] /= scale
  return { positions: out, scale }
}
