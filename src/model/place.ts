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

/** Samples drawn beside the greedy text, splices tried, and candidates kept to the end. */
const SAMPLES = 4
const SPLICES = 48
const SHOWN = 5
/** Rounds of climbing and polishing; each has to come this much nearer to be followed by another. */
const ROUNDS = 4
const GAIN = 0.004
/** A blend is no list of both: at most this much longer than the longer end. */
const LONGER = 1.3

const wordsOf = (text: string) => text.trim().split(/\s+/).length

/**
 * Candidates for a place of the space, however far from any one text: what the inverter reads in it and, between
 * texts, splices of the two nearest; the best of them goes on word by word towards the place and is then polished by
 * the inverter, as long as that comes nearer and there is time.
 * @param ends the texts between which the place lies; none in the open
 */
export async function ofPlace(desk: Desk, task: Task, ends: Text[], told: () => void): Promise<Candidate[]> {
  const { inverter, signal, budget } = desk
  const started = performance.now()
  const spent = () => (performance.now() - started) / budget
  const book = new Book(desk, { ...task, source: null })
  const most = ends.length ? Math.floor(LONGER * Math.max(...ends.map(({ text }) => wordsOf(text)))) : undefined
  if (ends.length > 1) {
    const [a, b] = [...ends].sort((one, other) => dot(other.vector, task.asked) - dot(one.vector, task.asked))
    await book.put(splices(a.text, b.text, most!, SPLICES))
    book.keep(rankNear(book.all()).slice(0, 3))
    told()
  }
  let from: Beginning | undefined
  if (inverter) {
    const plain = await inverter.greedy(task.asked, null, { signal })
    from = plain.beginning
    await book.add([plain])
    told()
    if (!ends.length && spent() < 0.5) {
      const random = new Random(task.seed)
      const chooser: Chooser = { ...CHANCE, random: () => random.next() }
      await book.add(await inverter.several([], null, Array(SAMPLES).fill({ from, chooser }), { signal }))
    }
  }
  await search(desk, task, book, spent, most)
  const nearest = [...book.all()].sort((one, other) => other.cosine - one.cosine).slice(0, SHOWN)
  if (inverter && from && spent() < 0.9)
    for (const one of nearest) one.fluency = await inverter.fluency(one.text, from, { signal })
  // Measured anew: the search knew no source, the task may.
  return nearest.map((one) => asCandidate(task, one.text, one.vector, one.writer, one.fluency))
}

/** Climbing and polishing in turn. */
async function search(desk: Desk, task: Task, book: Book, spent: () => number, most?: number): Promise<void> {
  const best = () => [...book.all()].sort((one, other) => other.cosine - one.cosine)[0]
  for (let round = 0; round < ROUNDS && best() && spent() < 0.5; round++) {
    const before = best().cosine
    await polish(desk, task, best(), book, most)
    if (spent() > 0.7) return
    const higher = await climb(desk, task.asked, best(), { most, until: () => spent() > 0.7 })
    if (higher.text !== best().text) await book.put([higher.text])
    if (best().cosine - before < GAIN) return
  }
}

/** The inverter reads the text as its own first attempt, and writes it again for the place. */
async function polish(desk: Desk, task: Task, one: Candidate, book: Book, most = Number.POSITIVE_INFINITY) {
  const { inverter, signal } = desk
  if (!inverter || inverter.size(one.text) > MOST_TOKENS) return
  const attempt = await inverter.read(one.text, one.vector, { signal })
  const written = await inverter.greedy(task.asked, attempt, { signal })
  if (wordsOf(written.text) <= most) await book.add([written])
}
