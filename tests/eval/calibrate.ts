/**
 * `npx tsx tests/eval/calibrate.ts FILE...`: fits the inverter's confidence to what `npm run eval -- inverter --json`
 * wrote, and puts it with a reliability curve, and each file's summary, into models/inverter/card.json. With `--add`
 * first the fit stays, and the summaries take the place of those of the same mode, feature and amount.
 *
 * A logistic regression of "right" (see landings.ts) on the evidence of a landing; the curve comes from five-fold
 * cross-validation, whole sources kept together, so that no landing is judged by a fit which has seen it.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { type Calibration, cautious, confidence, type Landing } from '../../src/meaning/confidence.ts'
import type { Item } from './landings.ts'
import { mean, median } from './statistics.ts'

const CARD = 'models/inverter/card.json'
const NAMES = ['progress', 'cosine', 'distance', 'agreement', 'fluency'] as const
/**
 * Which way each may count. Nearly all held-out pulls are right, so by chance a fit could hold it for good to overshoot,
 * and would then praise what lies beyond anything it has seen.
 */
const SIGNS = [-1, 1, -1, 1, 1]
/** From these chances on a landing is said to be close, or near. */
const THRESHOLDS = { close: 0.7, near: 0.4 }
const FOLDS = 5
const RIDGE = 0.01

interface Example {
  landing: Landing
  right: boolean
  source: string
}

interface Written {
  machine: unknown
  models: Record<string, string>
  summary: Record<string, unknown>
  items: Item[]
}

/** The evidence as numbers, as `confidence` reads it. */
function read({ progress, cosine, distance, agreement, fluency }: Landing, typical: number): number[] {
  const held = Math.max(-8, Number.isFinite(fluency) ? fluency : typical)
  return [Math.min(2, Math.abs(1 - progress)), cosine, distance, agreement, held]
}

/** Projected gradient descent on standardised inputs, with a small ridge so that what is rare stays small. */
function logistic(examples: Example[]): Calibration {
  const spoken = examples.map(({ landing }) => landing.fluency).filter(Number.isFinite)
  const typicalFluency = spoken.length ? median(spoken) : cautious.typicalFluency
  const rows = examples.map(({ landing }) => read(landing, typicalFluency))
  const centre = NAMES.map((_, j) => mean(rows.map((row) => row[j])))
  // A constant column (the distance of places) tells nothing; its rounding must not be taken for a spread.
  const spread = NAMES.map((_, j) => {
    const deviation = Math.sqrt(mean(rows.map((row) => (row[j] - centre[j]) ** 2)))
    return deviation > 1e-9 ? deviation : 1
  })
  const inputs = rows.map((row) => row.map((value, j) => (value - centre[j]) / spread[j]))
  const weights = new Array<number>(NAMES.length).fill(0)
  let bias = 0
  for (let step = 0; step < 3000; step++) {
    const gradient = weights.map((weight) => RIDGE * weight)
    let slope = 0
    inputs.forEach((input, i) => {
      const sum = bias + input.reduce((all, value, j) => all + weights[j] * value, 0)
      const error = (1 / (1 + Math.exp(-sum)) - Number(examples[i].right)) / inputs.length
      slope += error
      for (let j = 0; j < input.length; j++) gradient[j] += error * input[j]
    })
    bias -= slope
    for (let j = 0; j < weights.length; j++) weights[j] = SIGNS[j] * Math.max(0, SIGNS[j] * (weights[j] - gradient[j]))
  }
  const scaled = weights.map((weight, j) => weight / spread[j])
  const intercept = bias - scaled.reduce((sum, weight, j) => sum + weight * centre[j], 0)
  const coefficients = { intercept, ...Object.fromEntries(NAMES.map((name, j) => [name, scaled[j]])) }
  return {
    coefficients: coefficients as Calibration['coefficients'],
    thresholds: THRESHOLDS,
    typicalFluency,
    n: examples.length,
  }
}

