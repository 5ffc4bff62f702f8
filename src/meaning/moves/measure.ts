import type { Candidate } from '../types.ts'
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

/**
 * How much each thing counts. Within `TOLERANCE` of what was asked a text has arrived: from there on what was kept and
 * the source's own wording decide ("boarding ships is not" over "boards are not", which goes a little farther). Both
 * numbers were chosen on recorded candidates of held-out rule pairs, where they find more exact rewrites.
 */
const WEIGHTS = { progress: 1, kept: 0.8, fluency: 0.25, closeness: 0.4 }
const TOLERANCE = 0.3
/** A text that keeps less than this of what was not touched is another text, however far it went. */
const LEAST_KEPT = 0.35

/**
 * Candidates with their scores, best first: first |achieved − asked| along the move, then what was kept, then fluency
 * (against the best of them), then closeness of wording. The source itself (writer 'source', or its very text) comes
 * after all that moves, and before what went nowhere, went away or became another text. Equals keep their order.
 * @param source the source's text
 */
export function rank(candidates: Candidate[], source: string | null = null): Candidate[] {
  const scored = candidates.filter(({ fluency }) => Number.isFinite(fluency)).map(({ fluency }) => fluency)
  const best = scored.length ? Math.max(...scored) : 0
  const middle = scored.sort((a, b) => a - b)[scored.length >> 1] ?? 0
  const unmoved = (one: Candidate) => one.writer === 'source' || one.text === source
  const result = candidates.map((one) => {
    const fluency = Number.isFinite(one.fluency) ? one.fluency : middle
    const score =
      WEIGHTS.progress * (1 - Math.min(2, Math.max(0, Math.abs(1 - one.progress) - TOLERANCE))) +
      WEIGHTS.kept * one.kept +
      WEIGHTS.fluency * Math.exp(Math.max(-10, fluency - best)) +
      WEIGHTS.closeness * one.closeness
    return { ...one, score }
  })
  const moves = (one: Candidate) => !unmoved(one) && one.progress >= LEAST_PROGRESS && one.kept >= LEAST_KEPT
  // 0: what moves, 1: the source, 2: what went nowhere or away.
  const place = (one: Candidate) => (moves(one) ? 0 : unmoved(one) ? 1 : 2)
  return result.sort((a, b) => place(a) - place(b) || b.score - a.score)
}

/** True where a move asks for so little that the source is its answer. */
export function inDeadZone(e: Float32Array, asked: Float32Array): boolean {
  return length(subtract(asked, e)) < DEAD_ZONE
}
