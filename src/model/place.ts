import { Random } from '../meaning/layout/random.ts'
import { rankNear } from '../meaning/moves.ts'
import type { Candidate } from '../meaning/types.ts'
import { dot } from '../meaning/vector.ts'
import { asCandidate, Book } from './book.ts'
import { climb } from './climb.ts'
import { type Beginning, CHANCE, type Chooser } from './decode.ts'
import type { Desk, Task, Text } from './desk.ts'
import { atStrength, MOST_READ, MOST_TOKENS } from './inverter.ts'
import { asText, joined, shortened } from './shorten.ts'
import { splices } from './splice.ts'

/** Samples drawn at once beside the greedy text, how often, splices tried, and candidates gone on with. */
const SAMPLES = 4
const BATCHES = 3
const SPLICES = 48
/** Of the texts shortened from both ends, those that are gone on with. */
const SHORT = 8
const KEPT = 6
/** Shares of the way to the place at which a text is rewritten. */
const STRENGTHS = [0.5, 1]
/** Rounds of polishing and climbing; each has to raise the best score by this much to be followed by another. */
const ROUNDS = 4
const LEAST_GAIN = 0.004
/** A blend is no list of both: at most this much longer than the longer end (the evaluation's own limit). */
const LONGER = 1.3

const wordCount = (text: string) => text.trim().split(/\s+/).length

/** Cosine of the nearest of some texts to a place; -1 where there is none. */
export const nearestOf = (ends: Text[], asked: Float32Array): number =>
  Math.max(-1, ...ends.map(({ vector }) => dot(vector, asked)))

/**
 * Candidates for a place of the space, however far from any one text: what the inverter reads in it or, between texts,
 * the two nearest joined and shortened; the best of them is polished by the inverter and goes on word by word towards
 * the place, as long as that helps and there is time. Nearness and how well the inverter thinks it reads decide
 * (`rankNear`): in the open as words of that place, between texts as what is left of both, where seams show.
 * @param ends the texts between which the place lies; none in the open
 */
export async function ofPlace(desk: Desk, task: Task, ends: Text[], told: () => void): Promise<Candidate[]> {
  const { inverter, signal, budget } = desk
  const started = performance.now()
  const spent = () => (performance.now() - started) / budget
  const nearest = ends.toSorted((one, other) => dot(other.vector, task.asked) - dot(one.vector, task.asked)).slice(0, 2)
  // In the order in which they were given.
  const pair = ends.filter((end) => nearest.includes(end))
  const both = pair.length > 1 ? await together(desk, task.asked, [pair[0], pair[1]]) : undefined
  const from = both?.from ?? (await inverter?.beginning(task.asked, { signal }))
  const found = new Findings(desk, task, from, nearestOf(ends, task.asked), () => spent() > 0.85)
  const most = ends.length ? LONGER * Math.max(...ends.map(({ text }) => wordCount(text))) : Number.POSITIVE_INFINITY
  if (pair.length > 1) {
    const { whole, jump } = both ?? {}
    const short = whole && jump ? await shortened(desk.embed, task.asked, whole, { most, jump }) : []
    await found.book.put(short.slice(0, SHORT))
    // Too long to be read in one go, never as short as allowed, or no nearer to the place than its ends.
    if (!found.surpassed()) await found.book.put(splices(nearest[0].text, nearest[1].text, most, SPLICES))
    if (found.book.all().length) told()
    for (const end of nearest) if (spent() < 0.4) await found.rewrite(end, most)
  }
  // In the open, and between texts that do not go together.
  if (inverter && from && !found.book.all().length) {
    await found.book.add(await inverter.several([], null, [{ from, chooser: {} }], { signal }))
    const random = new Random(task.seed)
    const chooser: Chooser = { chance: { ...CHANCE, random: () => random.next() } }
    for (let batch = 0; batch < BATCHES && spent() < 0.15; batch++)
      await found.book.add(await inverter.several([], null, Array(SAMPLES).fill({ from, chooser }), { signal }))
  }
  told()
  let [best] = await found.best()
  for (let round = 0; round < ROUNDS && best && spent() < 0.55; round++) {
    const before = best.score
    await found.rewrite(best, most)
    ;[best] = await found.best()
    if (spent() > 0.6) break
    // Each step of the way: the last may be word salad where one before it still reads well.
    await found.book.put(await climb(desk, task.asked, best, { most, until: () => spent() > 0.7 }))
    ;[best] = await found.best()
    if (best.score - before < LEAST_GAIN) break
  }
  // Measured anew: the search knew no source, the task may. What stands in an end already is no blend.
  return found.book
    .all()
    .filter(({ text }) => !ends.some((end) => end.text === text))
    .map((one) => asCandidate(task, one.text, one.vector, one.writer, one.fluency))
}

/** Two texts joined, as the inverter reads them: what holds both, and where it may be shortened. */
async function together({ inverter, embed, signal }: Desk, asked: Float32Array, [first, second]: [Text, Text]) {
  const whole = joined(first.text, second.text)
  const text = asText(whole.words)
  if (!inverter || inverter.size(text) > MOST_READ) return undefined
  const source = await inverter.read(text, await embed([text]), { signal })
  const from = await inverter.beginning(asked, { signal, source })
  return { whole, from, jump: await inverter.jumps(whole.words, from, { signal }) }
}

/** The texts found so far, read by the inverter for how well they fit the place as sentences. */
class Findings {
  readonly book: Book

  constructor(
    private readonly desk: Desk,
    private readonly task: Task,
    private readonly from: Beginning | undefined,
    /** What must be surpassed. */
    private readonly ends: number,
    private readonly late: () => boolean,
  ) {
    this.book = new Book(desk, { ...task, source: null })
  }

  /**
   * The best of what was found, best first. Of what nobody has read yet, all that was written and the nearest of what
   * was put together are read; the rest is let go.
   */
  async best(): Promise<Candidate[]> {
    const { inverter, signal } = this.desk
    const isRead = ({ fluency }: Candidate) => Number.isFinite(fluency)
    const unread = this.book.all().filter((one) => !isRead(one))
    unread.sort((one, other) => other.cosine - one.cosine)
    const written = unread.filter(({ writer }) => writer === 'inverter')
    const joined = unread.filter(({ writer }) => writer !== 'inverter')
    const fresh = [...written, ...joined.slice(0, Math.max(1, KEPT - written.length))]
    for (const one of fresh)
      if (inverter && this.from && !this.late()) one.fluency = await inverter.fluency(one.text, this.from, { signal })
    const read = this.book.all().filter((one) => isRead(one) && !fresh.includes(one))
    const ranked = rankNear([...read, ...fresh], this.ends)
    this.book.keep(ranked.slice(0, KEPT))
    return ranked.slice(0, KEPT)
  }

  /** Whether something is nearer to the place than the ends are. */
  surpassed = (): boolean => this.book.all().some(({ cosine }) => cosine > this.ends)

  /** A text near the place written again towards it, part of the way and all of it: an end, or an attempt to polish. */
  async rewrite(one: Text, most: number): Promise<void> {
    const { inverter, signal } = this.desk
    if (!inverter || inverter.size(one.text) > MOST_TOKENS) return
    const source = await inverter.read(one.text, one.vector, { signal })
    const targets = STRENGTHS.map((strength) => atStrength(one.vector, this.task.asked, strength))
    const written = await inverter.several(targets, source, [], { signal })
    const fitting = written.filter(({ text }) => wordCount(text) <= most)
    // Their log-probability is that of copying; for the place they are yet to be read.
    await this.book.add(fitting.map((attempt) => ({ ...attempt, fluency: Number.NaN })))
  }
}
