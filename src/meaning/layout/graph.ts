import type { Neighbours } from './neighbours.ts'

/** Who pulls whom, and how strongly: UMAP's fuzzy graph, every edge in both directions, rows in CSR form. */
export interface Graph {
  n: number
  /** Edges of row i: starts[i] … starts[i + 1]. */
  starts: Uint32Array
  tails: Uint32Array
  /** In (0, 1]. */
  weights: Float32Array
}

/** From umap-learn: the tolerance of the search for σ, and its floor relative to the mean distance. */
const TOLERANCE = 1e-5
const LEAST_SCALE = 1e-3

/**
 * Membership strengths of each row's neighbours (McInnes, Healy and Melville 2018, algorithms 2–3): with ρ the distance
 * to the nearest other point and σ such that Σ exp(−(d − ρ)/σ) = log₂ k. Distances are chords |x − y| = √(2 − 2cos).
 * @param size k of the sum, counting the point itself, as UMAP does; the first k − 1 neighbours are used
 */
export function memberships({ k, cosines }: Neighbours, size: number): { used: number; strengths: Float32Array } {
  const used = Math.min(k, size - 1)
  const n = k ? cosines.length / k : 0
  const target = Math.log2(size)
  const strengths = new Float32Array(n * used)
  const distances = new Float64Array(used)
  for (let i = 0; i < n; i++) {
    let mean = 0
    let rho = 0
    for (let c = 0; c < used; c++) {
      const distance = Math.sqrt(Math.max(0, 2 - 2 * cosines[i * k + c]))
      distances[c] = distance
      mean += distance / (used + 1)
      // Copies of a passage (up to float32's rounding) are at no distance and set no scale.
      if (rho === 0 && distance > 1e-3) rho = distance
    }
    const sigma = Math.max(LEAST_SCALE * mean, bandwidth(distances, rho, target), 1e-9)
    for (let c = 0; c < used; c++) strengths[i * used + c] = Math.exp(-Math.max(0, distances[c] - rho) / sigma)
  }
  return { used, strengths }
}

function bandwidth(distances: Float64Array, rho: number, target: number): number {
  let low = 0
  let high = Number.POSITIVE_INFINITY
  let sigma = 1
  for (let round = 0; round < 64; round++) {
    let sum = 0
    for (const distance of distances) sum += Math.exp(-Math.max(0, distance - rho) / sigma)
    if (Math.abs(sum - target) < TOLERANCE) break
    if (sum > target) {
      high = sigma
      sigma = (low + high) / 2
    } else {
      low = sigma
      sigma = high === Number.POSITIVE_INFINITY ? sigma * 2 : (low + high) / 2
    }
  }
  return sigma
}

/** The fuzzy union of both directions: a + b − ab. */
export function fuzzyGraph(neighbours: Neighbours, size: number): Graph {
  const { k, indices } = neighbours
  const n = k ? indices.length / k : 0
  const { used, strengths } = memberships(neighbours, size)
  const given = new Float64Array(n)
  const taken = new Uint32Array(n + 1)
  // Reverse lists: for each j, who names it, and how strongly.
  for (let i = 0; i < n; i++) for (let c = 0; c < used; c++) taken[indices[i * k + c] + 1]++
  for (let i = 0; i < n; i++) taken[i + 1] += taken[i]
  const naming = new Uint32Array(n * used)
  const named = new Float32Array(n * used)
  const fill = taken.slice(0, n)
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < used; c++) {
      const at = fill[indices[i * k + c]]++
      naming[at] = i
      named[at] = strengths[i * used + c]
    }
  }
  const starts = new Uint32Array(n + 1)
  const tails = new Uint32Array(2 * n * used)
  const weights = new Float32Array(2 * n * used)
  let edges = 0
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < used; c++) given[indices[i * k + c]] = strengths[i * used + c]
    for (let at = taken[i]; at < taken[i + 1]; at++) {
      const other = naming[at]
      const own = given[other]
      given[other] = 0
      tails[edges] = other
      weights[edges++] = own + named[at] - own * named[at]
    }
    for (let c = 0; c < used; c++) {
      const other = indices[i * k + c]
      if (given[other] > 0) {
        tails[edges] = other
        weights[edges++] = given[other]
      }
      given[other] = 0
    }
    starts[i + 1] = edges
  }
  return { n, starts, tails: tails.slice(0, edges), weights: weights.slice(0, edges) }
}
