import { TILE } from './layout/kernel.ts'
import { nearestInMap } from './layout/nearest.ts'
import { finish, type Neighbours, quantised, type Steps } from './layout/neighbours.ts'
import { Random } from './layout/random.ts'
import { DIMENSIONS, type Quality } from './types.ts'

/** Up to this many passages every one is judged; of more, this many, drawn with a fixed seed. */
const MOST_ROWS = 5_000

/** Rows whose distances to all others are held at once. */
const BLOCK = 32

export interface QualityOptions {
  k?: number
  /** Judge at most this many rows. */
  most?: number
  width?: number
}

/**
 * How far a map can be trusted, at k neighbours (Venna and Kaski 2001):
 *
 *     T = 1 − 2/G · Σᵢ Σ_{j ∈ U(i)} (r(i, j) − k)      U: among the k nearest in the map, but not in truth
 *     C = 1 − 2/G · Σᵢ Σ_{j ∈ V(i)} (r̂(i, j) − k)      V: among the k nearest in truth, but not in the map
 *
 * with r, r̂ the ranks in truth (cosine) and in the map, and G = n·k·(2n − 3k − 1) for k < n/2, n·(n − k)·(n − k − 1)
 * beyond, so that the worst map has 0. Exact over all rows up to 5,000; of more, over 5,000 of them.
 * True ranks are of 16-bit cosines (error 2e-5): T differs from float64's by less than 1e-4.
 *
 * @param neighbours of the same vectors, at least k of them
 */
export function mapQuality(
  vectors: Float32Array,
  positions: Float32Array,
  neighbours: Neighbours,
  options: QualityOptions = {},
): Quality {
  return finish(qualitySteps(vectors, positions, neighbours, options))
}

export function* qualitySteps(
  vectors: Float32Array,
  positions: Float32Array,
  neighbours: Neighbours,
  { k: wanted = 15, most = MOST_ROWS, width = DIMENSIONS }: QualityOptions = {},
): Steps<Quality> {
  const n = positions.length / 3
  const k = Math.min(wanted, neighbours.k, n - 1)
  const perPassage = new Float32Array(n).fill(1)
  if (n < 3 || k < 1) return { trustworthiness: 1, continuity: 1, perPassage }
  const shown = nearestInMap(positions, k)
  yield 0.1
  for (let i = 0; i < n; i++) {
    let common = 0
    for (let c = 0; c < k; c++) if (among(shown[i * k + c], neighbours, i, k)) common++
    perPassage[i] = common / k
  }
  const judged = n <= most ? Uint32Array.from({ length: n }, (_, i) => i) : new Random(1).sample(n, most)
  const kernel = quantised(vectors, width, n <= most ? [] : judged)
  const behind = n <= most ? 0 : Math.ceil(n / 4) * 4
  const cosines = new Int32Array(BLOCK * n)
  const squares = new Float32Array(n)
  let falseRanks = 0
  let lostRanks = 0
  for (let first = 0; first < judged.length; first += BLOCK) {
    const rows = Math.min(BLOCK, judged.length - first)
    for (let b = 0; b < n; b += TILE.others) {
      const columns = Math.min(TILE.others, n - b)
      const wide = Math.ceil(columns / 4) * 4
      kernel.tile(behind + first, rows + (rows & 1), b, wide)
      for (let i = 0; i < rows; i++) cosines.set(kernel.out.subarray(i * wide, i * wide + columns), i * n + b)
    }
    for (let i = 0; i < rows; i++) {
      const row = judged[first + i]
      const line = cosines.subarray(i * n, (i + 1) * n)
      squaresFrom(positions, row, squares)
      for (let c = 0; c < k; c++) {
        const near = shown[row * k + c]
        if (!among(near, neighbours, row, k)) falseRanks += Math.max(0, rankAbove(line, row, near) - k)
        const truly = neighbours.indices[row * neighbours.k + c]
        if (!amongShown(truly, shown, row, k)) lostRanks += Math.max(0, rankBelow(squares, row, truly) - k)
      }
    }
    yield 0.1 + (0.9 * (first + rows)) / judged.length
  }
  // Per row, the worst sum is G / 2n.
  const worst = ((k < n / 2 ? k * (2 * n - 3 * k - 1) : (n - k) * (n - k - 1)) / 2) * judged.length
  return {
    trustworthiness: worst > 0 ? 1 - falseRanks / worst : 1,
    continuity: worst > 0 ? 1 - lostRanks / worst : 1,
    perPassage,
  }
}

/** Trustworthiness alone; see {@link mapQuality}. */
export function trustworthiness(...given: Parameters<typeof mapQuality>): number {
  return mapQuality(...given).trustworthiness
}

/** Continuity alone; see {@link mapQuality}. */
export function continuity(...given: Parameters<typeof mapQuality>): number {
  return mapQuality(...given).continuity
}

function among(index: number, neighbours: Neighbours, row: number, k: number): boolean {
  for (let c = 0; c < k; c++) if (neighbours.indices[row * neighbours.k + c] === index) return true
  return false
}

function amongShown(index: number, shown: Uint32Array, row: number, k: number): boolean {
  for (let c = 0; c < k; c++) if (shown[row * k + c] === index) return true
  return false
}

/** Rank of `other` among all but `row` itself: 1 + how many score higher. */
function rankAbove(scores: Int32Array, row: number, other: number): number {
  const own = scores[other]
  let above = scores[row] > own ? 0 : 1
  for (let i = 0; i < scores.length; i++) if (scores[i] > own) above++
  return above
}

function rankBelow(squares: Float32Array, row: number, other: number): number {
  const own = squares[other]
  let below = squares[row] < own ? 0 : 1
  for (let i = 0; i < squares.length; i++) if (squares[i] < own) below++
  return below
}

function squaresFrom(positions: Float32Array, row: number, out: Float32Array): void {
  const [x, y, z] = positions.subarray(3 * row, 3 * row + 3)
  for (let i = 0; i < out.length; i++) {
    const dx = positions[3 * i] - x
    const dy = positions[3 * i + 1] - y
    const dz = positions[3 * i + 2] - z
    out[i] = dx * dx + dy * dy + dz * dz
  }
}
