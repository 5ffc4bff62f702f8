import { DIMENSIONS, type Feature, type FeatureKind, type Quantiles } from './types.ts'
import { along, dot, length, meanOf, normalise, row } from './vector.ts'

/** An entry of `models/features/card.json`; the direction stands in `features.f32`, in the card's order. */
interface FeatureEntry extends Omit<Feature, 'direction' | 'poles' | 'kind'> {
  kind?: FeatureKind
  poles: string[]
}

/**
 * Activations of n vectors on F features: n×F, row by row, in σ: (d·e − μ)/σ.
 */
export function activations(vectors: Float32Array, features: Feature[]): Float32Array {
  const n = vectors.length / DIMENSIONS
  const out = new Float32Array(n * features.length)
  features.forEach(({ direction, mean, sigma }, f) => {
    for (let i = 0; i < n; i++) {
      out[i * features.length + f] = (dot(direction, row(vectors, i)) - mean) / sigma
    }
  })
  return out
}

/** One vector's activation on one feature, in σ. */
export function activation(vector: ArrayLike<number>, feature: Feature): number {
  return (dot(feature.direction, vector) - feature.mean) / feature.sigma
}

/**
 * The card and the directions of `models/features` as features.
 * @throws Error in plain words where the two do not belong together.
 */
export function parseFeatures(card: unknown, bytes: Uint8Array): Feature[] {
  const entries = (card as { features?: FeatureEntry[] } | null)?.features
  if (!Array.isArray(entries)) throw new Error('The card of the features lists none.')
  const table = readFloats(bytes)
  if (table.length !== entries.length * DIMENSIONS) {
    throw new Error(`The features' card names ${entries.length}, but their file holds ${table.length / DIMENSIONS}.`)
  }
  return entries.map((entry, i) => {
    const direction = row(table, i).slice()
    if (Math.abs(length(direction) - 1) > 1e-3 || !(entry.sigma > 0)) {
      throw new Error(`The feature "${entry.name}" has no usable direction or spread.`)
    }
    return {
      ...entry,
      kind: entry.kind ?? 'probe',
      poles: [entry.poles[0] ?? 'less', entry.poles[1] ?? 'more'],
      direction,
    }
  })
}

/** Little-endian float32 from bytes at any alignment. */
export function readFloats(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const out = new Float32Array(Math.floor(bytes.byteLength / 4))
  for (let i = 0; i < out.length; i++) out[i] = view.getFloat32(4 * i, true)
  return out
}

/** Mean, spread and quantiles of the projections d·e of a table of vectors: what makes a direction readable in σ. */
export function calibrate(
  direction: Float32Array,
  vectors: Float32Array,
): Pick<Feature, 'mean' | 'sigma' | 'quantiles'> {
  const n = vectors.length / DIMENSIONS
  if (n < 2) throw new Error('A feature needs at least two texts to be measured against.')
  const values = Float64Array.from({ length: n }, (_, i) => dot(direction, row(vectors, i))).sort()
  let sum = 0
  for (const value of values) sum += value
  const mean = sum / n
  let squares = 0
  for (const value of values) squares += (value - mean) ** 2
  const at = (share: number) => quantile(values, share)
  const quantiles: Quantiles = {
    p01: at(0.01),
    p05: at(0.05),
    p25: at(0.25),
    p50: at(0.5),
    p75: at(0.75),
    p95: at(0.95),
    p99: at(0.99),
  }
  return { mean, sigma: Math.max(1e-6, Math.sqrt(squares / (n - 1))), quantiles }
}

/** Quantile by linear interpolation between order statistics (Hyndman and Fan's type 7). `sorted` ascends. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const at = (sorted.length - 1) * share
  const low = Math.floor(at)
  const high = Math.min(sorted.length - 1, low + 1)
  return sorted[low] + (at - low) * (sorted[high] - sorted[low])
}

/**
 * Area under the ROC curve: the chance that a positive scores above a negative (ties count half). 0.5 where one group
 * is empty. Mann and Whitney's U over the rank sum.
 */
