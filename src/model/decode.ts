import type { Decoder } from './decoder.ts'
import { Draft } from './draft.ts'
import { Keys } from './keys.ts'
import type { Prompt } from './prompt.ts'

/** A text as the decoder wrote it. */
export interface Written {
  ids: number[]
  /** Mean natural log-probability a token, the end counted; NaN where nothing was written. */
  fluency: number
  /** False where the limit was reached before the text's end. */
  ended: boolean
}

export interface WriteOptions {
  /** Most tokens of a text. */
  limit: number
  priority: number
  signal?: AbortSignal
  /** Told the tokens so far, after each pass. */
  partial?: (ids: number[]) => void
}

/** Where a text begins: cache up to and including the start token, and the logits that follow it. */
export interface Beginning {
  keys: Keys
  entry: number
  logits: Float32Array
}

/** Tokens proposed in one pass. A pass of eight costs about as much as four single steps (WASM, one thread). */
const PROPOSED = 7

/**
 * The greedy text, written with the source as the draft: the next tokens of the source are proposed, one pass checks
 * them all, and the longest run that agrees with the greedy choice is kept. The result is the plain greedy one.
 * @param keys cache of the source (or empty); grows, and is left as it is after the text
 * @param source tokens to propose; empty: one token a pass
 */
export async function writeGreedy(
  decoder: Decoder,
  keys: Keys,
  prompt: Prompt,
  source: number[],
  { limit, priority, signal, partial }: WriteOptions,
): Promise<Written & { beginning: Beginning; passes: number }> {
  const { start, end } = decoder.shape.tokens
  const size = decoder.shape.vocabulary
  const draft = new Draft(source, end)
  const out: number[] = []
  let fluency = 0
  let passes = 0
  let beginning: Beginning | undefined
  let next = start
  for (let prompts: Prompt[] | undefined = [prompt]; ; prompts = undefined) {
    const proposed = draft.next(Math.min(PROPOSED, limit - out.length))
    const logits = await decoder.read(keys, {
      ids: [[next, ...proposed]],
      prompts,
      keep: proposed.length + 1,
      priority,
      signal,
    })
    passes++
    const before = keys.rows - proposed.length
    if (!beginning) {
      // The shared cache goes on growing; what begins here is copied before it does.
      const kept = keys.rows
      keys.crop(before)
      beginning = { keys: Keys.gather([[keys, 0]]), entry: 0, logits: logits.slice(0, size) }
      keys.rows = kept
    }
    let agreed = 0
    for (;;) {
      next = argmax(logits, agreed * size, size)
      fluency += logProbability(logits, agreed * size, size, next)
      if (next === end) break
      out.push(next)
      draft.chosen(next)
      if (agreed === proposed.length || proposed[agreed] !== next || out.length >= limit) break
      agreed++
    }
    keys.crop(before + agreed)
    if (next === end || out.length >= limit) {
      const ended = next === end
      return { ids: out, fluency: fluency / (out.length + Number(ended)), ended, beginning, passes }
    }
    partial?.(out)
  }
}

/** Reads several prompts in one pass after the same source: where their texts begin. */
export async function begin(
  decoder: Decoder,
  source: Keys,
  prompts: Prompt[],
  { priority, signal }: Pick<WriteOptions, 'priority' | 'signal'>,
): Promise<Beginning[]> {
  const { shape } = decoder
  const keys = Keys.gather(
    prompts.map(() => [source, 0]),
    shape.prefix.dense + prompts[0].ids.length + 1,
  )
  const ids = prompts.map(() => [shape.tokens.start])
  const logits = await decoder.read(keys, { ids, prompts, keep: 1, priority, signal })
  const size = shape.vocabulary
  return prompts.map((_, entry) => ({ keys, entry, logits: logits.slice(entry * size, (entry + 1) * size) }))
}

/** Choice by chance, with a temperature and a nucleus. */
export interface Chance {
  temperature: number
  topP: number
  random: () => number
}

/** How one text of a batch is chosen: greedily, if nothing else is said. */
export interface Chooser {
  chance?: Chance
  /** Tokens that it begins with. */
  first?: number[]
}

/** Text by chance: most of the nucleus at a mild temperature, so that it stays plain. */
export const CHANCE = { temperature: 0.7, topP: 0.9 }

/**
 * Several texts at once, a token a pass. Texts that have ended leave the batch.
 * @param choosers for each beginning
 */
export async function writeBatch(
  decoder: Decoder,
  beginnings: Beginning[],
  choosers: Chooser[],
  { limit, priority, signal }: WriteOptions,
): Promise<Written[]> {
  const { end } = decoder.shape.tokens
  const size = decoder.shape.vocabulary
  const texts = beginnings.map((): Written => ({ ids: [], fluency: 0, ended: false }))
  let keys = Keys.gather(beginnings.map(({ keys: from, entry }) => [from, entry]))
  let rows = beginnings.map((_, index) => index)
  let logits = beginnings.map((beginning) => beginning.logits)
  for (;;) {
    const going: number[] = []
    rows.forEach((index, entry) => {
      const { chance, first } = choosers[index]
      const text = texts[index]
      const own = () => (chance ? sample(logits[entry], chance) : argmax(logits[entry], 0, size))
      const token = first?.[text.ids.length] ?? own()
      text.fluency += logProbability(logits[entry], 0, size, token)
      text.ended = token === end
      if (!text.ended) text.ids.push(token)
      if (!text.ended && text.ids.length < limit) going.push(entry)
    })
    if (!going.length) break
    if (going.length < rows.length) keys = Keys.gather(going.map((entry) => [keys, entry]))
    rows = going.map((entry) => rows[entry])
    const ids = rows.map((index) => texts[index].ids.slice(-1))
    const all = await decoder.read(keys, { ids, keep: 1, priority, signal })
    logits = rows.map((_, entry) => all.subarray(entry * size, (entry + 1) * size))
  }
  for (const text of texts) text.fluency /= text.ids.length + Number(text.ended)
  return texts
}

/** Index of the largest logit of one position. */
export function argmax(logits: Float32Array, from: number, size: number): number {
  let best = from
  for (let v = from + 1; v < from + size; v++) if (logits[v] > logits[best]) best = v
  return best - from
}

/** log softmax of one token at one position. */
export function logProbability(logits: Float32Array, from: number, size: number, token: number): number {
  return logits[from + token] - logSum(logits, from, size)
}

/** log Σ exp of one position: what its logits lie above their log-probabilities. */
export function logSum(logits: Float32Array, from: number, size: number): number {
  const most = logits[from + argmax(logits, from, size)]
  let sum = 0
  for (let v = from; v < from + size; v++) sum += Math.exp(logits[v] - most)
  return most + Math.log(sum)
}

/** A token by chance among the likeliest that together hold `topP` of the probability (nucleus sampling). */
export function sample(logits: Float32Array, { temperature, topP, random }: Chance): number {
  const most = logits[argmax(logits, 0, logits.length)]
  // Beyond e^-10 of the likeliest nothing is ever in the nucleus.
  const likely: { token: number; weight: number }[] = []
  for (let v = 0; v < logits.length; v++) {
    const power = (logits[v] - most) / temperature
    if (power > -10) likely.push({ token: v, weight: Math.exp(power) })
  }
  likely.sort((a, b) => b.weight - a.weight)
  const total = likely.reduce((sum, { weight }) => sum + weight, 0)
  let count = 0
  let held = 0
  while (count < likely.length && held < topP * total) held += likely[count++].weight
  let left = random() * held
  for (const { token, weight } of likely.slice(0, count)) {
    left -= weight
    if (left <= 0) return token
  }
  return likely[0].token
}
