import { DIMENSIONS, type MapLayout, type Vec3 } from '../types.ts'
import { dot, row } from '../vector.ts'
import { memberships } from './graph.ts'

/** Neighbours a place is the mean of. */
const AROUND = 15

/**
 * Where a vector would stand in the map: the mean of its true neighbours' places, each counting by UMAP's membership
 * strength. A passage of the map put through this does not land exactly where it stands; draw a landing at
 * p + place(landing) − place(source).
 * @param vectors n×384 of the map's passages
 */
export function placeByNeighbours(
  vectors: Float32Array,
  { positions }: Pick<MapLayout, 'positions'>,
  vector: Float32Array,
): Vec3 {
  const n = positions.length / 3
  const count = Math.min(AROUND, n)
  if (!count) return [0, 0, 0]
  const indices = new Uint32Array(count)
  const cosines = new Float32Array(count).fill(-2)
  for (let i = 0; i < n; i++) {
    const near = dot(vector, row(vectors, i, DIMENSIONS))
    if (!(near > cosines[count - 1])) continue
    let at = count - 1
    for (; at > 0 && cosines[at - 1] < near; at--) {
      cosines[at] = cosines[at - 1]
      indices[at] = indices[at - 1]
    }
    cosines[at] = near
    indices[at] = i
  }
  return weightedPlace(positions, indices, memberships({ k: count, indices, cosines }, count + 1).strengths)
}

/** The mean of some rows' places under weights that need not sum to 1. */
export function weightedPlace(positions: Float32Array, rows: ArrayLike<number>, weights: ArrayLike<number>): Vec3 {
  const out: Vec3 = [0, 0, 0]
  let total = 0
  for (let i = 0; i < rows.length; i++) {
    total += weights[i]
    for (let axis = 0; axis < 3; axis++) out[axis] += weights[i] * positions[3 * rows[i] + axis]
  }
  return total > 0 ? [out[0] / total, out[1] / total, out[2] / total] : out
}
