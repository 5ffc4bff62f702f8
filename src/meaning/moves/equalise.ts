import { activation } from '../features.ts'
import { along, normalise } from '../vector.ts'
import { type Asked, translate } from './translate.ts'

/** A learned feature's activation is at most multiplied by this. */
const MOST_FACTOR = 4

/**
 * Feature gains on one passage of the span. Probes and contrasts gain σ as in a translation; a learned feature's
 * (non-negative) activation is multiplied: one σ of gain doubles it, −1 σ halves it. Both by differences, so that what
 * the features do not explain of e never enters the text.
 * @returns unit vector; an exact copy of e where nothing changes
 */
export function equalise(e: Float32Array, gains: Asked[]): Float32Array {
  const moved = translate(
    e,
    gains.filter(({ feature }) => feature.kind !== 'learned'),
  )
  let sum: Float32Array | Float64Array = moved
  for (const { feature, sigma } of gains) {
    if (feature.kind !== 'learned') continue
    const active = Math.max(0, activation(e, feature)) * feature.sigma
    const change = (Math.min(MOST_FACTOR, 2 ** sigma) - 1) * active
    if (change !== 0) sum = along(sum, feature.direction, change)
  }
  return sum === moved ? moved : normalise(sum)
}
