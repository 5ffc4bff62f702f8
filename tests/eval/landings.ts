import type { Landing } from '../../src/meaning/confidence.ts'
import { mayNegate, negations } from '../../src/meaning/moves.ts'
import { dot, row } from '../../src/meaning/vector.ts'
import type { Model } from '../../src/model/core.ts'
import { bleu, tokenF1 } from './bleu.ts'
import type { Judge } from './judges.ts'
import { bigrams } from './ngram.ts'
import { interval, mean, median, spearman } from './statistics.ts'
import type { Task } from './tasks.ts'

/** What became of one task. */
export interface Item {
  source: string
  mode: string
  chosen: string | null
  cosine: number
  confidence: number
  ms: number
  sigma?: number
  asked?: number
  achieved?: number
  progress?: number
  kept?: number
  landing?: Landing
  right?: boolean | null
  [more: string]: unknown
}

/** A judge's log-odds of 4: it is at least 80 % sure. */
const SURE = Math.log(4)

/** The judge is sure that the source lies on the side the pull comes from. */
const opposite = ({ source, sigma }: Task, judge: Judge): boolean => Math.sign(sigma!) * judge(source) <= -SURE

/**
 * Whether a text is right by what the inverter never saw: nearer in wording to the reference rewrite and nearly it;
 * else flipped in the eyes of the judge, with at least half of the source's words and no "not" come or gone; for an inversion most of the words.
 * @returns null where nothing can say
 */
export function isRight(task: Task, chosen: string, judge?: Judge): boolean | null {
  const { source, from, reference, sigma } = task
  if (!from) return tokenF1(chosen, source) >= 0.6
  if (reference) {
    const now = tokenF1(chosen, reference)
    return now > tokenF1(source, reference) && now >= 0.8
  }
  if (!judge || !sigma || !opposite(task, judge)) return null
  if (!mayNegate(task.move) && negations(chosen) !== negations(source)) return false
  return Math.sign(sigma) * judge(chosen) > 0 && tokenF1(chosen, source) >= 0.5
}

/** What the summary is made with. */
interface Means {
  judge?: Judge
  corpus: string[] | null
  model: Model
}

/** Figures over all items, with 95 % intervals of the chief ones, each beside what plain baselines would score. */
export async function summarise(tasks: Task[], items: Item[], means: Means): Promise<Record<string, unknown>> {
  const summary: Record<string, unknown> = { failed: items.filter(({ chosen }) => chosen === null).length }
  const intervals: Record<string, [number, number]> = {}
  const tell = (name: string, values: number[], statistic = mean) => {
    if (!values.length) return
    summary[name] = statistic(values)
    intervals[name] = interval(values, statistic)
  }
  const chosen = items.map((item) => item.chosen ?? '')
  const sources = tasks.map(({ source }) => source)
  const nearest = means.corpus ? await nearestLines(tasks, means.corpus, means.model) : null
  tell(
    'cosine',
    items.map(({ cosine }) => cosine),
  )
  const [task] = tasks
  if (task.from) {
    tell(
      'progressMedian',
      items.map(({ progress }) => progress ?? 0),
      median,
    )
    tell(
      'kept',
      items.map(({ kept }) => kept ?? 1),
    )
    summary.unchanged = mean(items.map(({ source }, i) => Number(chosen[i] === source)))
    summary.copyCosine = mean(tasks.map(({ asked, from }) => dot(asked, from!)))
    summary.selfBleu = bleu(chosen, sources)
  }
  if (nearest) summary.nearestCosine = mean(nearest.map(({ cosine }) => cosine))
  const pulled = items.filter(({ asked }) => asked !== undefined && Math.abs(asked) > 0.05)
  const shares = pulled.map(({ asked, achieved }) => achieved! / asked!)
  tell('achievedOfAskedMedian', shares, median)
  if (shares.length) summary.atLeastHalf = mean(shares.map((share) => Number(share >= 0.5)))
  if (task.reference !== undefined) wording(tasks, chosen, sources, nearest, summary, tell)
  if (means.judge && items[0].mode === 'slider') slider(tasks, chosen, means.judge, tell)
  else if (means.judge) flips(tasks, chosen, means.judge, nearest, summary, tell)
  if (task.other) await blends(tasks, items, means.model, tell)
  if (means.corpus) {
    const perplexity = bigrams(means.corpus)
    const typical = (texts: string[]) => median(texts.map(perplexity).filter(Number.isFinite))
    Object.assign(summary, { perplexityMedian: typical(chosen), perplexityOfSources: typical(sources) })
  }
  tell(
    'right',
    items.flatMap(({ right }) => (typeof right === 'boolean' ? [Number(right)] : [])),
  )
  summary.firstMsMedian = median(items.map(({ firstMs, ms }) => (firstMs as number) ?? ms))
  summary.msMedian = median(items.map(({ ms }) => ms))
  return { ...summary, intervals }
}

