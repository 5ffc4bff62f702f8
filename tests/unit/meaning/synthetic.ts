import { Random } from '../../../src/meaning/layout/random.ts'
import { DIMENSIONS, type Feature } from '../../../src/meaning/types.ts'
import { combine, normalise } from '../../../src/meaning/vector.ts'

/** A unit vector in no particular direction. */
export function anyUnit(random: Random, width = DIMENSIONS): Float32Array {
  return normalise(Float64Array.from({ length: width }, () => random.normal()))
}

/** n unit vectors in groups, as texts of some themes are: each is its theme's centre and something of its own. */
export function themed(n: number, { themes = 12, own = 1.2, seed = 1, width = DIMENSIONS } = {}): Float32Array {
  const random = new Random(seed)
  const centres = Array.from({ length: themes }, () => anyUnit(random, width))
  const out = new Float32Array(n * width)
  for (let i = 0; i < n; i++) {
    out.set(normalise(combine([centres[random.below(themes)], anyUnit(random, width)], [1, own])), i * width)
  }
  return out
}

/** A feature with some spread and generous quantiles. `base` and `likeness` make it correlate with another. */
export function anyFeature(
  random: Random,
  { id = 'f', base = null as Float32Array | null, likeness = 0, kind = 'probe' as Feature['kind'], reach = 8 } = {},
): Feature {
  const fresh = anyUnit(random)
  const direction = base ? normalise(combine([base, fresh], [likeness, Math.sqrt(1 - likeness ** 2)])) : fresh
  const sigma = 0.05
  const at = (sigmas: number) => 0.01 + sigmas * sigma
  return {
    id,
    name: id,
    kind,
    poles: ['low', 'high'],
    direction,
    mean: 0.01,
    sigma,
    quantiles: {
      p01: at(-reach),
      p05: at(-1.6),
      p25: at(-0.7),
      p50: at(0),
      p75: at(0.7),
      p95: at(1.6),
      p99: at(reach),
    },
    naturalStep: 2,
    purity: 0.7,
    reliability: { auc: 0.9, shuffledAuc: 0.5, selectivity: 0.4, n: 100, split: 'made up' },
    evidence: { low: [], high: [] },
    source: 'made up',
  }
}
