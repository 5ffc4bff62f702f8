import { type Calibrations, parseCalibrations } from '../meaning/confidence.ts'
import { type Candidate, DIMENSIONS, type Word } from '../meaning/types.ts'
import { row } from '../meaning/vector.ts'
import type { InvertRequest, ModelInfo, Settled } from './api.ts'
import type { VectorCache } from './cache.ts'
import { Decoder, type DecoderShape } from './decoder.ts'
import type { Desk } from './desk.ts'
import { type Embedded, type EmbedOptions, Encoder } from './encoder.ts'
import { Inverter, type ReadSource } from './inverter.ts'
import { LensReader } from './lensReader.ts'
import { type DecoderProbe, parseReferences, probe, probeDecoder, WrongBackend } from './parity.ts'
import { openUnits, unitVectors } from './passage.ts'
import { preview } from './preview.ts'
import type { Runtime } from './runtime.ts'
import { settle } from './settle.ts'
import { makeTokenizer } from './tokenizer.ts'
import { priorities, Turns } from './turns.ts'
import { type Folder, readAll, type Shelf } from './weights.ts'

/** What a platform (worker, Node) lends the model. */
export interface Place {
  /** The runtime for the encoder (WebGPU where it serves) or for the decoder (always WASM). */
  runtime(what: 'encoder' | 'inverter'): Promise<Runtime>
  shelf: Shelf
  vectors?: VectorCache
}

interface Asking {
  signal?: AbortSignal
}

/** The inverter with what its card says about it. */
interface Writing {
  inverter: Inverter
  calibrations: Calibrations
  probes: DecoderProbe[]
}

/** A settled edit is to be there in 2.5 s; stages that would begin late are left out. */
const SETTLE_BUDGET = 2200
/** Each movement of a pull asks for every part: one that failed is not fetched again with each, milliseconds. */
const PATIENCE = 30_000
/** Sentences whose reading is remembered: those of one passage, and of the one before. */
const SOURCES = 32
/** Texts of the last gestures whose vectors are remembered while the page is open: each passage's sentences among them. */
const RECENT = 512

type Progress = (loaded: number, total: number) => void

interface Loaded<T> {
  part: T
  info: ModelInfo
}

/** Puts an entry last in a map that forgets the first beyond `most`. */
function remember<T>(map: Map<string, T>, key: string, value: T, most: number): void {
  map.delete(key)
  map.set(key, value)
  if (map.size > most) map.delete(map.keys().next().value!)
}

/** Encoder, lens and inverter behind one door; the same code in the worker and in Node. */
export class Model {
  readonly turns = new Turns()
  private readonly parts = new Map<Folder, Promise<Loaded<unknown>>>()
  private readonly failures = new Map<Folder, { error: Error; at: number }>()

  /** Sources that the inverter has read or is reading, the latest last. */
  private readonly sources = new Map<string, { vector: Float32Array; reading: Promise<ReadSource> }>()
  private readonly recent = new Map<string, Float32Array>()

  constructor(private readonly place: Place) {}

  /** Loads once. What failed is tried again after a while, or at once where somebody asks for it `again`. */
  async load(
    what: Folder,
    { again = false, progress }: { again?: boolean; progress?: Progress } = {},
  ): Promise<ModelInfo> {
    if (again) this.failures.delete(what)
    return (await this.part(what, progress)).info
  }

  encoder(progress?: Progress): Promise<Loaded<Encoder>> {
    return this.part('encoder', progress) as Promise<Loaded<Encoder>>
  }

  lensReader(progress?: Progress): Promise<Loaded<LensReader>> {
    return this.part('lens', progress) as Promise<Loaded<LensReader>>
  }

