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
  /** Judge just these rows. */
  rows?: Uint32Array
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
  { k: wanted = 15, most = MOST_ROWS, rows: chosen, width = DIMENSIONS }: QualityOptions = {},
): Steps<Quality> {
  const n = positions.length / 3
  const k = Math.min(wanted, neighbours.k, n - 1)
  const perPassage = new Float32Array(n).fill(1)
  if (n < 3 || k < 1) return { trustworthiness: 1, continuity: 1, perPassage }
  const shown = nearestInMap(positions, k)
  yield 0.1
  for (let i = 0; i < n; i++) {
    const truly = neighbours.indices.subarray(i * neighbours.k, i * neighbours.k + k)
    let common = 0
    for (let c = 0; c < k; c++) if (truly.includes(shown[i * k + c])) common++
    perPassage[i] = common / k
  }
  const all = !chosen && n <= most
  const judged = chosen ?? (all ? Uint32Array.from({ length: n }, (_, i) => i) : new Random(1).sample(n, most))
  const kernel = quantised(vectors, width, all ? [] : judged)
  const behind = all ? 0 : Math.ceil(n / 4) * 4
  const cosines = new Int32Array(BLOCK * n)
  const nearness = new Float32Array(n)
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
      const near = shown.subarray(row * k, (row + 1) * k)
      const truly = neighbours.indices.subarray(row * neighbours.k, row * neighbours.k + k)
      falseRanks += beyond(cosines.subarray(i * n, (i + 1) * n), row, near, truly)
      nearnessFrom(positions, row, nearness)
      lostRanks += beyond(nearness, row, truly, near)
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

/**
 * Σ (rank − k) over those of a row's neighbours in one space that are not among its neighbours in the other, where
 * rank is by `scores` (higher is nearer) over all rows but its own. All ranks are counted in one pass: most rows lie
 * below the lowest score asked about and cost one comparison.
 */
function beyond(scores: Int32Array | Float32Array, row: number, given: Uint32Array, expected: Uint32Array): number {
  const asked = given.filter((index) => !expected.includes(index))
  if (!asked.length) return 0
  const limits = Float64Array.from(asked, (index) => scores[index]).sort()
  // above[c]: rows that score above limits[c], but not above limits[c + 1].
  const above = new Uint32Array(limits.length)
  const lowest = limits[0]
  const last = limits.length - 1
  const own = scores[row]
  scores[row] = lowest
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]
    if (!(score > lowest)) continue
    let c = last
    while (!(score > limits[c])) c--
    above[c]++
  }
  scores[row] = own
  let sum = 0
  let rank = 1
  for (let c = last; c >= 0; c--) {
    rank += above[c]
    sum += Math.max(0, rank - given.length)
  }
  return sum
}

/** Minus the squared distance of every row from one. */
function nearnessFrom(positions: Float32Array, row: number, out: Float32Array): void {
  const [x, y, z] = positions.subarray(3 * row, 3 * row + 3)
  for (let i = 0, at = 0; i < out.length; i++, at += 3) {
    const dx = positions[at] - x
    const dy = positions[at + 1] - y
    const dz = positions[at + 2] - z
    out[i] = -(dx * dx + dy * dy + dz * dz)
  }
}
