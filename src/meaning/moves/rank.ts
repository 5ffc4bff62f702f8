import type { Candidate } from '../types.ts'
import { LEAST_PROGRESS } from './measure.ts'
import { negations } from './polarity.ts'

/**
 * How much each thing counts. Within `TOLERANCE` of what was asked a text has arrived: from there on what was kept and
 * the source's own wording decide ("boarding ships is not" over "boards are not", which goes a little farther). Both
 * numbers were chosen on recorded candidates of held-out rule pairs, where they find more exact rewrites.
 */
const WEIGHTS = { progress: 1, kept: 0.8, fluency: 0.25, closeness: 0.4 }
const TOLERANCE = 0.3
/** A text that keeps less than this of what was not touched is another text, however far it went. */
const LEAST_KEPT = 0.35

/** What a ranking knows beside the candidates. */
export interface Ranking {
  /** The source's text. */
  source: string | null
  /** The move may say or unsay a "not"; else a text that does claims something else, and comes after the source. */
  mayNegate?: boolean
}

/**
 * Candidates with their scores, best first: first |achieved − asked| along the move, then what was kept, then fluency
 * (against the best of them), then closeness of wording. The source itself (writer 'source', or its very text) comes
 * after all that moves, and before what went nowhere, went away or became another text. Equals keep their order.
 */
export function rank(candidates: Candidate[], { source, mayNegate = true }: Ranking): Candidate[] {
  const fluency = fluencyOf(candidates)
  const unmoved = (one: Candidate) => one.writer === 'source' || one.text === source
  const result = candidates.map((one) => {
    const score =
      WEIGHTS.progress * (1 - Math.min(2, Math.max(0, Math.abs(1 - one.progress) - TOLERANCE))) +
      WEIGHTS.kept * one.kept +
      WEIGHTS.fluency * Math.exp(Math.max(-10, fluency.of(one) - fluency.best)) +
      WEIGHTS.closeness * one.closeness
    return { ...one, score }
  })
  const claims = (text: string) => mayNegate || source === null || negations(text) === negations(source)
  const moves = (one: Candidate) =>
    !unmoved(one) && one.progress >= LEAST_PROGRESS && one.kept >= LEAST_KEPT && claims(one.text)
  // 0: what moves, 1: the source, 2: what went nowhere or away.
  const place = (one: Candidate) => (moves(one) ? 0 : unmoved(one) ? 1 : 2)
  return result.sort((a, b) => place(a) - place(b) || b.score - a.score)
}

/** Log-probability a token; of a text that was never scored that of the middle one. */
function fluencyOf(candidates: Candidate[]): { of(one: Candidate): number; best: number } {
  const scored = candidates.map(({ fluency }) => fluency).filter(Number.isFinite)
  const best = scored.length ? Math.max(...scored) : 0
  const middle = scored.sort((a, b) => a - b)[scored.length >> 1] ?? 0
  return { best, of: ({ fluency }) => (Number.isFinite(fluency) ? fluency : middle) }
}

/** What a nat of log-probability a token may cost in cosine; chosen by reading blends and free moves, where .06 lets word salad win. */
const NAT = 0.1

/**
 * Candidates for a place, best first: how near they are, and how well they read.
 * @param ends cosine of the nearest of the texts between which the place lies: what is no nearer says nothing between
 */
export function rankNear(candidates: Candidate[], ends = -1): Candidate[] {
  const { of } = fluencyOf(candidates)
  const between = (one: Candidate) => Number(one.cosine > ends)
  return candidates
    .map((one) => ({ ...one, score: one.cosine + NAT * of(one) }))
    .sort((a, b) => between(b) - between(a) || b.score - a.score)
}
