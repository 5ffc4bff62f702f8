import { combine, cosine, dot, length, orthonormal, subtract } from '../vector.ts'

export interface Measure {
  /** cos(candidate, asked). */
  cosine: number
  /** Achieved share of the asked movement along the move: 1 = all, 0 = none, < 0 = the wrong way. */
  progress: number
  /** cos of the parts orthogonal to the move: how much of what was not touched is kept. */
  kept: number
}

/** A movement shorter than this (chord; 2 % of the way to an unrelated text) is none: the source is the answer. */
export const DEAD_ZONE = 0.02

/** Below this share of the asked movement nothing has moved, and the source is as good an answer. */
export const LEAST_PROGRESS = 0.1

/**
 * What a candidate reached of what was asked.
 * @param e the source's vector; null where a place of the empty space was asked for (progress is then the cosine)
 * @param along unit directions of the features the move is about; empty: progress is measured along Δ = asked − e
 */
export function measure(
  asked: Float32Array,
  e: Float32Array | null,
  candidate: Float32Array,
  along: ArrayLike<number>[] = [],
): Measure {
  const near = cosine(candidate, asked)
  if (!e) return { cosine: near, progress: near, kept: near }
  const wish = subtract(asked, e)
  if (length(wish) < 1e-6) return { cosine: near, progress: 1, kept: near }
  let { q } = orthonormal(along, 1e-3)
  // A movement that is not along the named features after all is measured along itself.
  if (!q.length || length(q.map((axis) => dot(axis, wish))) < 0.1 * length(wish)) q = orthonormal([wish]).q
  const goal = q.map((axis) => dot(axis, wish))
  const change = subtract(candidate, e)
  const got = q.map((axis) => dot(axis, change))
  return {
    cosine: near,
    progress: dot(got, goal) / dot(goal, goal),
    kept: cosine(outside(candidate, q), outside(e, q)),
  }
}

function outside(vector: Float32Array, q: Float64Array[]): Float64Array {
  return combine([vector, ...q], [1, ...q.map((axis) => -dot(axis, vector))])
}

/** True where a move asks for so little that the source is its answer. */
export function inDeadZone(e: Float32Array, asked: Float32Array): boolean {
  return length(subtract(asked, e)) < DEAD_ZONE
}
