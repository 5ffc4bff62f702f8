import { DIMENSIONS } from '../meaning/types.ts'
import type { Runtime, Session } from './runtime.ts'
import type { TextTokens } from './tokenizer.ts'
import { priorities, type Turns } from './turns.ts'

/** Tokens in one pass, padding counted: more gains nothing on two threads and holds others up for longer. */
const BATCH_TOKENS = 1024
const BATCH_TEXTS = 32

export interface EmbedOptions {
  progress?: (done: number, total: number) => void
  signal?: AbortSignal
  /** See {@link priorities}. */
  priority?: number
}

export interface Embedded {
  /** n×384, unit rows in the order of the texts. */
  vectors: Float32Array
  /** Indices of texts that were longer than the encoder reads: only their beginning counts. */
  truncated: number[]
}

/** Texts to unit vectors, by all-MiniLM-L6-v2. */
export class Encoder {
  constructor(
    private readonly runtime: Runtime,
    private readonly session: Session,
    private readonly tokens: TextTokens,
    private readonly turns: Turns,
    /** Longer texts keep their first tokens and the end token. */
    readonly maxTokens: number,
  ) {}

  /** Sorted by length inside, so that batches carry little padding. Rejects with the signal's reason when aborted. */
  async embed(texts: string[], { progress, signal, priority = priorities.ask }: EmbedOptions = {}): Promise<Embedded> {
    const vectors = new Float32Array(texts.length * DIMENSIONS)
    const truncated: number[] = []
    const rows = texts.map((text, index) => {
      const ids = this.tokens.encode(text)
      if (ids.length <= this.maxTokens) return ids
      truncated.push(index)
      return [...ids.slice(0, this.maxTokens - 1), ids[ids.length - 1]]
    })
    const order = rows.map((_, index) => index).sort((a, b) => rows[a].length - rows[b].length || a - b)
    for (let at = 0; at < order.length; ) {
      signal?.throwIfAborted()
      const batch = nextBatch(order, rows, at)
      at += batch.length
      const result = await this.turns.take(priority, () => this.run(batch.map((index) => rows[index])))
      batch.forEach((index, i) => {
        vectors.set(result.subarray(i * DIMENSIONS, (i + 1) * DIMENSIONS), index * DIMENSIONS)
      })
      progress?.(at, texts.length)
    }
    signal?.throwIfAborted()
    return { vectors, truncated }
  }

  /** Whether a text is longer than the encoder reads. */
  isTooLong(text: string): boolean {
    // Decomposing may make four characters of one (Hangul, stacked accents), and each may be a token.
    return text.length * 4 + 2 > this.maxTokens && this.tokens.encode(text).length > this.maxTokens
  }

  private async run(rows: number[][]): Promise<Float32Array> {
    const width = Math.max(...rows.map((row) => row.length))
    const ids = new Int32Array(rows.length * width)
    const mask = new Int32Array(rows.length * width)
    rows.forEach((row, r) => {
      ids.set(row, r * width)
      mask.fill(1, r * width, r * width + row.length)
    })
    const dims = [rows.length, width]
    const { embedding } = await this.session.run({
      input_ids: this.runtime.int64(ids, dims),
      attention_mask: this.runtime.int64(mask, dims),
    })
    const vectors = (await embedding.getData()) as Float32Array
    const copy = vectors.slice()
    embedding.dispose()
    return copy
  }
}

/** The next indices of `order` (by length, ascending) that fit a pass together. */
function nextBatch(order: number[], rows: number[][], from: number): number[] {
  let end = from + 1
  while (
    end < order.length &&
    end - from < BATCH_TEXTS &&
    rows[order[end]].length * (end - from + 1) <= BATCH_TOKENS &&
    // A batch is as wide as its longest text: stop before the padding costs more than a pass of its own saves.
    rows[order[end]].length <= rows[order[from]].length * 1.25 + 4
  )
    end++
  return order.slice(from, end)
}
