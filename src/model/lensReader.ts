import { change, type Lens, logits, parseLens, sigmoid, top, words } from '../meaning/lens.ts'
import type { Word } from '../meaning/types.ts'
import type { TextTokens } from './tokenizer.ts'

/** The commonest tokens stand in nearly every sentence and tell nothing about a place. */
const COMMON = 150

/** The lens with its tokens spelled out as words. */
export class LensReader {
  readonly lens: Lens
  private readonly wordOf: string[]

  constructor(bytes: Uint8Array, vocabulary: number, stop: number[], tokens: TextTokens) {
    this.lens = parseLens(bytes, vocabulary, stop)
    const common = new Set(top(this.lens.bias, COMMON, this.lens.stop))
    this.wordOf = Array.from({ length: vocabulary }, (_, id) =>
      this.lens.stop[id] || common.has(id) ? '' : asWord(tokens.decode([id])),
    )
  }

  /** All V logits at a point. */
  logits(vector: Float32Array): Float32Array {
    return logits(this.lens, vector)
  }

  /** The words a vector most likely carries, with their probability. */
  words(vector: Float32Array, count: number): Word[] {
    return words(this.logits(vector).map(sigmoid), this.wordOf, count)
  }

  /** The words that a movement brings in and lets go, with the change of their probability. */
  change(from: Float32Array, to: Float32Array, count: number): { gained: Word[]; lost: Word[] } {
    const difference = change(this.logits(from), this.logits(to))
    return {
      gained: words(difference, this.wordOf, count),
      lost: words(
        difference.map((value) => -value),
        this.wordOf,
        count,
      ),
    }
  }
}

/** A token's word: one that begins a word (space before it) or a sentence (capital); '' for inner pieces and marks. */
function asWord(piece: string): string {
  const word = piece.trim()
  const begins = piece.startsWith(' ') || /^\p{Lu}\p{Ll}/u.test(word)
  return begins && /^[\p{L}\p{N}][\p{L}\p{N}'’-]+$/u.test(word) ? word : ''
}