  inverter(progress?: Progress): Promise<Loaded<Writing>> {
    return this.part('inverter', progress) as Promise<Loaded<Writing>>
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

  /** Reads a source once, so that each preview pays only for its movement. */
  async pickUp(source: string, vector: Float32Array): Promise<void> {
    const desk = await this.desk()
    if (!desk.inverter) return
    const pieces = openUnits(source, desk.inverter)
    const vectors = await unitVectors(desk, { text: source, vector }, pieces)
    for (const [i, { text }] of pieces.entries()) await desk.read(text, vectors[i])
  }

  /** The greedy text for the asked vector; without an inverter, what the search finds. */
  async preview(
    request: InvertRequest,
    options: Asking & { partial?: (text: string) => void } = {},
  ): Promise<Candidate> {
    return preview(await this.desk(options.signal), request, options.partial)
  }

  /** @param budget milliseconds after which the later stages are left out; Infinity: all of them */
  async settle(
    request: InvertRequest,
    { signal, budget = SETTLE_BUDGET }: Asking & { budget?: number } = {},
  ): Promise<Settled> {
    return settle(await this.desk(signal, budget), request)
  }

  private async desk(signal?: AbortSignal, budget = SETTLE_BUDGET): Promise<Desk> {
    const [inverter, lens] = await Promise.all([this.present(this.inverter()), this.present(this.lensReader())])
    return {
      inverter: inverter?.part.inverter ?? null,
      lens: lens?.part ?? null,
      calibrations: inverter?.part.calibrations ?? parseCalibrations(null),
      embed: (texts) => this.embedAttempts(texts, signal),
      read: (text, vector) => this.readSource(inverter!.part.inverter, text, vector),
      signal,
      budget,
    }
  }

  /** What is missing or damaged is null: the rest does without it. Who asked to load it was told what is wrong. */
  private present<T>(loading: Promise<T>): Promise<T | null> {
    return loading.catch(() => null)
  }

  /** Vectors of texts that are tried in passing: not worth a place in the database, but often asked for again. */
  private async embedAttempts(texts: string[], signal?: AbortSignal): Promise<Float32Array> {
    const { part: encoder } = await this.encoder()
    const found = new Map(texts.map((text) => [text, this.recent.get(text)]))
    const missing = [...found.keys()].filter((text) => !found.get(text))
    const { vectors: fresh } = await encoder.embed(missing, { signal, priority: priorities.settle })
    for (const [i, text] of missing.entries()) found.set(text, row(fresh, i).slice())
    const vectors = new Float32Array(texts.length * DIMENSIONS)
    for (const [i, text] of texts.entries()) vectors.set(found.get(text)!, i * DIMENSIONS)
    for (const [text, vector] of found) remember(this.recent, text, vector!, RECENT)
    return vectors
  }

  /** Whoever asks while a source is being read waits for that one reading. */
  private readSource(inverter: Inverter, text: string, vector: Float32Array): Promise<ReadSource> {
    const known = this.sources.get(text)
    const isKnown = known?.vector.every((value, i) => value === vector[i])
    const source = known && isKnown ? known : { vector, reading: inverter.read(text, vector) }
    remember(this.sources, text, source, SOURCES)
    source.reading.catch(() => {
      if (this.sources.get(text) === source) this.sources.delete(text)
    })
    return source.reading
  }

  private part(what: Folder, progress?: Progress): Promise<Loaded<unknown>> {
    const known = this.parts.get(what)
    if (known) return known
    const failure = this.failures.get(what)
    if (failure && performance.now() - failure.at < PATIENCE) return Promise.reject(failure.error)
    const loading = this.open(what, progress)
    this.parts.set(what, loading)
    loading.catch((error: Error) => {
      this.parts.delete(what)
      this.failures.set(what, { error, at: performance.now() })
    })
    return loading
  }

  private open(what: Folder, progress?: Progress): Promise<Loaded<unknown>> {
    if (what === 'encoder') return this.openEncoder(progress)
    return what === 'lens' ? this.openLens(progress) : this.openInverter(progress)
  }

  private async openEncoder(progress?: Progress): Promise<Loaded<Encoder>> {
    const wanted = ['model.onnx', 'tokenizer.json', 'tokenizer_config.json', 'reference.json']
    const [runtime, { card, files }] = await Promise.all([
      this.place.runtime('encoder'),
      readAll(this.place.shelf, 'encoder', wanted, progress),
    ])
    const session = await runtime.session(files['model.onnx']).catch((cause) => {
      throw new WrongBackend(`The encoder could not be started: ${(cause as Error).message}`, { cause })
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
    const [stop, beginnings] = [card.stop as number[], card.beginnings as number[]]
    const part = new LensReader(files['lens.bin'], card.vocabulary as number, stop, beginnings, tokens)
    return { part, info: { name: 'lens', sha256: card.files['lens.bin'].sha256, backend: 'wasm', threads: 1 } }
  }

  private async openInverter(progress?: Progress): Promise<Loaded<Writing>> {
    const wanted = ['model.onnx', 'tokenizer.json', 'tokenizer_config.json']
    const [runtime, { card, files }, lens] = await Promise.all([
      this.place.runtime('inverter'),
      readAll(this.place.shelf, 'inverter', wanted, progress),
      this.lensReader(),
    ])
    const session = await runtime.session(files['model.onnx'])
    const tokens = makeTokenizer(files['tokenizer.json'], files['tokenizer_config.json'])
    const shape = card as unknown as DecoderShape
    const decoder = new Decoder(runtime, session, shape, this.turns)
    const probes = (card.probe ?? []) as DecoderProbe[]
    // One suffices to tell a wrong kernel; the tests go through all of them.
    if (probes.length) await probeDecoder(decoder, probes[0])
    const { backend, threads } = runtime
    return {
      part: { inverter: new Inverter(decoder, tokens, lens.part), calibrations: parseCalibrations(card), probes },
      info: { name: 'inverter', sha256: card.files['model.onnx'].sha256, backend, threads },
    }
  }
}
