import { Random } from '../meaning/layout/random.ts'
import { rank } from '../meaning/moves.ts'
import type { Candidate } from '../meaning/types.ts'
import { asCandidate, Book } from './book.ts'
import { CHANCE, type Chooser } from './decode.ts'
import type { Desk, Task, Text } from './desk.ts'
import { type Attempt, atStrength, MOST_TOKENS } from './inverter.ts'
import type { LensReader } from './lensReader.ts'
import { search } from './search.ts'

/** Within these shares of the asked movement a text is right, and correcting it would only cost. */
const RIGHT = { least: 0.9, most: 1.15, cosine: 0.97 }
const CORRECTIONS = 3
/** Below this share of the way a correction that copies is not taken for an answer. */
const SHORT = 0.7
/** Texts that leave the plain one at a word that the movement speaks against, where that one fell short. */
const FORKS = 3

/** Candidates for one unit, without the source itself. */
export async function ofUnit(desk: Desk, task: Task & { source: Text }, told: () => void): Promise<Candidate[]> {
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
  const chooser: Chooser = { chance: { ...CHANCE, random: () => random.next() } }
  const late = spent() > 0.35
  const forks =
    late || !plain.text || (one && one.progress >= RIGHT.least)
      ? []
      : await inverter.forks(task.asked, source, plain.text, { signal })
  const others = [
    { from: plain.beginning, chooser },
    { from: 0, chooser },
    ...forks.slice(0, FORKS).map(({ ids }) => ({ from: 0, chooser: { first: ids } })),
  ]
  await book.add(await inverter.several(targets, source, late ? [] : others, { signal }))
  await correct(desk, task, book, spent)
  return book.all()
}

/** Where else to look, by how far the plain try went. */
function otherStrengths(progress: number): number[] {
  if (progress < 0.35) return [1.5, 2.2, 3]
  if (progress < RIGHT.least) return [1.25, 1.5, 2]
  if (progress <= RIGHT.most) return [1.5, 0.75]
  return [0.75, 0.5]
}

/** The best text so far becomes the source of a move towards what is still missing, as long as that helps. */
async function correct(desk: Desk, task: Task & { source: Text }, book: Book, spent: () => number): Promise<void> {
  const { inverter, signal } = desk
  const best = () => rank(book.all(), { source: task.source.text, mayNegate: task.mayNegate })[0]
  for (let now = best(), round = 0; inverter && now && round < CORRECTIONS && spent() < 0.75; round++) {
    if (hasArrived(now) || inverter.size(now.text) > MOST_TOKENS) return
    const attempt = await inverter.read(now.text, now.vector, { signal })
    // Names that the attempt had lost are the source's still.
    const mended = (one: Attempt) => ({ ...one, text: inverter.mended(one.text, task.source.text) })
    const again = await inverter.greedy(task.asked, attempt, { signal })
    await book.add([mended(again)])
    let then = best()
    if (then.text === now.text && now.progress < SHORT && spent() < 0.5) {
      const forks = await inverter.forks(task.asked, attempt, now.text, { signal })
      const others = forks.slice(0, FORKS).map(({ ids }) => ({ from: again.beginning, chooser: { first: ids } }))
      await book.add((await inverter.several([], attempt, others, { signal })).map(mended))
      then = best()
    }
    if (then.text === now.text) return
    now = then
  }
}

const hasArrived = ({ progress, cosine }: Candidate): boolean =>
  progress >= RIGHT.least && progress <= RIGHT.most && cosine >= RIGHT.cosine

async function searched(desk: Desk, task: Task & { source: Text }, lens: LensReader, told: () => void) {
  const { text, vector } = task.source
  const beyond = atStrength(vector, task.asked, 2)
  const words = lens.change(vector, beyond, 12, { common: true })
  const found = await search({ text, vector, asked: task.asked, along: task.along, ...words }, desk.embed)
  told()
  return found
    .filter((one) => one.text !== text)
    .map((one) => asCandidate(task, one.text, one.vector, 'search', Number.NaN))
}