/** Chance by fits that have not seen the source. */
function unseen(examples: Example[]): number[] {
  const sources = [...new Set(examples.map(({ source }) => source))]
  const foldOf = new Map(sources.map((source, i) => [source, i % FOLDS]))
  const chances = new Array<number>(examples.length)
  for (let fold = 0; fold < FOLDS; fold++) {
    const fitted = logistic(examples.filter(({ source }) => foldOf.get(source) !== fold))
    examples.forEach(({ source, landing }, i) => {
      if (foldOf.get(source) === fold) chances[i] = confidence(landing, fitted).value
    })
  }
  return chances
}

const round = (value: number) => Number(value.toFixed(4))

function share(examples: Example[], chances: number[], from: number, to: number) {
  const rows = examples.flatMap(({ right }, i) =>
    chances[i] >= from && chances[i] < to ? [[Number(right), chances[i]]] : [],
  )
  return {
    from,
    to: Math.min(1, to),
    n: rows.length,
    predicted: rows.length ? round(mean(rows.map(([, chance]) => chance))) : null,
    right: rows.length ? round(mean(rows.map(([right]) => right))) : null,
  }
}

const [option, ...rest] = process.argv.slice(2)
const adds = option === '--add'
const files = (adds ? rest : [option, ...rest]).map((path) => JSON.parse(readFileSync(path, 'utf8')) as Written)
const card = JSON.parse(readFileSync(CARD, 'utf8'))
const lens = JSON.parse(readFileSync('models/lens/card.json', 'utf8'))
const shipped = { inverter: card.files['model.onnx'].sha256, lens: lens.files['lens.bin'].sha256 }
for (const { models } of files)
  if (models.inverter !== shipped.inverter || models.lens !== shipped.lens)
    throw new Error('A file comes from other weights.')
const edges = [0, 0.2, 0.4, 0.6, 0.8, 1.01]
const { close, near } = THRESHOLDS

/** The fit with its curve, and how well its words hold. */
function fit(examples: Example[]) {
  const chances = unseen(examples)
  const fitted = logistic(examples)
  const overall = mean(examples.map(({ right }) => Number(right)))
  return {
    ...fitted,
    coefficients: Object.fromEntries(Object.entries(fitted.coefficients).map(([name, value]) => [name, round(value)])),
    what: 'The chance that a landing is right, by tests/eval/landings.ts; curve and words by five-fold cross-validation.',
    curve: edges.slice(1).map((to, i) => share(examples, chances, edges[i], to)),
    words: {
      close: share(examples, chances, close, 1.01),
      near: share(examples, chances, near, close),
      'off the map': share(examples, chances, 0, near),
    },
    brier: round(mean(examples.map(({ right }, i) => (Number(right) - chances[i]) ** 2))),
    brierOfTheMean: round(mean(examples.map(({ right }) => (Number(right) - overall) ** 2))),
  }
}

const examplesOf = (place: boolean) =>
  files.flatMap(({ items }) =>
    items.flatMap(({ landing, right, source, chosen, mode }): Example[] =>
      // An unmoved text is told as such and needs no confidence.
      landing && typeof right === 'boolean' && (mode === 'invert') === place && (place || chosen !== source)
        ? [{ landing, right, source }]
        : [],
    ),
  )
if (!adds) {
  card.calibration = { pulls: fit(examplesOf(false)), places: fit(examplesOf(true)) }
  card.evaluated = { machine: files[0].machine, runs: [] }
}
for (const { items, summary, machine } of files) {
  const [{ mode, feature, sigma }] = items
  const run = {
    mode,
    ...(feature ? { feature, sigma: mode === 'slider' ? null : sigma } : {}),
    n: items.length,
    ...summary,
    ...(JSON.stringify(machine) === JSON.stringify(card.evaluated.machine) ? {} : { machine }),
  }
  const isSame = (one: typeof run) => one.mode === mode && one.feature === feature && one.sigma === run.sigma
  const same = adds ? card.evaluated.runs.findIndex(isSame) : -1
  card.evaluated.runs.splice(same < 0 ? card.evaluated.runs.length : same, Number(same >= 0), run)
}
writeFileSync(CARD, `${JSON.stringify(card, null, 1)}\n`)
if (!adds) console.log(card.calibration)
