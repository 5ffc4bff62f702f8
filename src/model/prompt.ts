import { change, type Lens, logits, sigmoid, top } from '../meaning/lens.ts'
import { DIMENSIONS } from '../meaning/types.ts'
import { length, subtract } from '../meaning/vector.ts'

/**
 * What the inverter is told about a movement; the counterpart of models/training/inverter/prompt.py.
 * edit:   [source tokens, separator] [4 dense] [8 words of t] [8 gains] [8 losses] [start] text… [end]
 * invert:                            [4 dense] [24 words of t]                     [start] text… [end]
 * The dense tokens are made from `move`, so they stand outside `ids`.
 */
export interface Prompt {
  /** Of the lens' words. */
  ids: number[]
  /** ids.length × 4. */
  hint: Float32Array
  /** {@link MOVE} numbers. */
  move: Float32Array
}

/** How many words of each kind the inverter was trained with (its card's `prefix`). */
export interface PrefixSizes {
  dense: number
  wordsInvert: number
  wordsEdit: number
  gains: number
  losses: number
}

export const MOVE = 2 * DIMENSIONS + 8
export const HINT = 4
/** A smaller movement is judged at this length, so that its words stand out of the rounding. */
const LEAST_STEP = 0.6

/**
 * @param target where to go, unit length
 * @param source the source's vector, unit length; null to invert the target alone
 * @param words the number of words wanted; 0: not told
 */
export function makePrompt(
  lens: Lens,
  target: Float32Array,
  source: Float32Array | null,
  sizes: PrefixSizes,
  words = 0,
): Prompt {
  const move = moveVector(target, source, words)
  const at = logits(lens, target)
  if (!source) return { ...hinted([{ words: top(at, sizes.wordsInvert, lens.stop), logits: at }]), move }
  const before = logits(lens, source)
  const delta = subtract(target, source)
  const stretch = Math.max(1, LEAST_STEP / Math.max(1e-6, length(delta)))
  const beyond = logits(
    lens,
    source.map((value, i) => value + stretch * delta[i]),
  )
  const gain = change(before, beyond)
  const loss = gain.map((value) => -value)
  const groups: Group[] = [
    { words: top(at, sizes.wordsEdit, lens.stop), logits: at },
    { words: top(gain, sizes.gains, lens.stop), logits: beyond, amounts: gain, slot: 2 },
    { words: top(loss, sizes.losses, lens.stop), logits: before, amounts: loss, slot: 3 },
  ]
  return { ...hinted(groups), move }
}

interface Group {
  words: number[]
  logits: Float32Array
  /** What the words gain or lose, and where the hint says so. */
  amounts?: Float32Array
  slot?: 2 | 3
}

/** Hints of lens words: [sigmoid(logit), logit/4, gain, loss]. */
function hinted(groups: Group[]): { ids: number[]; hint: Float32Array } {
  const ids = groups.flatMap((group) => group.words)
  const hint = new Float32Array(ids.length * HINT)
  let at = 0
  for (const { words, logits: values, amounts, slot } of groups) {
    for (const id of words) {
      hint[at] = sigmoid(values[id])
      hint[at + 1] = values[id] / 4
      if (amounts && slot) hint[at + slot] = amounts[id]
      at += HINT
    }
  }
  return { ids, hint }
}

/** [t√384 | unit(Δ)√384 | 2‖Δ‖, has a source, length told, (words − 12) / 12, 0, 0, 0, 0]. */
export function moveVector(target: Float32Array, source: Float32Array | null, words: number): Float32Array {
  const move = new Float32Array(MOVE)
  const root = Math.sqrt(DIMENSIONS)
  for (let i = 0; i < DIMENSIONS; i++) move[i] = target[i] * root
  if (source) {
    const delta = subtract(target, source)
    const size = length(delta)
    if (size > 1e-6) for (let i = 0; i < DIMENSIONS; i++) move[DIMENSIONS + i] = (delta[i] / size) * root
    move[2 * DIMENSIONS] = 2 * size
    move[2 * DIMENSIONS + 1] = 1
  }
  if (words > 0) {
    move[2 * DIMENSIONS + 2] = 1
    move[2 * DIMENSIONS + 3] = (words - 12) / 12
  }
  return move
}
