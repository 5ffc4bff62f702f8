import { existsSync, readFileSync } from 'node:fs'
import { activation } from '../../src/meaning/features.ts'
import { blend, translate } from '../../src/meaning/moves.ts'
import type { Feature, Move } from '../../src/meaning/types.ts'
import { dot, row } from '../../src/meaning/vector.ts'
import type { Model } from '../../src/model/core.ts'
import { MissingModel } from '../../src/model/weights.ts'
import { bleu, tokenF1 } from './bleu.ts'
import { number, type Options, openFeatures, openModel, type Run, text, whole } from './kind.ts'

export const options = ['mode', 'feature', 'sigma', 'alpha', 'seed', 'budget', 'corpus', 'verbose']

/** One thing to be written. */
interface Task {
  source: string
  from: Float32Array | null
  asked: Float32Array
  along: Float32Array[]
  move: Move
  feature?: Feature
  sigma?: number
  /** What a text could be compared with, word for word. */
  reference?: string
}

/**
 * --mode invert: each line's vector alone; edit: each line pulled along --feature NAME by --sigma X (a second column,
 * after a tab, is a reference rewrite; without --feature its vector is the target); blend: pairs of lines, after a tab,
 * at --alpha. --seed N. --budget MS: leave out late stages as the app does. --corpus FILE: nearest line as a baseline.
 */
export const run: Run = async (lines, options) => {
  const mode = text(options, 'mode') ?? 'invert'
  if (!['invert', 'edit', 'blend'].includes(mode)) throw new Error('--mode is invert, edit or blend.')
  const corpus = text(options, 'corpus')
  if (corpus && !existsSync(corpus)) throw new Error(`There is no file ${corpus}.`)
  const model = openModel(options)
  const encoder = await model.load('encoder')
  const models = { [encoder.name]: encoder.sha256 }
  for (const name of ['lens', 'inverter'] as const)
    await model.load(name).then(
      (info) => Object.assign(models, { [name]: info.sha256 }),
      (error) => {
        if ((error as Error).name !== MissingModel.name) throw error
      },
    )
  const tasks = await prepare(mode, lines, options, model)
  const seed = whole(options, 'seed', 1, 0)
  const budget = number(options, 'budget', Number.POSITIVE_INFINITY)
  const items: Item[] = []
  for (const task of tasks) {
    const { source, from, asked, along, move, feature, sigma } = task
    const request = { source: from && { text: source, vector: from }, asked, along, move, seed }
    const started = performance.now()
    const settled = await model.settle(request, { budget }).catch((error: Error) => error)
    const ms = performance.now() - started
    if (settled instanceof Error) {
      items.push({ source, mode, candidates: [], chosen: null, cosine: 0, confidence: 0, ms, error: settled.message })
      continue
    }
    const [best] = settled.candidates
    const reached = feature && from ? activation(best.vector, feature) - activation(from, feature) : undefined
    items.push({
      source,
      mode,
      ...(feature ? { feature: feature.id, sigma } : {}),
      candidates: settled.candidates.map(({ text, cosine, score, progress, kept, fluency, closeness, writer }) => ({
        ...{ text, cosine, score, progress, kept, closeness, writer },
        fluency: Number.isFinite(fluency) ? fluency : null,
      })),
      writer: best.writer,
      chosen: best.text,
      cosine: best.cosine,
      ...(feature && from ? { asked: activation(asked, feature) - activation(from, feature), achieved: reached } : {}),
      progress: best.progress,
      kept: best.kept,
      confidence: settled.confidence.value,
      word: settled.confidence.word,
      firstMs: settled.timing.first,
      ms,
    })
    if (options.verbose)
      console.log(`   ${source}\n-> ${best.text}   (${best.progress.toFixed(2)}, ${ms.toFixed(0)} ms)`)
  }
  const summary = await summarise(tasks, items, options, model)
  return { backend: `${encoder.backend} × ${encoder.threads}`, models, items, summary }
}

interface Item {
  source: string
  mode: string
  chosen: string | null
  cosine: number
  ms: number
  asked?: number
  achieved?: number
  progress?: number
  [more: string]: unknown
}

