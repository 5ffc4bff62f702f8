import { activations } from '../../src/meaning/features.ts'
import { type Figures, type Heldout, heldoutFigures, largestDifferences } from './heldout.ts'
import { openJudges } from './judges.ts'
import { openFeatures, openModel, type Run } from './kind.ts'

export const options = []

/** A line of JSON: a text, and (all or none) which feature it is an example of, and of which end. */
interface Labelled extends Partial<Heldout> {
  text: string
}

/**
 * items: {text, activations: {id: σ}} of plain lines. Where the lines are JSON objects {text, feature, label, set?,
 * pair?}, the items carry these too, and `heldout` at the top has what the labels say about each feature beside its card.
 */
export const run: Run = async (lines, given) => {
  const { card, features, sha256 } = openFeatures()
  const labelled = parseLabelled(
    lines,
    features.map(({ id }) => id),
  )
  const texts = labelled ? labelled.map(({ text }) => text) : lines
  const model = openModel(given)
  const encoder = await model.load('encoder')
  const started = performance.now()
  const { vectors } = await model.embed(texts)
  const embedSeconds = (performance.now() - started) / 1000
  const table = activations(vectors, features)
  const read = (i: number) =>
    Object.fromEntries(features.map(({ id }, f) => [id, Number(table[i * features.length + f].toFixed(6))]))
  const result = {
    backend: `${encoder.backend} × ${encoder.threads}`,
    models: { [encoder.name]: encoder.sha256, features: sha256 },
    items: texts.map((text, i) => {
      const { text: _, ...labels } = labelled?.[i] ?? {}
      return { text, activations: read(i), ...labels }
    }),
  }
  const examples = labelled?.flatMap(({ feature, label, set, pair }, row): Heldout[] =>
    feature === undefined || label === undefined
      ? []
      : [{ feature, label, set: set ?? 'test', pair: pair ?? null, row, text: texts[row] }],
  )
  if (!examples?.length) return { ...result, summary: { embedSeconds } }
  const heldout = heldoutFigures(examples, vectors, features, card, openJudges(card))
  const summary = { embedSeconds, largestDifferences: largestDifferences(heldout), ...inWords(heldout) }
  return { ...result, heldout, summary }
}

/** Lines of JSON with their labels, or null where they are plain text. */
function parseLabelled(lines: string[], ids: string[]): Labelled[] | null {
  const object = (line: string): Record<string, unknown> | null => {
    try {
      const value = JSON.parse(line)
      return value && typeof value === 'object' && !Array.isArray(value) ? value : null
    } catch {
      return null
    }
  }
  if (!object(lines[0])) return null
  return lines.map((line, i) => {
    const wrong = (why: string) => new Error(`Item ${i + 1} of the input ${why}.`)
    const value = object(line)
    if (!value) throw wrong('is no JSON object, as the first is')
    const { text, feature, label } = value
    if (typeof text !== 'string' || !text.trim()) throw wrong('has no text')
    if (feature !== undefined && !ids.includes(feature as string))
      throw wrong(`names the feature "${feature}", unknown here`)
    if (feature !== undefined && label !== 0 && label !== 1)
      throw wrong('wants a label: 0 for the low end, 1 for the high')
    return value as unknown as Labelled
  })
}

/** What is printed: measured (card). */
function inWords(heldout: Record<string, Figures>): Record<string, string> {
  const words = ({ measured, card }: Figures) =>
    Object.entries(measured)
      .filter(([name]) => !['n', 'elsewhereN'].includes(name))
      .map(([name, value]) => `${name} ${value.toFixed(4)}${card[name] === undefined ? '' : ` (card ${card[name]})`}`)
      .join(', ')
  return Object.fromEntries(Object.entries(heldout).map(([id, figures]) => [id, words(figures)]))
}
