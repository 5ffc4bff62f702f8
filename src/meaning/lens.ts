import { DIMENSIONS } from './types.ts'

/**
 * The lens: one linear layer from a point of the space to the words it most likely carries.
 * logit_v(x) = bias_v + scale_v · Σᵢ weight_vi · 20 · (x_i − mean_i), weights in 8 bits.
 */
export interface Lens {
  vocabulary: number
  mean: Float32Array
  scale: Float32Array
  bias: Float32Array
  weight: Int8Array
  /** Token ids that are never words. */
  stop: Set<number>
}

/** The centred vector is multiplied by this in training, so that its numbers are about 1. */
const GAIN = 20

/**
 * `models/lens/lens.bin` with its card: float32 mean[384] | float32 scale[V] | float32 bias[V] | int8 weight[V·384].
 * @throws Error where the file's length does not fit the card's vocabulary.
 */
export function parseLens(card: { vocabulary: number; stop?: number[] }, bytes: Uint8Array): Lens {
  const { vocabulary } = card
  const floats = DIMENSIONS + 2 * vocabulary
  if (bytes.byteLength !== 4 * floats + vocabulary * DIMENSIONS) {
    throw new Error('The lens file does not fit its card.')
  }
  // A copy: the file may stand at any offset of its buffer.
  const own = bytes.slice()
  const head = new Float32Array(own.buffer, 0, floats)
  return {
    vocabulary,
    mean: head.subarray(0, DIMENSIONS),
    scale: head.subarray(DIMENSIONS, DIMENSIONS + vocabulary),
    bias: head.subarray(DIMENSIONS + vocabulary),
    weight: new Int8Array(own.buffer, 4 * floats),
    stop: new Set(card.stop ?? []),
  }
}

/** Logits of all tokens at a point of the space (unit length or not); V numbers. */
export function lensLogits(lens: Lens, x: ArrayLike<number>, out = new Float32Array(lens.vocabulary)): Float32Array {
  const centred = Float32Array.from({ length: DIMENSIONS }, (_, i) => GAIN * (x[i] - lens.mean[i]))
  const { weight } = lens
  for (let v = 0, at = 0; v < lens.vocabulary; v++, at += DIMENSIONS) {
    // Four sums at once: the additions do not wait for one another.
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
    out[v] = lens.bias[v] + lens.scale[v] * (a + b + c + d)
  }
  return out
}

/** Ids of the highest scores, highest first (ties: the lower id first), without the ids in `without`. */
export function highest(scores: ArrayLike<number>, count: number, without: ReadonlySet<number> = new Set()): number[] {
  const ids: number[] = []
  for (let v = 0; v < scores.length; v++) {
    const score = scores[v]
    if (ids.length === count && !(score > scores[ids[count - 1]])) continue
    if (without.has(v)) continue
    let at = ids.length < count ? ids.length : count - 1
    for (; at > 0 && scores[ids[at - 1]] < score; at--) ids[at] = ids[at - 1]
    ids[at] = v
  }
  return ids
}

export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit))
}
