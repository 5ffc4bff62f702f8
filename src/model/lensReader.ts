import { change, type Lens, logits, parseLens, sigmoid, top, words } from '../meaning/lens.ts'
import type { Word } from '../meaning/types.ts'
import type { TextTokens } from './tokenizer.ts'

/** The commonest tokens stand in nearly every sentence and tell nothing about a place. */
const COMMON = 150

/** The lens with its tokens spelled out as words. */
export class LensReader {
  readonly lens: Lens
  /** Every token that is a word, and those of them that tell something. */
  private readonly spelled: string[]
  private readonly telling: string[]

  /** @param beginnings tokens that are mostly the first part of a longer word */
  constructor(bytes: Uint8Array, vocabulary: number, stop: number[], beginnings: number[], tokens: TextTokens) {
    this.lens = parseLens(bytes, vocabulary, stop)
    const common = new Set(top(this.lens.bias, COMMON, this.lens.stop))
    const parts = new Set(beginnings)
    this.spelled = Array.from({ length: vocabulary }, (_, id) =>
      this.lens.stop[id] || parts.has(id) ? '' : asWord(tokens.decode([id])),
    )
    this.telling = this.spelled.map((word, id) => (common.has(id) || word.length < 2 ? '' : word))
  }

  /** Every word that the lens can read, in lower case. */
  vocabulary(common = false): Set<string> {
    return new Set((common ? this.spelled : this.telling).filter(Boolean).map((word) => word.toLowerCase()))
  }

  /** All V logits at a point. */
  logits(vector: Float32Array): Float32Array {
    return logits(this.lens, vector)
  }

  /** The words a vector most likely carries, with their probability. @param common also those of nearly every sentence */
  words(vector: Float32Array, count: number, { common = false } = {}): Word[] {
    return words(this.logits(vector).map(sigmoid), common ? this.spelled : this.telling, count)
  }

  /** The words that a movement brings in and lets go, with the change of their probability. */
  change(
    from: Float32Array,
    to: Float32Array,
    count: number,
    { common = false } = {},
  ): { gained: Word[]; lost: Word[] } {
    const wordOf = common ? this.spelled : this.telling
    const difference = change(this.logits(from), this.logits(to))
    return {
      gained: words(difference, wordOf, count),
      lost: words(
        difference.map((value) => -value),
        wordOf,
        count,
      ),
    }
  }
}

/** A token's word: one that begins a word (space before it) or a sentence (capital); '' for inner pieces and marks. */
function asWord(piece: string): string {
  const word = piece.trim()
  const begins = piece.startsWith(' ') || /^\p{Lu}\p{Ll}/u.test(word)
  return begins && /^[\p{L}\p{N}][\p{L}\p{N}'’-]*$/u.test(word) ? word : ''
}