type Tell = (name: string, values: number[], statistic?: (values: number[]) => number) => void
type Nearest = { cosine: number; line: string }[] | null

/** Against the reference rewrites; beside them the unchanged source and the corpus' nearest line. */
function wording(
  tasks: Task[],
  chosen: string[],
  sources: string[],
  nearest: Nearest,
  summary: Record<string, unknown>,
  tell: Tell,
): void {
  const wanted = tasks.map(({ reference }) => reference ?? '')
  const f1 = (texts: string[]) => texts.map((text, i) => tokenF1(text, wanted[i]))
  tell('tokenF1', f1(chosen))
  tell(
    'exact',
    wanted.map((reference, i) => Number(chosen[i] === reference)),
  )
  const lower = (texts: string[]) => texts.map((text) => text.toLowerCase())
  summary.bleu = bleu(chosen, wanted)
  summary.bleuUncased = bleu(lower(chosen), lower(wanted))
  if (tasks[0].from) Object.assign(summary, { copyTokenF1: mean(f1(sources)), copyBleu: bleu(sources, wanted) })
  if (!nearest) return
  const lines = nearest.map(({ line }) => line)
  Object.assign(summary, { nearestTokenF1: mean(f1(lines)), nearestBleu: bleu(lines, wanted) })
}

/** Of the sources that the judge is sure of: which texts it now puts on the other side. */
function flips(
  tasks: Task[],
  chosen: string[],
  judge: Judge,
  nearest: Nearest,
  summary: Record<string, unknown>,
  tell: Tell,
): void {
  const sure = tasks.flatMap((task, i) => (opposite(task, judge) ? [i] : []))
  summary.judged = sure.length
  if (!sure.length) return
  const over = (text: (i: number) => string) => sure.map((i) => Number(Math.sign(tasks[i].sigma!) * judge(text(i)) > 0))
  tell(
    'flips',
    over((i) => chosen[i]),
  )
  if (tasks[0].reference !== undefined) summary.flipsOfRuleEdits = mean(over((i) => tasks[i].reference ?? ''))
  if (nearest) summary.flipsOfNearest = mean(over((i) => nearest[i].line))
}

/** Rank correlation of the slider with the judge, over all texts and within each source. */
function slider(tasks: Task[], chosen: string[], judge: Judge, tell: Tell): void {
  const groups = new Map<string, number[]>()
  tasks.forEach(({ source }, i) => {
    groups.set(source, [...(groups.get(source) ?? []), i])
  })
  const within = (rows: number[]) =>
    spearman(
      rows.map((i) => tasks[i].sigma!),
      rows.map((i) => judge(chosen[i])),
    )
  tell('spearmanWithin', [...groups.values()].map(within))
  tell(
    'spearman',
    tasks.map((_, i) => i),
    within,
  )
}

/** A blend is worth something where it is nearer to the middle than both ends and "A and B", and not long. */
async function blends(tasks: Task[], items: Item[], model: Model, tell: Tell): Promise<void> {
  const joined = tasks.map(({ source, other }) => `${source} and ${other!.text}`)
  const { vectors } = await model.embed(joined)
  const words = (text: string) => text.split(/\s+/).length
  const beyond = tasks.map(({ asked, from, other }, i) =>
    Math.max(dot(asked, from!), dot(asked, other!.vector), dot(asked, row(vectors, i))),
  )
  const short = tasks.map(
    ({ source, other }, i) => words(items[i].chosen ?? '') <= 1.3 * Math.max(words(source), words(other!.text)),
  )
  tell(
    'blends',
    items.map(({ cosine }, i) => Number(cosine > beyond[i] && short[i])),
  )
  tell('bestBaselineCosine', beyond)
}

/** The corpus' line nearest to each asked place. */
async function nearestLines(tasks: Task[], lines: string[], model: Model) {
  const { vectors } = await model.embed(lines)
  return tasks.map(({ asked, source }) => {
    let best = -1
    let at = 0
    lines.forEach((line, i) => {
      const cosine = line === source ? -1 : dot(asked, row(vectors, i))
      if (cosine > best) [best, at] = [cosine, i]
    })
    return { cosine: best, line: lines[at] }
  })
}
