import { type Candidate, DIMENSIONS, type Word } from '../meaning/types.ts'
import type { InvertRequest, ModelInfo, Settled } from './api.ts'
import type { VectorCache } from './cache.ts'
import { type Embedded, type EmbedOptions, Encoder } from './encoder.ts'
import { LensReader } from './lensReader.ts'
import { parseReferences, probe, WrongBackend } from './parity.ts'
import type { Runtime } from './runtime.ts'
import { makeTokenizer } from './tokenizer.ts'
import { Turns } from './turns.ts'
import { type Folder, MissingModel, readAll, type Shelf } from './weights.ts'

/** What a platform (worker, Node) lends the model. */
export interface Place {
  /** The runtime for the encoder (WebGPU where it serves) or for the decoder (always WASM). */
  runtime(what: 'encoder' | 'inverter'): Promise<Runtime>
  shelf: Shelf
  vectors?: VectorCache
}

type Progress = (loaded: number, total: number) => void

interface Loaded<T> {
  part: T
  info: ModelInfo
}

/** Encoder, lens and inverter behind one door; the same code in the worker and in Node. */
export class Model {
  readonly turns = new Turns()
  private readonly parts = new Map<Folder, Promise<Loaded<unknown>>>()

  constructor(private readonly place: Place) {}

  /** Loads once; a failed load may be asked for again. */
  async load(what: Folder, progress?: Progress): Promise<ModelInfo> {
    return (await this.part(what, progress)).info
  }

  encoder(progress?: Progress): Promise<Loaded<Encoder>> {
    return this.part('encoder', progress) as Promise<Loaded<Encoder>>
  }

  lensReader(progress?: Progress): Promise<Loaded<LensReader>> {
    return this.part('lens', progress) as Promise<Loaded<LensReader>>
  }

  /** texts → unit vectors in the order given; equal texts are read once, known ones not at all. */
  async embed(texts: string[], options: EmbedOptions = {}): Promise<Embedded> {
    const { part: encoder, info } = await this.encoder()
    const places = new Map<string, number[]>()
    texts.forEach((text, index) => {
      const same = places.get(text)
      if (same) same.push(index)
      else places.set(text, [index])
    })
    const unique = [...places.keys()]
    const known = (await this.place.vectors?.get(info.sha256, unique)) ?? []
    const vectors = new Float32Array(texts.length * DIMENSIONS)
    const fill = (text: string, vector: Float32Array) => {
      for (const index of places.get(text)!) vectors.set(vector, index * DIMENSIONS)
    }
    for (const [i, text] of unique.entries()) if (known[i]) fill(text, known[i])
    const missing = unique.filter((_, i) => !known[i])
    const before = unique.length - missing.length
    if (before) options.progress?.(before, unique.length)
    const { vectors: fresh } = await encoder.embed(missing, {
      ...options,
      progress: (done) => options.progress?.(before + done, unique.length),
    })
    const rows = missing.map((_, i) => fresh.subarray(i * DIMENSIONS, (i + 1) * DIMENSIONS))
    for (const [i, text] of missing.entries()) fill(text, rows[i])
    await this.place.vectors?.put(info.sha256, missing, rows)
    const truncated = texts.flatMap((text, index) => (encoder.isTooLong(text) ? [index] : []))
    return { vectors, truncated }
  }

  async lens(vector: Float32Array, count: number): Promise<Word[]> {
    return (await this.lensReader()).part.words(vector, count)
  }

  async lensChange(from: Float32Array, to: Float32Array, count: number): Promise<{ gained: Word[]; lost: Word[] }> {
    return (await this.lensReader()).part.change(from, to, count)
  }

  async pickUp(_source: string, _vector: Float32Array): Promise<void> {}

  preview(
    _request: InvertRequest,
    _options: { signal?: AbortSignal; partial?: (text: string) => void } = {},
  ): Promise<Candidate> {
    throw new MissingModel('inverter')
  }

  settle(_request: InvertRequest, _options: { signal?: AbortSignal } = {}): Promise<Settled> {
    throw new MissingModel('inverter')
  }

  private part(what: Folder, progress?: Progress): Promise<Loaded<unknown>> {
    const known = this.parts.get(what)
    if (known) return known
    const loading = this.open(what, progress)
    this.parts.set(what, loading)
    loading.catch(() => this.parts.delete(what))
    return loading
  }

  private open(what: Folder, progress?: Progress): Promise<Loaded<unknown>> {
    if (what === 'encoder') return this.openEncoder(progress)
    return this.openLens(progress)
  }

  private async openEncoder(progress?: Progress): Promise<Loaded<Encoder>> {
    const wanted = ['model.onnx', 'tokenizer.json', 'tokenizer_config.json', 'reference.json']
    const [runtime, { card, files }] = await Promise.all([
      this.place.runtime('encoder'),
      readAll(this.place.shelf, 'encoder', wanted, progress),
    ])
    const session = await runtime.session(files['model.onnx']).catch((cause) => {
      throw new WrongBackend(`The reading model could not be started: ${(cause as Error).message}`, { cause })
    })
    const tokens = makeTokenizer(files['tokenizer.json'], files['tokenizer_config.json'])
    const encoder = new Encoder(runtime, session, tokens, this.turns, card.maxTokens as number)
    await probe(encoder, parseReferences(files['reference.json']))
    const { backend, threads } = runtime
    return {
      part: encoder,
      info: { name: 'all-MiniLM-L6-v2', sha256: card.files['model.onnx'].sha256, backend, threads },
    }
  }

  private async openLens(progress?: Progress): Promise<Loaded<LensReader>> {
    const { card, files } = await readAll(this.place.shelf, 'lens', ['lens.bin'], progress)
    // The lens' tokens are those of the inverter, whose tokenizer spells them.
    const spelling = await readAll(this.place.shelf, 'inverter', ['tokenizer.json', 'tokenizer_config.json'])
    const tokens = makeTokenizer(spelling.files['tokenizer.json'], spelling.files['tokenizer_config.json'])
    const part = new LensReader(files['lens.bin'], card.vocabulary as number, card.stop as number[], tokens)
    return { part, info: { name: 'lens', sha256: card.files['lens.bin'].sha256, backend: 'wasm', threads: 1 } }
  }
}
