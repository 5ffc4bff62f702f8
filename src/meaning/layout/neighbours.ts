import { DIMENSIONS } from '../types.ts'
import { type DotKernel, dotKernel, TILE } from './kernel.ts'

export interface Neighbours {
  k: number
  /** n×k rows, nearest first, without the point itself. */
  indices: Uint32Array
  /** n×k cosines of them. */
  cosines: Float32Array
}

/** Work that can be done in steps: yields the share done (0…1) every few milliseconds, returns the result. */
export type Steps<T> = Generator<number, T, void>

/** Do all steps at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** Unit numbers are stored as 16-bit integers of this scale. */
const SCALE = 32_767

/** More than k are kept by the 16-bit cosines, and the k best of them by the exact ones. */
const SPARE = 8

/**
 * The k nearest rows of every row by cosine, over all pairs (no approximate index). Candidates are found by 16-bit
 * dot products, whose error on unit vectors is about 2e-5, and k + 8 of them are measured again in float64: a true
 * neighbour could only be missed for nine others that tie with it to within that error.
 *
 * @param vectors n rows of unit length
 * @param k at most n − 1 (fewer are returned otherwise)
 */
export function exactNeighbours(vectors: Float32Array, k: number, width = DIMENSIONS): Neighbours {
  return finish(neighbourSteps(vectors, k, width))
}

export function* neighbourSteps(vectors: Float32Array, k: number, width = DIMENSIONS): Steps<Neighbours> {
  const n = Math.floor(vectors.length / width)
  const kept = Math.max(0, Math.min(k, n - 1))
  if (!kept) return { k: 0, indices: new Uint32Array(0), cosines: new Float32Array(0) }
  const kernel = quantised(vectors, width)
  const best = new Best(n, Math.min(kept + SPARE, n - 1))
  const total = (n * (n + 1)) / 2
  let done = 0
  for (let a = 0; a < n; a += TILE.count) {
    const rows = Math.min(TILE.count, n - a)
    // Each pair once: columns from the block's own rows on.
    for (let b = a; b < n; b += TILE.others) {
      const columns = Math.min(TILE.others, n - b)
      kernel.tile(a, rows + (rows & 1), b, Math.ceil(columns / 4) * 4)
      best.take(kernel.out, a, rows, b, columns)
    }
    done += rows * (n - a)
    yield Math.min(1, done / total) * 0.95
  }
  return measured(vectors, width, best, kept)
}

/**
 * The rows of a table as 16-bit numbers in a kernel's memory; after them (from the next multiple of 4 on) once more
 * the rows in `again`, so that they stand side by side.
 */
export function quantised(vectors: Float32Array, width: number, again: ArrayLike<number> = []): DotKernel {
  const n = Math.floor(vectors.length / width)
  const behind = Math.ceil(n / 4) * 4
  const kernel = dotKernel(behind + again.length, width)
  const { rows, stride } = kernel
  const write = (row: number, place: number) => {
    for (let i = 0, from = row * width, to = place * stride; i < width; i++) {
      rows[to++] = Math.max(-SCALE, Math.min(SCALE, Math.round(vectors[from++] * SCALE)))
    }
  }
  for (let r = 0; r < n; r++) write(r, r)
  for (let i = 0; i < again.length; i++) write(again[i], behind + i)
  return kernel
}

/** The highest scores of each row so far, as sorted lists in two flat arrays. */
class Best {
  readonly scores: Int32Array
  readonly indices: Uint32Array
  /** The score to beat, by row. */
  private readonly least: Int32Array

  constructor(
    readonly n: number,
    readonly size: number,
  ) {
    this.scores = new Int32Array(n * size).fill(-0x80000000)
    this.indices = new Uint32Array(n * size)
    this.least = new Int32Array(n).fill(-0x80000000)
  }

  /** A tile of dot products of rows a… with rows b…: each pair counts for both of its rows. */
  take(tile: Int32Array, a: number, rows: number, b: number, columns: number): void {
    const { least } = this
    const wide = Math.ceil(columns / 4) * 4
    for (let i = 0; i < rows; i++) {
      const row = a + i
      // On the diagonal, the lower triangle was (or will be) met from the other side.
      for (let j = Math.max(0, row + 1 - b), at = i * wide + j; j < columns; j++, at++) {
        const score = tile[at]
        if (score > least[row]) this.insert(row, b + j, score)
        if (score > least[b + j]) this.insert(b + j, row, score)
      }
    }
  }

  private insert(row: number, index: number, score: number): void {
    const { scores, indices, size } = this
    const start = row * size
    let at = start + size - 1
    for (; at > start && scores[at - 1] < score; at--) {
      scores[at] = scores[at - 1]
      indices[at] = indices[at - 1]
    }
    scores[at] = score
    indices[at] = index
    this.least[row] = scores[start + size - 1]
  }
}

function measured(vectors: Float32Array, width: number, best: Best, k: number): Neighbours {
  const { n, size } = best
  const indices = new Uint32Array(n * k)
  const cosines = new Float32Array(n * k)
  const exact = new Float64Array(size)
  const order = Array.from({ length: size }, (_, i) => i)
  for (let r = 0; r < n; r++) {
    const own = r * width
    for (let c = 0; c < size; c++) {
      const other = best.indices[r * size + c] * width
      let sum = 0
      for (let i = 0; i < width; i++) sum += vectors[own + i] * vectors[other + i]
      exact[c] = sum
    }
    order.sort((x, y) => exact[y] - exact[x] || best.indices[r * size + x] - best.indices[r * size + y])
    for (let c = 0; c < k; c++) {
      indices[r * k + c] = best.indices[r * size + order[c]]
      cosines[r * k + c] = exact[order[c]]
    }
  }
  return { k, indices, cosines }
}
