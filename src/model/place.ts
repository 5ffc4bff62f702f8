import { Random } from '../meaning/layout/random.ts'
import { rankNear } from '../meaning/moves.ts'
import type { Candidate } from '../meaning/types.ts'
import { dot } from '../meaning/vector.ts'
import { asCandidate, Book } from './book.ts'
import { climb } from './climb.ts'
import { type Beginning, CHANCE, type Chooser } from './decode.ts'
import type { Desk, Task, Text } from './desk.ts'
import { MOST_TOKENS } from './inverter.ts'
import { splices } from './splice.ts'

/** Samples drawn at once beside the greedy text, how often, splices tried, and candidates gone on with. */
const SAMPLES = 4
const BATCHES = 3
const SPLICES = 48
const KEPT = 6
/** Rounds of polishing and climbing; each has to make the best this much better to be followed by another. */
const ROUNDS = 4
const GAIN = 0.004
/** A blend is no list of both: at most this much longer than the longer end. */
const LONGER = 1.3

const wordsOf = (text: string) => text.trim().split(/\s+/).length

/**
 * Candidates for a place of the space, however far from any one text: what the inverter reads in it or, between texts,
 * splices of the two nearest; the best of them is polished by the inverter and goes on word by word towards the place,
 * as long as that helps and there is time. Nearness and how well the inverter thinks it reads decide (`rankNear`).
 * @param ends the texts between which the place lies; none in the open
 */
export async function ofPlace(desk: Desk, task: Task, ends: Text[], told: () => void): Promise<Candidate[]> {
  const { inverter, signal, budget } = desk
  const started = performance.now()
  const spent = () => (performance.now() - started) / budget
  const from = await inverter?.beginning(task.asked, { signal })
  const sheet = new Sheet(desk, task, from)
  let most = Number.POSITIVE_INFINITY
  if (ends.length > 1) {
    most = Math.floor(LONGER * Math.max(...ends.map(({ text }) => wordsOf(text))))
    const [a, b] = [...ends].sort((one, other) => dot(other.vector, task.asked) - dot(one.vector, task.asked))
    await sheet.book.put(splices(a.text, b.text, most, SPLICES))
  } else if (inverter && from) {
    await sheet.book.add(await inverter.several([], null, [{ from, chooser: null }], { signal }))
    const random = new Random(task.seed)
    const chooser: Chooser = { ...CHANCE, random: () => random.next() }
    for (let batch = 0; batch < BATCHES && spent() < 0.25; batch++)
      await sheet.book.add(await inverter.several([], null, Array(SAMPLES).fill({ from, chooser }), { signal }))
  }
  told()
  for (let round = 0, before = 0; round < ROUNDS && spent() < 0.6; round++) {
    const [best] = await sheet.best()
    if (!best || best.score - before < GAIN) break
    before = best.score
    await sheet.polish(best, most)
    if (spent() > 0.6) break
    const [now] = await sheet.best()
    const higher = await climb(desk, task.asked, now, { most, until: () => spent() > 0.75 })
    if (higher.text !== now.text) await sheet.book.put([higher.text])
  }
  // Measured anew: the search knew no source, the task may.
  return (await sheet.best()).map((one) => asCandidate(task, one.text, one.vector, one.writer, one.fluency))
}

/** The texts found so far, read by the inverter for how well they fit the place as sentences. */
class Sheet {
  readonly book: Book
  private readonly fluency = new Map<string, number>()

  constructor(
    private readonly desk: Desk,
    private readonly task: Task,
    private readonly from?: Beginning,
  ) {
    this.book = new Book(desk, { ...task, source: null })
  }

  /** The best of what was found, best first; of what is new only the nearest are read. The rest is let go. */
  async best(): Promise<Candidate[]> {
    const { inverter, signal } = this.desk
    const fresh = this.book.all().filter(({ text }) => !this.fluency.has(text))
    fresh.sort((one, other) => other.cosine - one.cosine)
    for (const { text } of fresh.slice(0, KEPT))
      this.fluency.set(text, inverter && this.from ? await inverter.fluency(text, this.from, { signal }) : Number.NaN)
    const read = this.book.all().filter(({ text }) => this.fluency.has(text))
    const ranked = rankNear(read.map((one) => ({ ...one, fluency: this.fluency.get(one.text)! })))
    this.book.keep(ranked.slice(0, KEPT))
    return ranked.slice(0, KEPT)
  }

  /** The inverter reads the text as its own first attempt, and writes it again for the place. */
  async polish(one: Candidate, most: number): Promise<void> {
    const { inverter, signal } = this.desk
    if (!inverter || inverter.size(one.text) > MOST_TOKENS) return
    const attempt = await inverter.read(one.text, one.vector, { signal })
    const written = await inverter.greedy(this.task.asked, attempt, { signal })
    if (wordsOf(written.text) <= most) await this.book.add([written])
  }
}
