import { combine, dot, length, normalise, slerp } from '../vector.ts'

/** Stretching further than this (radians, 40°) leaves the region where text is found. */
export const MOST_STRETCH = 0.7

/** How far a blend may go beyond its ends, as a share of the arc between them. */
export const BEYOND = 0.5

/**
 * Amplify what sets a passage apart from its document: along the arc from the document's mean direction through e, on
 * beyond e by `angle` radians (negative: back towards the mean, never past it).
 * @param mean the document's mean embedding, of any length
 * @returns unit vector; an exact copy of e for angle 0, or where e is the mean itself
 */
export function stretch(e: Float32Array, mean: ArrayLike<number>, angle: number): Float32Array {
  const centre = normalise(mean)
  const cos = dot(centre, e)
  const away = combine([e, centre], [cos, -1])
  const sin = length(away)
  if (angle === 0 || sin < 1e-6) return e.slice()
  const turn = Math.min(MOST_STRETCH, Math.max(-Math.atan2(sin, cos), -MOST_STRETCH, angle))
  return normalise(combine([e, away], [Math.cos(turn), Math.sin(turn) / sin]))
}

/**
 * Between two passages, or beyond: 0 = a, 1 = b, both exact; outside [0, 1] the difference is exaggerated, by at most
 * half the arc.
 */
export function blend(a: Float32Array, b: Float32Array, amount: number): Float32Array {
  const share = Math.min(1 + BEYOND, Math.max(-BEYOND, amount))
  if (share === 0) return a.slice()
  if (share === 1) return b.slice()
  return slerp(a, b, share)
}

/**
 * A point on the sheet through 3–4 anchors: their weighted mean, back on the sphere. A corner is that anchor exactly.
 * @param weights one for each anchor, summing to 1
 */
export function slice(anchors: Float32Array[], weights: number[]): Float32Array {
  const corner = weights.indexOf(1)
  if (corner >= 0 && weights.every((weight, i) => i === corner || weight === 0)) return anchors[corner].slice()
  const mean = normalise(combine(anchors, weights))
  return length(mean) > 0 ? mean : anchors[0].slice()
}

/** Weights of four anchors (corners in turn) at (u, v) in the unit square; held inside. */
export function bilinear(u: number, v: number): number[] {
  const x = Math.min(1, Math.max(0, u))
  const y = Math.min(1, Math.max(0, v))
  return [(1 - x) * (1 - y), x * (1 - y), x * y, (1 - x) * y]
}
