import { agreement, type Calibration, confidence, distanceToCorpus, type Landing } from '../meaning/confidence.ts'
import { Random } from '../meaning/layout/random.ts'
import { inDeadZone, LEAST_PROGRESS, measure, rank } from '../meaning/moves.ts'
import { type Candidate, DIMENSIONS, type Writer } from '../meaning/types.ts'
import { normalise, row } from '../meaning/vector.ts'
import type { InvertRequest, Settled } from './api.ts'
import type { Chooser } from './decode.ts'
import { type Attempt, atStrength, type Inverter, MOST_TOKENS, type ReadSource } from './inverter.ts'
import type { LensReader } from './lensReader.ts'
import { search } from './search.ts'
import { closeness, dress } from './style.ts'
import { type Unit, units } from './units.ts'

/** What settling needs of the model. */
export interface Desk {
  inverter: Inverter | null
  lens: LensReader | null
  calibration: Calibration
  embed(texts: string[]): Promise<Float32Array>
  /** A unit of the source, read by the inverter; remembered while the gesture lasts. */
  read(text: string, vector: Float32Array): Promise<ReadSource>
  signal?: AbortSignal
  /** Milliseconds for all: later stages are left out where a machine is slow. */
  budget: number
}

interface Task {
  /** null: there is no source, only a place. */
  source: { text: string; vector: Float32Array } | null
  asked: Float32Array
  along: Float32Array[]
  seed: number
}

/** Text by chance: most of the nucleus at a mild temperature, so that it stays plain. */
const CHANCE = { temperature: 0.7, topP: 0.9 }
/** Within these shares of the asked movement a text is right, and correcting it would only cost. */
const RIGHT = { least: 0.9, most: 1.15, cosine: 0.97 }
/** A passage of more sentences than this is changed in its first ones only; the rest stays as it is. */
const MOST_UNITS = 16

/** Candidates at several strengths, one correction, embedded again and ranked; the source is always among them. */
export async function settle(desk: Desk, request: InvertRequest): Promise<Settled> {
  const started = performance.now()
  const { source, asked, along, seed } = request
  const task: Task = { source, asked, along, seed }
  let first = 0
  const told = () => {
    first ||= performance.now() - started
  }
  const found = source ? await ofPassage(desk, { ...task, source }, told) : await ofPlace(desk, task, told)
  if (!found.length) throw new Error('No words were found for this place. Try one nearer to your text.')
  const candidates = rank(found, source?.text ?? null)
  const settled = performance.now() - started
  return {
    candidates,
    confidence: judge(candidates, request, desk.calibration),
    timing: { first: first || settled, settled },
  }
}

/** How sure one can be of the best candidate. */
function judge(candidates: Candidate[], request: InvertRequest, calibration: Calibration) {
  const { source, asked } = request
  if (source && inDeadZone(source.vector, asked)) return { value: 1, word: 'close' as const }
  // Words that did not move have landed nowhere.
  if (candidates[0].writer === 'source') return { value: 0, word: 'off the map' as const }
  return confidence(evidence(candidates, request), calibration)
}

/** What the best candidate is judged by. */
export function evidence(candidates: Candidate[], { source, asked }: Pick<InvertRequest, 'source' | 'asked'>): Landing {
  const [best] = candidates
  const written = candidates.filter(({ writer }) => writer !== 'source').slice(0, 4)
  return {
    progress: best.progress,
    cosine: best.cosine,
    // Of the corpus only the source is known here; an empty place is taken to be as far off as half an edit.
    distance: source ? distanceToCorpus(asked, source.vector) : 0.3,
    agreement: agreement(written.map(({ vector }) => vector)),
    fluency: best.fluency,
  }
}

