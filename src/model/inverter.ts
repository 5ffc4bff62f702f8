import { normalise, subtract } from '../meaning/vector.ts'
import {
  type Beginning,
  begin,
  type Chooser,
  logProbability,
  type WriteOptions,
  type Written,
  writeBatch,
  writeGreedy,
} from './decode.ts'
import type { Decoder } from './decoder.ts'
import { type Fork, forks } from './forks.ts'
import { Keys } from './keys.ts'
import type { LensReader } from './lensReader.ts'
import { mend } from './mend.ts'
import { makePrompt, type Prompt } from './prompt.ts'
import type { TextTokens } from './tokenizer.ts'
import { priorities } from './turns.ts'

/** One sentence has at most this many tokens; the inverter was trained on no longer ones. */
export const MOST_TOKENS = 48

/** A source that has been read: its keys and values stay for as many movements as are asked of it. */
export interface ReadSource {
  text: string
  vector: Float32Array
  tokens: number[]
  keys: Keys
}

/** A text as it was written, not yet embedded. */
export interface Attempt {
  text: string
  fluency: number
  ended: boolean
}

interface Asking {
  signal?: AbortSignal
  priority?: number
}

/** Vectors to sentences: the decoder with its tokenizer and the lens that tells it words. */
export class Inverter {
  constructor(
    readonly decoder: Decoder,
    private readonly tokens: TextTokens,
    private readonly lens: LensReader,
  ) {}

  /** Number of tokens of a text. */
  size = (text: string): number => this.tokens.encode(text).length

  /** A word of one or two tokens is likely to be one. */
  private knows = (word: string): boolean => this.size(` ${word}`) <= 2

  /** A text whose rare words are spelt as in another. */
  mended = (text: string, like: string): string => mend(text, like, this.knows)

  /** Reads a source once. @param text of at most {@link MOST_TOKENS} tokens */
  async read(
    text: string,
    vector: Float32Array,
    { signal, priority = priorities.preview }: Asking = {},
  ): Promise<ReadSource> {
    const tokens = this.tokens.encode(text)
    const ids = [...tokens, this.decoder.shape.tokens.separator]
    const keys = this.decoder.keys(1, ids.length)
    await this.decoder.read(keys, { ids: [ids], keep: 1, signal, priority })
    return { text, vector, tokens, keys }
  }

  prompt(target: Float32Array, source: Float32Array | null): Prompt {
    return makePrompt(this.lens.lens, target, source, this.decoder.shape.prefix)
  }

  /** The greedy text for a target, and where it began (to draw others from the same movement). */
  async greedy(
    target: Float32Array,
    source: ReadSource | null,
    { signal, priority = priorities.preview, partial }: Asking & { partial?: (text: string) => void } = {},
  ): Promise<Attempt & { beginning: Beginning }> {
    // A copy: the source stays as it was read, whoever else is writing after it.
    const keys = source ? Keys.gather([[source.keys, 0]], 96) : this.decoder.keys(1)
    const prompt = this.prompt(target, source?.vector ?? null)
    const written = await writeGreedy(this.decoder, keys, prompt, source?.tokens ?? [], {
      ...this.options(signal, priority),
      partial: partial && ((ids) => partial(this.tokens.decode(ids))),
    })
    return { ...this.attempt(written, source), beginning: written.beginning }
  }

  /** Texts for several targets of one source, and others from known beginnings (or those of a target), in one batch. */
  async several(
    targets: Float32Array[],
    source: ReadSource | null,
    others: { from: number | Beginning; chooser: Chooser }[],
    { signal, priority = priorities.settle }: Asking = {},
  ): Promise<Attempt[]> {
    const prompts = targets.map((target) => this.prompt(target, source?.vector ?? null))
    const keys = source?.keys ?? this.decoder.keys(1)
    const begun = prompts.length ? await begin(this.decoder, keys, prompts, { signal, priority }) : []
    const all = [...begun, ...others.map(({ from }) => (typeof from === 'number' ? begun[from] : from))]
    const choosers = [...begun.map(() => ({})), ...others.map(({ chooser }) => chooser)]
    const written = await writeBatch(this.decoder, all, choosers, this.options(signal, priority))
    return written.map((one) => this.attempt(one, source))
  }

  /** Where a text could have followed a movement of its source and did not ({@link forks}), best first. */
  async forks(
    target: Float32Array,
    source: ReadSource,
    text: string,
    { signal, priority = priorities.settle }: Asking = {},
  ): Promise<Fork[]> {
    const prompts: [Prompt, Prompt] = [this.prompt(target, source.vector), this.prompt(source.vector, source.vector)]
    return forks(this.decoder, source.keys, prompts, this.tokens.encode(text), { signal, priority })
  }

  /** Where a text for a place begins. */
  async beginning(target: Float32Array, { signal, priority = priorities.settle }: Asking = {}): Promise<Beginning> {
    const [one] = await begin(this.decoder, this.decoder.keys(1), [this.prompt(target, null)], { signal, priority })
    return one
  }

  /**
   * How well a text reads after a beginning: its mean log-probability a token, the end counted; one pass.
   * NaN for a text of more than {@link MOST_TOKENS}.
   */
  async fluency(text: string, { keys, entry, logits }: Beginning, { signal }: Asking = {}): Promise<number> {
    const { end } = this.decoder.shape.tokens
    const size = this.decoder.shape.vocabulary
    const ids = this.tokens.encode(text)
    if (!ids.length || ids.length > MOST_TOKENS) return Number.NaN
    const read = { ids: [ids], keep: ids.length, priority: priorities.settle, signal }
    const after = await this.decoder.read(Keys.gather([[keys, entry]]), read)
    const inner = [...ids.slice(1), end].map((token, i) => logProbability(after, i * size, size, token))
    return inner.reduce((sum, value) => sum + value, logProbability(logits, 0, size, ids[0])) / (ids.length + 1)
  }

  private options(signal: AbortSignal | undefined, priority: number): WriteOptions {
    return { limit: MOST_TOKENS, signal, priority }
  }

  private attempt({ ids, fluency, ended }: Written, source: ReadSource | null): Attempt {
    const text = this.tokens.decode(ids)
    return { text: source ? this.mended(text, source.text) : text, fluency, ended }
  }
}

/** The place `strength` times as far as asked, on the sphere. */
export function atStrength(e: Float32Array, asked: Float32Array, strength: number): Float32Array {
  const delta = subtract(asked, e)
  return normalise(e.map((value, i) => value + strength * delta[i]))
}
