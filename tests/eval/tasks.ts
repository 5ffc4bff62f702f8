import { blend, translate } from '../../src/meaning/moves.ts'
import type { Feature, Move } from '../../src/meaning/types.ts'
import { row } from '../../src/meaning/vector.ts'
import type { Model } from '../../src/model/core.ts'
import { number, type Options, openFeatures, text } from './kind.ts'

/** One thing to be written. */
export interface Task {
  source: string
  from: Float32Array | null
  asked: Float32Array
  along: Float32Array[]
  move: Move
  feature?: Feature
  sigma?: number
  /** What a text could be compared with, word for word. */
  reference?: string
  /** The other end of a blend. */
  other?: { text: string; vector: Float32Array }
}

/** Shares of the natural step at which a slider is tried. */
const STOPS = [-1.5, -1, -0.5, 0.5, 1, 1.5]

function pulled(source: string, from: Float32Array, feature: Feature, sigma: number, reference?: string): Task {
  const asked = translate(from, [{ feature, sigma }])
  const move: Move = { kind: 'translate', feature: feature.id, sigma }
  return { source, from, asked, along: [feature.direction], move, feature, sigma, reference }
}

function featureOf(options: Options): Feature | null {
  const name = text(options, 'feature')
  if (!name) return null
  const { features } = openFeatures()
  const feature = features.find(({ id, name: title }) => id === name || title.toLowerCase() === name.toLowerCase())
  if (!feature) throw new Error(`There is no feature "${name}"; there are ${features.map(({ id }) => id).join(', ')}.`)
  return feature
}

/** What the lines ask for in a mode; two columns stand with a tab between. */
export async function prepare(mode: string, lines: string[], options: Options, model: Model): Promise<Task[]> {
  const columns = lines.map((line) => line.split('\t'))
  const sources = columns.map(([first]) => first)
  const { vectors } = await model.embed(sources)
  const from = (i: number) => row(vectors, i).slice()
  if (mode === 'invert' || mode === 'greedy')
    return sources.map((source, i) => ({
      source,
      from: null,
      asked: from(i),
      along: [],
      move: { kind: 'hand' },
      reference: source,
    }))
  const feature = featureOf(options)
  if (mode === 'slider') {
    if (!feature) throw new Error('--mode slider wants --feature NAME.')
    const step = number(options, 'sigma', feature.naturalStep)
    return sources.flatMap((source, i) => STOPS.map((share) => pulled(source, from(i), feature, share * step)))
  }
  if (mode === 'edit' && feature) {
    const sigma = number(options, 'sigma', feature.naturalStep)
    return columns.map(([source, reference], i) => pulled(source, from(i), feature, sigma, reference))
  }
  if (columns.some(([, second]) => !second))
    throw new Error(`--mode ${mode} here wants two texts a line, a tab between.`)
  const others = (await model.embed(columns.map(([, second]) => second))).vectors
  const amount = number(options, 'alpha', 0.5)
  return columns.map(([source, second], i) => {
    const vector = row(others, i).slice()
    if (mode === 'edit')
      return { source, from: from(i), asked: vector, along: [], move: { kind: 'hand' }, reference: second }
    const asked = blend(from(i), vector, amount)
    const move: Move = { kind: 'blend', other: second, amount }
    // Beyond the other end it is that end's text which is rewritten, as in the app.
    if (amount > 1)
      return { source: second, from: vector, asked, along: [], move, other: { text: source, vector: from(i) } }
    return { source, from: from(i), asked, along: [], move, other: { text: second, vector } }
  })
}
