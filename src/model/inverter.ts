import { normalise, subtract } from '../meaning/vector.ts'
import {
  type Beginning,
  begin,
  type Chooser,
  logProbability,
  logSum,
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
import type { Jump } from './shorten.ts'
import type { TextTokens } from './tokenizer.ts'
import { priorities } from './turns.ts'

/** One sentence has at most this many tokens; the inverter was trained on no longer ones. */
export const MOST_TOKENS = 48

/** Two sentences one after the other: they are read, never written. */
export const MOST_READ = 96

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

  /** Reads a source once. @param text of at most {@link MOST_TOKENS} tokens, where it is to be rewritten */
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

  /** Where a text for a place begins; with a source, one that is written from it. */
  async beginning(
    target: Float32Array,
    { signal, priority = priorities.settle, source }: Asking & { source?: ReadSource } = {},
  ): Promise<Beginning> {
    const prompt = this.prompt(target, source?.vector ?? null)
    const [one] = await begin(this.decoder, source?.keys ?? this.decoder.keys(1), [prompt], { signal, priority })
    return one
  }

  /**
   * How well a text reads after a beginning: its mean log-probability a token, the end counted; one pass.
   * NaN for a text of more than {@link MOST_READ}.
   */
  async fluency(text: string, { keys, entry, logits }: Beginning, { signal }: Asking = {}): Promise<number> {
    const { end } = this.decoder.shape.tokens
    const size = this.decoder.shape.vocabulary
    const ids = this.tokens.encode(text)
    if (!ids.length || ids.length > MOST_READ) return Number.NaN
    const read = { ids: [ids], keep: ids.length, priority: priorities.settle, signal }
    const after = await this.decoder.read(Keys.gather([[keys, entry]]), read)
    const inner = [...ids.slice(1), end].map((token, i) => logProbability(after, i * size, size, token))
    return inner.reduce((sum, value) => sum + value, logProbability(logits, 0, size, ids[0])) / (ids.length + 1)
  }

  /**
   * How likely a text is to leave words out: the log-probability of going on with the first token of another word,
   * or with a full stop, at each of its words; one pass. null for a text of more than {@link MOST_READ} tokens.
   */
  async jumps(words: string[], { keys, entry, logits }: Beginning, { signal }: Asking = {}): Promise<Jump | null> {
    const size = this.decoder.shape.vocabulary
    const pieces = words.map((word, i) => this.tokens.encode(i ? ` ${word}` : word))
    const ids = pieces.flat()
    if (ids.length > MOST_READ) return null
    const read = { ids: [ids], keep: ids.length, priority: priorities.settle, signal }
    const after = await this.decoder.read(Keys.gather([[keys, entry]]), read)
    let at = 0
    const rows = pieces.map((piece) => {
      const before = at ? after.subarray((at - 1) * size, at * size) : logits
      at += piece.length
      return { before, sum: logSum(before, 0, size) }
    })
    const capital = (word: string) => this.tokens.encode(word[0].toUpperCase() + word.slice(1))[0]
    const [stop] = this.tokens.encode('.')
    const first = (start: number, to: number) =>
      to === words.length ? stop : start === 0 ? capital(words[to]) : pieces[to][0]
    return (start, to) => rows[start].before[first(start, to)] - rows[start].sum
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
