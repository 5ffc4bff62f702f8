/** The inverter's decoder with and without what makes it quick: the source as draft, the cache, the batch. */
import * as Comlink from 'comlink'
import * as ort from 'onnxruntime-web/wasm'
import { Model } from '../../../src/model/core.ts'
import { argmax, writeGreedy } from '../../../src/model/decode.ts'
import type { Inverter, ReadSource } from '../../../src/model/inverter.ts'
import { atStrength, MOST_TOKENS } from '../../../src/model/inverter.ts'
import { Keys } from '../../../src/model/keys.ts'
import { makeRuntime, type Ort } from '../../../src/model/runtime.ts'
import { search } from '../../../src/model/search.ts'
import { priorities } from '../../../src/model/turns.ts'
import { fetchedShelf } from '../../../src/model/weights.ts'
import type { Pull } from './pulls.ts'

interface Timed {
  ms: number
  tokens: number
}

export interface Written {
  source: string
  sourceTokens: number
  /** Greedy: with the source as draft, a token a pass, and every token by reading all again. */
  draft: Timed & { passes: number }
  step: Timed
  uncached: Timed
  /** Five texts at several strengths: in one batch, and one after another. */
  batch: Timed
  single: Timed
  /** The search that works without an inverter. */
  search: { ms: number; text: string; progress: number }
}

const STRENGTHS = [0.75, 1, 1.25, 1.5, 2]
const options = { limit: MOST_TOKENS, priority: priorities.preview }

async function timed<T>(work: () => Promise<T>): Promise<T & { ms: number }> {
  const began = performance.now()
  const result = await work()
  return { ...result, ms: performance.now() - began }
}

/** Greedy decoding that remembers nothing: for each token the source, the prompt and the text so far are read. */
async function uncached(inverter: Inverter, source: ReadSource, target: Float32Array): Promise<number[]> {
  const { decoder } = inverter
  const { start, end, separator } = decoder.shape.tokens
  const prompts = [inverter.prompt(target, source.vector)]
  const out: number[] = []
  while (out.length < MOST_TOKENS) {
    const keys = decoder.keys(1)
    await decoder.read(keys, { ids: [[...source.tokens, separator]], keep: 1, priority: priorities.preview })
    const ids = [[start, ...out]]
    const logits = await decoder.read(keys, { ids, prompts, keep: 1, priority: priorities.preview })
    const next = argmax(logits, 0, decoder.shape.vocabulary)
    if (next === end) break
    out.push(next)
  }
  return out
}

/** What the page asks of the worker. */
export class Plain {
  private model!: Model

  open(base: string, threads: number): void {
    const runtime = makeRuntime(ort as unknown as Ort, 'wasm', threads, new URL('/ort/', base).href)
    this.model = new Model({ runtime: async () => runtime, shelf: fetchedShelf(new URL('/', base).href) })
  }

  async embed(texts: string[]): Promise<Float32Array> {
    return (await this.model.embed(texts)).vectors
  }

  async run(pulls: Pull[]): Promise<Written[]> {
    const out: Written[] = []
    await this.one(pulls.at(-1)!)
    for (const pull of pulls.slice(0, -1)) out.push(await this.one(pull))
    return out
  }

  private async one({ request }: Pull): Promise<Written> {
    const { text, vector } = request.source
    const { asked, along } = request
    const { inverter } = (await this.model.inverter()).part
    const { part: lens } = await this.model.lensReader()
    const source = await inverter.read(text, vector)
    const greedy = async (draft: number[], target = asked) => {
      const keys = Keys.gather([[source.keys, 0]], 96)
      const prompt = inverter.prompt(target, vector)
      const { ids, passes } = await writeGreedy(inverter.decoder, keys, prompt, draft, options)
      return { tokens: ids.length, passes }
    }
    const draft = await timed(() => greedy(source.tokens))
    const step = await timed(() => greedy([]))
    const whole = await timed(async () => ({ tokens: (await uncached(inverter, source, asked)).length }))
    const targets = STRENGTHS.map((strength) => atStrength(vector, asked, strength))
    const batch = await timed(async () => {
      const texts = await inverter.several(targets, source, [])
      return { tokens: texts.reduce((sum, one) => sum + inverter.size(one.text), 0) }
    })
    const single = await timed(async () => {
      let tokens = 0
      for (const target of targets) tokens += (await greedy([], target)).tokens
      return { tokens }
    })
    const words = lens.change(vector, atStrength(vector, asked, 2), 12, { common: true })
    const searched = await timed(async () => {
      const [best] = await search({ text, vector, asked, along, ...words }, (texts) => this.embed(texts))
      return { text: best!.text, progress: best!.measure.progress }
    })
    return {
      source: text,
      sourceTokens: source.tokens.length,
      draft,
      step,
      uncached: whole,
      batch,
      single,
      search: searched,
    }
  }
}

Comlink.expose(new Plain())