/** Candidates for a whole passage: its sentences one by one, each moved by the same difference, then put together. */
async function ofPassage(desk: Desk, task: Task & { source: NonNullable<Task['source']> }, told: () => void) {
  const { source, asked, along } = task
  const unmoved = asCandidate(task, source.text, source.vector, 'source', Number.NaN)
  if (inDeadZone(source.vector, asked)) return [unmoved]
  const pieces = openUnits(source.text, desk.inverter)
  if (!pieces.length) return [unmoved]
  const vectors = await unitVectors(desk, source, pieces)
  if (pieces.length === 1) {
    const [piece] = pieces
    const target = pieces[0].text === source.text ? asked : moved(vectors[0], source.vector, asked)
    const unit = { ...task, source: { text: piece.text, vector: vectors[0] }, asked: target }
    const texts = await ofUnit(desk, unit, told)
    if (piece.text === source.text) return [...texts, unmoved]
    return [
      ...(await composed(
        desk,
        task,
        texts.map((text) => [[piece, text]]),
      )),
      unmoved,
    ]
  }
  const best: [Unit, Candidate][] = []
  for (const [i, piece] of pieces.entries()) {
    const unit = {
      source: { text: piece.text, vector: vectors[i] },
      asked: moved(vectors[i], source.vector, asked),
      along,
    }
    const brief = { ...desk, budget: desk.budget / pieces.length }
    const [top] = rank(await ofUnit(brief, { ...unit, seed: task.seed + i }, told), piece.text)
    if (top && top.text !== piece.text && top.progress >= LEAST_PROGRESS) best.push([piece, top])
  }
  // The sentences that gain most first; each further one is a candidate of its own, so that none is changed needlessly.
  best.sort(([, a], [, b]) => b.score - a.score)
  return [
    ...(await composed(
      desk,
      task,
      best.map((_, i) => best.slice(0, i + 1)),
    )),
    unmoved,
  ]
}

/** Whole passages with some of their units exchanged; everything between them stays byte for byte. */
async function composed(desk: Desk, task: Task, variants: [Unit, Candidate][][]): Promise<Candidate[]> {
  if (!variants.length) return []
  const texts = variants.map((changes) =>
    exchange(
      task.source!.text,
      changes.map(([unit, { text }]) => [unit, text]),
    ),
  )
  const vectors = await desk.embed(texts)
  return texts.map((text, i) => {
    const fluent = variants[i].map(([, { fluency }]) => fluency)
    const fluency = fluent.reduce((sum, value) => sum + value, 0) / fluent.length
    return asCandidate(
      task,
      text,
      vectors.slice(i * DIMENSIONS, (i + 1) * DIMENSIONS),
      variants[i][0][1].writer,
      fluency,
    )
  })
}

/** A text with some of its units exchanged. */
export function exchange(text: string, changes: [Unit, string][]): string {
  return [...changes]
    .sort(([a], [b]) => b.span.start - a.span.start)
    .reduce((whole, [{ span }, now]) => whole.slice(0, span.start) + now + whole.slice(span.end), text)
}

/** The units of a passage that may be rewritten. */
export function openUnits(text: string, inverter: Inverter | null): Unit[] {
  const size = inverter?.size ?? ((piece: string) => piece.length / 4)
  return units(text, size, MOST_TOKENS)
    .filter(({ open }) => open)
    .slice(0, MOST_UNITS)
}

/** Vectors of the units; that of a passage which is one unit is known. */
export async function unitVectors(
  desk: Pick<Desk, 'embed'>,
  source: { text: string; vector: Float32Array },
  pieces: Unit[],
): Promise<Float32Array[]> {
  if (pieces.length === 1 && pieces[0].text === source.text) return [source.vector]
  const vectors = await desk.embed(pieces.map(({ text }) => text))
  return pieces.map((_, i) => row(vectors, i).slice())
}

/** A unit's own vector, moved as its passage is. */
export function moved(unit: Float32Array, passage: Float32Array, asked: Float32Array): Float32Array {
  return normalise(unit.map((value, i) => value + asked[i] - passage[i]))
}

/** Candidates for one unit, without the source itself. */
async function ofUnit(
  desk: Desk,
  task: Task & { source: NonNullable<Task['source']> },
  told: () => void,
): Promise<Candidate[]> {
  const { inverter, lens } = desk
  if (!inverter) return lens ? searched(desk, task, lens, told) : []
  const started = performance.now()
  const spent = () => (performance.now() - started) / desk.budget
  const book = new Book(desk, task)
  const source = await desk.read(task.source.text, task.source.vector)
  const { signal } = desk
  const plain = await inverter.greedy(task.asked, source, { signal })
  const [one] = await book.add([plain])
  told()
  if (spent() > 0.6) return book.all()

  const strengths = otherStrengths(one?.progress ?? 0)
  const targets = strengths.map((strength) => atStrength(source.vector, task.asked, strength))
  const random = new Random(task.seed)
  const chooser: Chooser = { ...CHANCE, random: () => random.next() }
  const chances = [
    { from: plain.beginning, chooser },
    { from: 0, chooser },
  ]
  await book.add(await inverter.several(targets, source, spent() > 0.35 ? [] : chances, { signal }))
  if (spent() > 0.75) return book.all()
  await correct(desk, task, book)
  return book.all()
}

