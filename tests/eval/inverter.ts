import { existsSync, readFileSync } from 'node:fs'
import { activation } from '../../src/meaning/features.ts'
import type { InvertRequest, Settled } from '../../src/model/api.ts'
import type { Model } from '../../src/model/core.ts'
import { evidence } from '../../src/model/settle.ts'
import { MissingModel } from '../../src/model/weights.ts'
import { openJudges } from './judges.ts'
import { number, openFeatures, openModel, type Run, text, whole } from './kind.ts'
import { type Item, isRight, summarise } from './landings.ts'
import { prepare } from './tasks.ts'

export const options = ['mode', 'feature', 'sigma', 'alpha', 'seed', 'budget', 'corpus', 'verbose']

/** The greedy text alone, as if it had been settled; nothing judges how sure it is. */
async function first(model: Model, request: InvertRequest): Promise<Settled> {
  const started = performance.now()
  const candidate = await model.preview(request)
  const took = performance.now() - started
  return {
    candidates: [candidate],
    confidence: { value: 0, word: 'off the map' },
    timing: { first: took, settled: took },
  }
}

/**
 * --mode invert: each line's vector alone; greedy: the same, without candidates or corrections; edit: each line pulled along --feature NAME by --sigma X (a second column,
 * after a tab, is a reference rewrite; without --feature its vector is the target); slider: each line at several shares
 * of that amount; blend: pairs of lines, after a tab, at --alpha. --seed N. --budget MS: leave out late stages as the
 * app does. --corpus FILE: its nearest line as a baseline, its words as the judge of fluency.
 */
export const run: Run = async (lines, options) => {
  const mode = text(options, 'mode') ?? 'invert'
  if (!['invert', 'greedy', 'edit', 'slider', 'blend'].includes(mode))
    throw new Error('--mode is invert, greedy, edit, slider or blend.')
  const corpusFile = text(options, 'corpus')
  if (corpusFile && !existsSync(corpusFile)) throw new Error(`There is no file ${corpusFile}.`)
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
  const judge = openJudges(openFeatures().card).get(tasks[0]?.feature?.id ?? '')
  const seed = whole(options, 'seed', 1, 0)
  const budget = number(options, 'budget', Number.POSITIVE_INFINITY)
  const items: Item[] = []
  for (const task of tasks) {
    const { source, from, asked, along, move, feature, sigma, other } = task
    const own = from && { text: source, vector: from }
    // As in the app: beyond the ends nothing lies between.
    const between = own && other && move.kind === 'blend' && move.amount > 0 && move.amount < 1 ? [own, other] : []
    const request = { source: own, asked, along, move, between, seed }
    const started = performance.now()
    const writing = mode === 'greedy' ? first(model, request) : model.settle(request, { budget })
    const settled = await writing.catch((error: Error) => error)
    const ms = performance.now() - started
    if (settled instanceof Error) {
      items.push({ source, mode, candidates: [], chosen: null, cosine: 0, confidence: 0, ms, error: settled.message })
      continue
    }
    const [best] = settled.candidates
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
      ...(feature && from
        ? {
            asked: activation(asked, feature) - activation(from, feature),
            achieved: activation(best.vector, feature) - activation(from, feature),
          }
        : {}),
      progress: best.progress,
      kept: best.kept,
      confidence: settled.confidence.value,
      word: settled.confidence.word,
      ...(mode === 'greedy' ? {} : { landing: evidence(settled.candidates, request) }),
      right: isRight(task, best.text, judge),
      firstMs: settled.timing.first,
      ms,
    })
    if (options.verbose)
      console.log(`   ${source}\n-> ${best.text}   (${best.progress.toFixed(2)}, ${ms.toFixed(0)} ms)`)
  }
  const corpus = corpusFile
    ? readFileSync(corpusFile, 'utf8')
        .split(/\r?\n/)
        .filter((line) => line.trim())
    : null
  const summary = await summarise(tasks, items, { judge, corpus, model })
  return { backend: `${encoder.backend} × ${encoder.threads}`, models, items, summary }
}
