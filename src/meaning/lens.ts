import { DIMENSIONS, type Word } from './types.ts'

/** Embeddings are centred and multiplied by this before the linear layer (models/training/lens.py). */
const GAIN = 20

/** A linear read-out from an embedding to the tokens its text most likely has. */
export interface Lens {
  /** Number of tokens V. */
  vocabulary: number
  mean: Float32Array
  /** V numbers each. */
  scale: Float32Array
  bias: Float32Array
  /** V×384, row-major. */
  weight: Int8Array
  /** 1 for tokens that are never offered as words (special tokens, single bytes). */
  stop: Uint8Array
}

/** lens.bin: float32 mean[384], scale[V], bias[V], then int8 weight[V×384], little-endian. Throws where it is cut off. */
export function parseLens(bytes: Uint8Array, vocabulary: number, stop: number[]): Lens {
  const size = 4 * (DIMENSIONS + 2 * vocabulary) + vocabulary * DIMENSIONS
  if (bytes.length !== size) throw new Error(`The word lens has ${bytes.length} bytes, expected ${size}.`)
  const at = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + size)
  const lens: Lens = {
    vocabulary,
    mean: new Float32Array(at, 0, DIMENSIONS),
    scale: new Float32Array(at, 4 * DIMENSIONS, vocabulary),
    bias: new Float32Array(at, 4 * (DIMENSIONS + vocabulary), vocabulary),
    weight: new Int8Array(at, 4 * (DIMENSIONS + 2 * vocabulary), vocabulary * DIMENSIONS),
    stop: new Uint8Array(vocabulary),
  }
  for (const id of stop) lens.stop[id] = 1
  return lens
}

/** Logits of all V tokens at the point x (384): bias + scale · Σ weight · 20 (x − mean). */
export function logits(lens: Lens, x: ArrayLike<number>, out = new Float32Array(lens.vocabulary)): Float32Array {
  const centred = new Float32Array(DIMENSIONS)
  for (let i = 0; i < DIMENSIONS; i++) centred[i] = GAIN * (x[i] - lens.mean[i])
  const { weight } = lens
  for (let v = 0, at = 0; v < lens.vocabulary; v++, at += DIMENSIONS) {
    // Four sums, so that one addition does not wait for the other.
    let a = 0
    let b = 0
    let c = 0
    let d = 0
    for (let i = 0; i < DIMENSIONS; i += 4) {
      a += weight[at + i] * centred[i]
      b += weight[at + i + 1] * centred[i + 1]
      c += weight[at + i + 2] * centred[i + 2]
      d += weight[at + i + 3] * centred[i + 3]
    }
    out[v] = lens.bias[v] + lens.scale[v] * (a + b + (c + d))
  }
  return out
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x))
}

/** Ids of the `count` largest values that are not stopped, largest first; equal values by id. */
export function top(values: Float32Array, count: number, stop?: Uint8Array): number[] {
  const best: number[] = []
  let least = Number.NEGATIVE_INFINITY
  for (let v = 0; v < values.length; v++) {
    if (stop?.[v] || (best.length === count && values[v] <= least)) continue
    let at = best.length
    while (at > 0 && values[best[at - 1]] < values[v]) at--
    best.splice(at, 0, v)
    if (best.length > count) best.pop()
    if (best.length === count) least = values[best[count - 1]]
  }
  return best
}

/** sigmoid(after) − sigmoid(before), token by token. */
export function change(before: Float32Array, after: Float32Array): Float32Array {
  return after.map((logit, v) => sigmoid(logit) - sigmoid(before[v]))
}

/**
 * Tokens gathered into words as a reader knows them: spellings that differ only by case or a leading space count as
 * one (its highest score). `wordOf[v]` is the token's word, or '' where it is none (a piece, a mark, a filler).
 * @param values a score per token; only positive ones are taken
 */
export function words(values: Float32Array, wordOf: string[], count: number): Word[] {
  const found = new Map<string, Word>()
  const candidates = top(
    values.map((value, v) => (wordOf[v] ? value : Number.NEGATIVE_INFINITY)),
    4 * count + 8,
  )
  for (const v of candidates) {
    const key = wordOf[v].toLowerCase()
    if (key && values[v] > 0 && !found.has(key)) found.set(key, [wordOf[v], values[v]])
  }
  return [...found.values()].slice(0, count)
}
