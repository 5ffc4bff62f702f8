import type { Vec3 } from '../meaning/types.ts'

const weights: number[] = [0, 0, 0, 0]

/**
 * How much each anchor counts at (u, v) of the sheet: bilinear over four corners (in the order they were chosen, around),
 * or over three, where the whole edge v = 1 is the third anchor. They sum to 1. The array is used again by the next call.
 */
export function weightsAt(u: number, v: number, anchors: number): readonly number[] {
  weights.length = anchors
  weights[0] = (1 - u) * (1 - v)
  weights[1] = u * (1 - v)
  if (anchors === 4) {
    weights[2] = u * v
    weights[3] = (1 - u) * v
  } else weights[2] = v
  return weights
}

/** Along each side of the sheet this many steps can be told apart: a sentence is asked for once at each knot. */
export const KNOTS = 12

/**
 * The weights of the knot nearest to (u, v); the corners are knots. Over three anchors the knots lie on a triangle's
 * grid, so that they do not crowd at the third. The array is used again by the next call.
 */
export function knotAt(u: number, v: number, anchors: number): readonly number[] {
  const down = Math.round(v * KNOTS)
  if (anchors === 4) return weightsAt(Math.round(u * KNOTS) / KNOTS, down / KNOTS, 4)
  const left = KNOTS - down
  const right = Math.min(left, Math.round(u * (1 - v) * KNOTS))
  weights.length = 3
  weights[0] = (left - right) / KNOTS
  weights[1] = right / KNOTS
  weights[2] = down / KNOTS
  return weights
}

/** The place between nodes: of `rows` in `places` (n×3), as much of each as its weight says; written into `into`. */
export function placeBetween(
  places: Float32Array,
  rows: readonly number[],
  weights: readonly number[],
  into: Vec3 = [0, 0, 0],
): Vec3 {
  into.fill(0)
  for (let i = 0; i < rows.length; i++) {
    for (let k = 0; k < 3; k++) into[k] += weights[i] * places[rows[i] * 3 + k]
  }
  return into
}
