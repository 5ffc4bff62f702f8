import { extendLayout, umapLayout } from '../../src/meaning/layout/index.ts'
import { type LayoutParameters, mapSteps, type Settled } from '../../src/meaning/layout/umap.ts'
import { mapQuality } from '../../src/meaning/quality.ts'
import { DIMENSIONS } from '../../src/meaning/types.ts'
import { number, type Options, openModel, type Run, whole } from './kind.ts'

export const options = ['neighbours', 'min-dist', 'epochs', 'seed', 'later']

const seconds = (since: number) => (performance.now() - since) / 1000

/**
 * items: {text, position: [x, y, z], trust}; `quality` {trustworthiness, continuity} and `parameters` at the top.
 * --neighbours 15, --min-dist 0.1, --epochs N, --seed 1 as in `LayoutParameters`. --later N: the last N lines come into
 * a map that stands without them (`later: true` on their items), beside a fresh map of all.
 */
export const run: Run = async (lines, given) => {
  const parameters = layoutParameters(given)
  const later = whole(given, 'later', 0, 0)
  if (later >= lines.length) throw new Error(`--later ${later} leaves no line of ${lines.length} to make a map of.`)
  const model = openModel(given)
  const { backend, threads, sha256, name } = await model.load('encoder')
  let started = performance.now()
  const { vectors } = await model.embed(lines)
  const embedSeconds = seconds(started)
  const held = lines.length - later
  const { map: base, ...timing } = timed(vectors.subarray(0, held * DIMENSIONS), parameters)
  started = performance.now()
  const map = later ? extendLayout(base, held, vectors, parameters) : base
  const laterSeconds = later ? { laterSeconds: seconds(started) } : {}
  started = performance.now()
  const { perPassage, trustworthiness, continuity } = mapQuality(vectors, map.positions, neighboursOf(map))
  const qualitySeconds = seconds(started)
  const extension = later ? compared(base, map, vectors, held, parameters) : {}
  return {
    backend: `${backend} × ${threads}, map over typed arrays`,
    models: { [name]: sha256 },
    quality: { trustworthiness, continuity },
    parameters: map.parameters,
    items: lines.map((text, i) => ({
      text,
      position: Array.from(map.positions.subarray(3 * i, 3 * i + 3)),
      trust: perPassage[i],
      ...(i >= held ? { later: true } : {}),
    })),
    summary: {
      ...{ trustworthiness, continuity, method: map.parameters.method },
      ...{ embedSeconds, ...timing, ...laterSeconds, qualitySeconds, ...extension },
    },
  }
}

function layoutParameters(given: Options): LayoutParameters {
  const minDist = number(given, 'min-dist', 0.1)
  if (!(minDist >= 0 && minDist <= 1)) throw new Error('--min-dist wants a number from 0 to 1.')
  return {
    neighbours: whole(given, 'neighbours', 15, 2),
    minDist,
    seed: whole(given, 'seed', 1, 0),
    ...(given.epochs === undefined ? {} : { epochs: whole(given, 'epochs', 0) }),
  }
}

/** The map, and how long its first view (principal components) and the whole of it took. */
function timed(vectors: Float32Array, parameters: LayoutParameters) {
  const started = performance.now()
  const steps = mapSteps(vectors, parameters)
  let principalMs: number | undefined
  for (;;) {
    const { done, value } = steps.next()
    principalMs ??= performance.now() - started
    if (done) return { map: value, principalMs, mapSeconds: seconds(started) }
  }
}

/** The quality needs no cosines. */
const neighboursOf = ({ neighbours: indices, k }: Settled) => ({ indices, k, cosines: new Float32Array(0) })

/** What came later beside a fresh map of everything: trust of the new rows, and how far the old ones went. */
function compared(base: Settled, map: Settled, vectors: Float32Array, held: number, parameters: LayoutParameters) {
  const fresh = umapLayout(vectors, parameters)
  const rows = Uint32Array.from({ length: map.positions.length / 3 - held }, (_, i) => held + i)
  const trust = ({ positions }: Settled) => mapQuality(vectors, positions, neighboursOf(map), { rows }).trustworthiness
  let oldMoved = 0
  base.positions.forEach((value, i) => {
    oldMoved = Math.max(oldMoved, Math.abs(map.positions[i] - value))
  })
  return { laterTrustworthiness: trust(map), freshTrustworthiness: trust(fresh), oldMoved }
}