export function areaUnderCurve(scores: ArrayLike<number>, positive: ArrayLike<boolean>): number {
  const order = Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[a] - scores[b])
  let rankSum = 0
  let positives = 0
  for (let i = 0; i < order.length; ) {
    let end = i
    while (end < order.length && scores[order[end]] === scores[order[i]]) end++
    const rank = (i + 1 + end) / 2
    for (; i < end; i++) {
      if (!positive[order[i]]) continue
      rankSum += rank
      positives++
    }
  }
  const negatives = order.length - positives
  return positives && negatives ? (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives) : 0.5
}

export interface ContrastInput {
  id: string
  name: string
  poles: [string, string]
  /** n×384 of the texts at either end; at least one each. */
  low: Float32Array
  high: Float32Array
  lowTexts: string[]
  highTexts: string[]
  /** What the feature is calibrated over: the project's own vectors, and the encoder's reference vectors if few. */
  reference: Float32Array
}

/**
 * A feature of the person's own, from examples of its two ends: d is the difference of the groups' means, made unit.
 * Its reliability is measured by leaving one example out at a time (with one example an end nothing can be measured,
 * and it says so: AUC .5, n as it is).
 * @throws Error where the ends mean the same.
 */
export function contrastFeature(input: ContrastInput): Feature {
  const { id, name, poles, low, high, reference } = input
  const lows = low.length / DIMENSIONS
  const highs = high.length / DIMENSIONS
  if (!lows || !highs) throw new Error('A contrast needs at least one example at either end.')
  const difference = along(meanOf(high), meanOf(low), -1)
  if (length(difference) < 1e-3) throw new Error('The two ends of this contrast mean the same; choose other examples.')
  const direction = normalise(difference)
  const calibration = calibrate(direction, reference)
  // What the examples themselves stand apart along d: as pairs of one passage they would be the natural step, as
  // unlike passages they overstate it; half, within the range where moves stay near real text, is a careful default.
  const apart = length(difference) / calibration.sigma
  return {
    id,
    name,
    kind: 'contrast',
    poles,
    direction,
    ...calibration,
    naturalStep: Math.min(4, Math.max(0.5, apart / 2)),
    purity: pairPurity(low, high, direction),
    reliability: leaveOneOut(low, high),
    evidence: { low: input.lowTexts.slice(0, 5), high: input.highTexts.slice(0, 5) },
    source: 'made by you, from the examples shown',
  }
}

/** Median cos(high − low, d) over all pairs of ends: how much of the difference of single examples is this feature. */
function pairPurity(low: Float32Array, high: Float32Array, direction: Float32Array): number {
  const values: number[] = []
  for (let i = 0; i < low.length / DIMENSIONS; i++) {
    for (let j = 0; j < high.length / DIMENSIONS; j++) {
      const apart = along(row(high, j), row(low, i), -1)
      const norm = length(apart)
      if (norm > 0) values.push(dot(apart, direction) / norm)
    }
  }
  return values.length
    ? quantile(
        values.sort((a, b) => a - b),
        0.5,
      )
    : 0
}

/** Each example is scored by the direction made without it. Selectivity = AUC − .5 (no shuffled control at these n). */
function leaveOneOut(low: Float32Array, high: Float32Array): Feature['reliability'] {
  const lows = low.length / DIMENSIONS
  const highs = high.length / DIMENSIONS
  const n = lows + highs
  const split = 'leave one out'
  if (lows < 2 || highs < 2) return { auc: 0.5, shuffledAuc: 0.5, selectivity: 0, n, split: 'too few examples' }
  const means = [meanOf(low), meanOf(high)]
  const scores: number[] = []
  const positive: boolean[] = []
  for (const [side, table, count] of [
    [0, low, lows],
    [1, high, highs],
  ] as const) {
    for (let i = 0; i < count; i++) {
      const vector = row(table, i)
      // The group's mean without this one, and the direction and midpoint that follow from it.
      const without = along(means[side], vector, -1 / count).map((value) => (value * count) / (count - 1))
      const [lowMean, highMean] = side ? [means[0], without] : [without, means[1]]
      const direction = normalise(along(highMean, lowMean, -1))
      scores.push(dot(direction, vector) - (dot(direction, lowMean) + dot(direction, highMean)) / 2)
      positive.push(side === 1)
    }
  }
  const auc = areaUnderCurve(scores, positive)
  return { auc, shuffledAuc: 0.5, selectivity: auc - 0.5, n, split }
}