async function prepare(mode: string, lines: string[], options: Options, model: Model): Promise<Task[]> {
  const columns = lines.map((line) => line.split('\t'))
  const { vectors } = await model.embed(columns.map(([first]) => first))
  const other = async () => {
    if (columns.some(([, second]) => !second))
      throw new Error(`--mode ${mode} here wants two texts a line, a tab between.`)
    return (await model.embed(columns.map(([, second]) => second))).vectors
  }
  if (mode === 'invert')
    return columns.map(([source], i) => ({
      source,
      from: null,
      asked: row(vectors, i).slice(),
      along: [],
      move: { kind: 'hand' },
      reference: source,
    }))
  if (mode === 'blend') {
    const amount = number(options, 'alpha', 0.5)
    const others = await other()
    return columns.map(([source, second], i) => {
      const from = row(vectors, i).slice()
      const asked = blend(from, row(others, i), amount)
      return { source, from, asked, along: [], move: { kind: 'blend', other: second, amount } }
    })
  }
  const name = text(options, 'feature')
  if (!name) {
    const others = await other()
    return columns.map(([source, reference], i) => {
      const asked = row(others, i).slice()
      return { source, from: row(vectors, i).slice(), asked, along: [], move: { kind: 'hand' }, reference }
    })
  }
  const { features } = openFeatures()
  const feature = features.find(({ id, name: title }) => id === name || title.toLowerCase() === name.toLowerCase())
  if (!feature) throw new Error(`There is no feature "${name}"; there are ${features.map(({ id }) => id).join(', ')}.`)
  const sigma = number(options, 'sigma', feature.naturalStep)
  return columns.map(([source, reference], i) => {
    const from = row(vectors, i).slice()
    const asked = translate(from, [{ feature, sigma }])
    const move: Move = { kind: 'translate', feature: feature.id, sigma }
    return { source, from, asked, along: [feature.direction], move, feature, sigma, reference }
  })
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const median = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]

async function summarise(
  tasks: Task[],
  items: Item[],
  options: Options,
  model: Model,
): Promise<Record<string, unknown>> {
  const chosen = items.map((item) => item.chosen ?? '')
  const summary: Record<string, unknown> = {
    cosine: mean(items.map(({ cosine }) => cosine)),
    msMedian: median(items.map(({ ms }) => ms)),
    failed: items.filter((item) => item.chosen === null).length,
  }
  const [task] = tasks
  if (task.from) {
    summary.unchanged = mean(items.map(({ source }, i) => Number(chosen[i] === source)))
    summary.progressMedian = median(items.map(({ progress }) => progress ?? 0))
    // What the source itself, unchanged, would score.
    summary.copyCosine = mean(tasks.map(({ asked, from }) => dot(asked, from!)))
  }
  const pulled = items.filter(({ asked }) => asked !== undefined && Math.abs(asked) > 0.05)
  if (pulled.length) {
    const shares = pulled.map(({ asked, achieved }) => achieved! / asked!)
    summary.achievedOfAskedMedian = median(shares)
    summary.atLeastHalf = mean(shares.map((share) => Number(share >= 0.5)))
  }
  const references = tasks.map(({ reference }) => reference)
  if (references.every((reference) => reference !== undefined)) {
    const wanted = references as string[]
    summary.tokenF1 = mean(wanted.map((reference, i) => tokenF1(chosen[i], reference)))
    summary.bleu = bleu(chosen, wanted)
    summary.exact = mean(wanted.map((reference, i) => Number(chosen[i] === reference)))
    if (task.from) {
      const sources = tasks.map(({ source }) => source)
      summary.copyTokenF1 = mean(wanted.map((reference, i) => tokenF1(sources[i], reference)))
      summary.copyBleu = bleu(sources, wanted)
    }
    Object.assign(summary, await nearestLine(tasks, wanted, options, model))
  }
  return summary
}

/** What the nearest real line of a corpus would score in place of the written text. */
async function nearestLine(tasks: Task[], wanted: string[], options: Options, model: Model) {
  const corpus = text(options, 'corpus')
  if (!corpus) return {}
  const lines = readFileSync(corpus, 'utf8')
    .split(/\r?\n/)
    .filter((line) => line.trim())
  const { vectors } = await model.embed(lines)
  const nearest = tasks.map(({ asked, source }) => {
    let best = -1
    let at = -1
    lines.forEach((line, i) => {
      const cosine = line === source ? -1 : dot(asked, row(vectors, i))
      if (cosine > best) [best, at] = [cosine, i]
    })
    return { cosine: best, line: lines[at] }
  })
  return {
    nearestCosine: mean(nearest.map(({ cosine }) => cosine)),
    nearestTokenF1: mean(nearest.map(({ line }, i) => tokenF1(line, wanted[i]))),
    nearestBleu: bleu(
      nearest.map(({ line }) => line),
      wanted,
    ),
  }
}
