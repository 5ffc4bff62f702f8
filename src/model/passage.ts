import { rank } from '../meaning/moves.ts'
import type { Candidate } from '../meaning/types.ts'
import { normalise, row } from '../meaning/vector.ts'
import { asCandidate } from './book.ts'
import type { Desk, Task, Text } from './desk.ts'
import { ofUnit } from './edit.ts'
import { type Inverter, MOST_TOKENS } from './inverter.ts'
import { type Unit, units } from './units.ts'

/** A passage of more sentences than this is changed in its first ones only; the rest stays as it is. */
const MOST_UNITS = 16

/** Candidates for a whole passage: its sentences one by one, each moved by the same difference, then put together. */
export async function ofPassage(desk: Desk, task: Task & { source: Text }, told: () => void): Promise<Candidate[]> {
  const { source, asked, along, mayNegate } = task
  const pieces = openUnits(source.text, desk.inverter)
  if (!pieces.length) return []
  const vectors = await unitVectors(desk, source, pieces)
  if (pieces.length === 1) {
    const [piece] = pieces
    const whole = piece.text === source.text
    const target = whole ? asked : moved(vectors[0], source.vector, asked)
    const unit = { ...task, source: { text: piece.text, vector: vectors[0] }, asked: target }
    const texts = await ofUnit(desk, unit, told)
    const variants = texts.map((text): [Unit, Candidate][] => [[piece, text]])
    return whole ? texts : composed(desk, task, variants)
  }
  const started = performance.now()
  const best: [Unit, Candidate][] = []
  for (const [i, piece] of pieces.entries()) {
    const unit = {
      source: { text: piece.text, vector: vectors[i] },
      asked: moved(vectors[i], source.vector, asked),
      along,
      mayNegate,
      seed: task.seed + i,
    }
    // What one sentence leaves of its time is the others'.
    const left = desk.budget - (performance.now() - started)
    const brief = { ...desk, budget: left / (pieces.length - i) }
    const unmoved = asCandidate(unit, piece.text, vectors[i], 'source', Number.NaN)
    const [top] = rank([...(await ofUnit(brief, unit, told)), unmoved], { source: piece.text, mayNegate })
    if (top.writer !== 'source') best.push([piece, top])
    // What was found so far is better than nothing too late.
    if (performance.now() - started > desk.budget) break
  }
  // The sentences that move the passage most first; each further one is a candidate of its own, so that none is changed
  // needlessly.
  const alone = await composed(
    desk,
    task,
    best.map((one) => [one]),
  )
  const order = best.map((one, i) => ({ one, gain: alone[i].progress })).sort((a, b) => b.gain - a.gain)
  const growing = order.slice(1).map((_, i) => order.slice(0, i + 2).map(({ one }) => one))
  return [...alone, ...(await composed(desk, task, growing))]
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
    return asCandidate(task, text, row(vectors, i).slice(), variants[i][0][1].writer, fluency)
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