/** Where else to look, by how far the plain try went. */
function otherStrengths(progress: number): number[] {
  if (progress < 0.35) return [1.5, 2.2, 3]
  if (progress < RIGHT.least) return [1.25, 1.5, 2]
  if (progress <= RIGHT.most) return [1.5, 0.75]
  return [0.75, 0.5]
}

/** Candidates for a place of the space that has no source. */
async function ofPlace(desk: Desk, task: Task, told: () => void): Promise<Candidate[]> {
  const { inverter, signal } = desk
  if (!inverter) return []
  const started = performance.now()
  const book = new Book(desk, task)
  const plain = await inverter.greedy(task.asked, null, { signal })
  await book.add([plain])
  told()
  const random = new Random(task.seed)
  const chooser: Chooser = { ...CHANCE, random: () => random.next() }
  if (performance.now() - started < 0.5 * desk.budget)
    await book.add(await inverter.several([], null, Array(4).fill({ from: plain.beginning, chooser }), { signal }))
  if (performance.now() - started < 0.75 * desk.budget) await correct(desk, task, book)
  return book.all()
}

/** One correction: the best text so far becomes the source of a move towards what is still missing. */
async function correct(desk: Desk, task: Task, book: Book): Promise<void> {
  const [best] = rank(book.all(), task.source?.text ?? null)
  if (!best || !desk.inverter) return
  const { least, most, cosine } = RIGHT
  if (best.progress >= least && best.progress <= most && best.cosine >= cosine) return
  if (desk.inverter.size(best.text) > MOST_TOKENS) return
  const hypothesis = await desk.inverter.read(best.text, best.vector, { signal: desk.signal })
  await book.add([await desk.inverter.greedy(task.asked, hypothesis, { signal: desk.signal })])
}

async function searched(
  desk: Desk,
  task: Task & { source: NonNullable<Task['source']> },
  lens: LensReader,
  told: () => void,
) {
  const { text, vector } = task.source
  const beyond = atStrength(vector, task.asked, 2)
  const words = lens.change(vector, beyond, 12, { common: true })
  const found = await search({ text, vector, asked: task.asked, along: task.along, ...words }, desk.embed)
  told()
  return found
    .filter((one) => one.text !== text)
    .map((one) => asCandidate(task, one.text, one.vector, 'search', Number.NaN))
}

function asCandidate(task: Task, text: string, vector: Float32Array, writer: Writer, fluency: number): Candidate {
  return {
    text,
    vector,
    writer,
    ...measure(task.asked, task.source?.vector ?? null, vector, task.along),
    fluency,
    closeness: task.source ? closeness(text, task.source.text) : 0,
    score: 0,
  }
}

/** The candidates of one task: dressed like the source, each wording once, embedded as they come. */
class Book {
  private readonly found = new Map<string, Candidate>()

  constructor(
    private readonly desk: Desk,
    private readonly task: Task,
  ) {}

  /** @returns the candidate of each attempt, undefined where it was not fit to be shown or is the source */
  async add(attempts: Attempt[]): Promise<(Candidate | undefined)[]> {
    const own = this.task.source?.text ?? null
    const texts = attempts.map(({ text, ended }) => (ended ? dress(text, own) : null))
    const fresh = [...new Set(texts)].filter((text): text is string => !!text && text !== own && !this.found.has(text))
    const vectors = fresh.length ? await this.desk.embed(fresh) : new Float32Array()
    fresh.forEach((text, i) => {
      const fluency = attempts[texts.indexOf(text)].fluency
      const vector = vectors.slice(i * DIMENSIONS, (i + 1) * DIMENSIONS)
      this.found.set(text, asCandidate(this.task, text, vector, 'inverter', fluency))
    })
    return texts.map((text) => (text ? this.found.get(text) : undefined))
  }

  all(): Candidate[] {
    return [...this.found.values()]
  }
}
