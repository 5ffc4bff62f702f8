import type { Move } from '../types.ts'

const NOT = /\b(?:not|never|no|nobody|nothing|cannot)\b|n['’]t\b/i
/** Features along which a claim itself may turn: "not afraid" is a way of being less afraid. */
const TURNING = ['negation', 'sentiment', 'emotion', 'anger', 'fear']

/** Whether a text says "not". */
export const negated = (text: string): boolean => NOT.test(text)

/** Whether a "not" may come or go by a move: along a feature of form (formality, tense, ...) what is claimed stays. */
export function mayNegate(move: Move): boolean {
  if (move.kind === 'translate') return TURNING.includes(move.feature)
  const moved = move.kind === 'axes' ? move.sigmas : move.kind === 'equalise' ? move.gains : null
  return !moved || Object.entries(moved).some(([id, sigma]) => Math.abs(sigma) > 0.05 && TURNING.includes(id))
}
