import { areaUnderCurve, quantile } from '../../src/meaning/features.ts'
import type { Feature } from '../../src/meaning/types.ts'
import { dot, length, row, subtract } from '../../src/meaning/vector.ts'
import type { Judge } from './judges.ts'
import type { FeaturesCard } from './kind.ts'
import { mean } from './statistics.ts'

/** One labelled text. */
export interface Heldout {
  feature: string
  /** 'test', or 'elsewhere': from a source that the direction never saw. */
  set: string
  /** 0: of the low pole, 1: of the high one. */
  label: 0 | 1
  /** What both sides of a rewrite share; null where the texts are no rewrites. */
  pair: number | null
  text: string
  /** The text's row among the vectors. */
  row: number
}

/**
 * What the labels say of a feature: auc and n of the test set, elsewhereAuc and elsewhereN, judge (accuracy), and
 * naturalStep (σ) and purity where the test set holds rewrites; and the same figures as the card gives them.
 */
export interface Figures {
  measured: Record<string, number>
  card: Record<string, number>
}

/** An entry of the card, as far as it is compared. */
interface Entry {
  id: string
  naturalStep: number
  purity: number
  steps: { repeatable: boolean }
  reliability: { auc: number; n: number; elsewhere?: { auc: number; n: number } }
  judge: { accuracy: number }
}

/** Two vectors: before and after, or of the low and of the high end. */
type Pair = [low: Float32Array, high: Float32Array]

const median = (values: number[]) => quantile(Float64Array.from(values).sort(), 0.5)

/** Figures of every feature that the examples name, as models/training/feature_measure.py takes them. */
export function heldoutFigures(
  examples: Heldout[],
  vectors: Float32Array,
  features: Feature[],
  card: FeaturesCard,
  judges: Map<string, Judge>,
): Record<string, Figures> {
  const out: Record<string, Figures> = {}
  for (const feature of features) {
    const own = examples.filter(({ feature: id }) => id === feature.id)
    if (!own.length) continue
    const entry = (card.features as Entry[]).find(({ id }) => id === feature.id)!
    const test = own.filter(({ set }) => set === 'test')
    const elsewhere = own.filter(({ set }) => set === 'elsewhere')
    const auc = (group: Heldout[]) =>
      areaUnderCurve(
        group.map((one) => dot(feature.direction, row(vectors, one.row))),
        group.map(({ label }) => label === 1),
      )
    const measured: Record<string, number> = {
      ...(bothEnds(test) ? { auc: auc(test), n: test.length, judge: accuracy(test, judges.get(feature.id)!) } : {}),
      ...(bothEnds(elsewhere) ? { elsewhereAuc: auc(elsewhere), elsewhereN: elsewhere.length } : {}),
      ...(bothEnds(test) ? stepFigures(test, vectors, feature, entry.steps.repeatable) : {}),
    }
    out[feature.id] = { measured, card: promised(entry, measured) }
  }
  return out
}

const bothEnds = (group: Heldout[]) => [0, 1].every((end) => group.some(({ label }) => label === end))

/** The mean of both ends' accuracies. */
function accuracy(group: Heldout[], judge: Judge): number {
  const right = (end: number) =>
    mean(group.filter(({ label }) => label === end).map(({ text }) => Number(judge(text) > 0 === (end === 1))))
  return (right(0) + right(1)) / 2
}

/**
 * How rewrites move along the direction. Where a feature has none anywhere, its card takes half of what parts the two
 * ends for a step, and the purity over texts side by side (`repeatable` says whether the card's figures are of this set).
 */
function stepFigures(
  test: Heldout[],
  vectors: Float32Array,
  feature: Feature,
  repeatable: boolean,
): Record<string, number> {
  const { direction, sigma } = feature
  const ends = [0, 1].map((end) => test.filter(({ label }) => label === end))
  const vector = (one: Heldout) => row(vectors, one.row)
  const highs = new Map(ends[1].map((one) => [one.pair, one]))
  const rewrites = ends[0].flatMap((low): Pair[] => {
    const high = low.pair === null ? undefined : highs.get(low.pair)
    return high ? [[vector(low), vector(high)]] : []
  })
  if (!rewrites.length && !repeatable) return {}
  const side = Math.min(ends[0].length, ends[1].length)
  const pairs = rewrites.length
    ? rewrites
    : Array.from({ length: side }, (_, i): Pair => [vector(ends[0][i]), vector(ends[1][i])])
  const moved = pairs.map(([low, high]) => subtract(high, low))
  const along = moved.map((delta) => dot(delta, direction))
  const [low, high] = ends.map((end) => mean(end.map((one) => dot(direction, vector(one)))))
  return {
    naturalStep: rewrites.length ? median(along) / sigma : (high - low) / sigma / 2,
    purity: median(along.map((value, i) => value / Math.max(length(moved[i]), 1e-9))),
  }
}

/** The card's own figures, where they are of the same texts. */
function promised({ reliability, judge, naturalStep, purity, steps }: Entry, measured: Record<string, number>) {
  const { auc, n, elsewhere } = reliability
  const same = n === measured.n
  return {
    ...(same ? { auc, judge: judge.accuracy } : {}),
    ...(elsewhere && elsewhere.n === measured.elsewhereN ? { elsewhereAuc: elsewhere.auc } : {}),
    ...(same && steps.repeatable ? { naturalStep, purity } : {}),
  }
}

/** For each figure, the largest difference between what was measured and what the cards say. */
export function largestDifferences(heldout: Record<string, Figures>): Record<string, number> {
  const out: Record<string, number> = {}
  for (const { measured, card } of Object.values(heldout)) {
    for (const [name, value] of Object.entries(card)) {
      out[name] = Math.max(out[name] ?? 0, Number(Math.abs(measured[name] - value).toFixed(6)))
    }
  }
  return out
}
