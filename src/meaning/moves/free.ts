import { DIMENSIONS, type Vec3 } from '../types.ts'
import { combine, length, normalise, row } from '../vector.ts'

/** Nodes under the kernel: enough to average out single passages, few enough to stay local. */
const REACH = 12

/**
 * With a gain of 1 even a perfect inverter travels about half the way asked; a free search for the gain loses the
 * source. So the default is twice the difference, and the movement never leaves e by more than a chord of 1 (60°).
 */
const GAIN = 2
const MOST_GAIN = 3
const LONGEST = 1

export interface Kernel {
  /** Rows under the kernel and their weights, which sum to 1. */
  rows: number[]
  weights: number[]
}

/**
 * The nodes around a point of the map and how much each counts: Tukey's biweight (1 − (d/h)²)², h being the distance
 * of the first node left out. Its width follows the density, its edge is smooth: a node counts nothing at the moment
 * it enters or leaves.
 */
export function kernelAt(point: ArrayLike<number>, positions: Float32Array, reach = REACH): Kernel {
  const count = positions.length / 3
  const most = Math.min(reach + 1, count)
  const rows: number[] = []
  const squares: number[] = []
  for (let i = 0; i < count; i++) {
    const dx = positions[3 * i] - point[0]
    const dy = positions[3 * i + 1] - point[1]
    const dz = positions[3 * i + 2] - point[2]
    const square = dx * dx + dy * dy + dz * dz
    if (rows.length === most && square >= squares[most - 1]) continue
    let at = rows.length < most ? rows.length : most - 1
    for (; at > 0 && squares[at - 1] > square; at--) {
      squares[at] = squares[at - 1]
      rows[at] = rows[at - 1]
    }
    squares[at] = square
    rows[at] = i
  }
  if (!rows.length) return { rows, weights: [] }
  // With all nodes inside there is no first one left out: the edge then stands a little beyond the last.
  const edge = count > reach ? squares[most - 1] : squares[most - 1] * 1.5
  const raw = squares.map((square) => (edge > 0 ? Math.max(0, 1 - square / edge) ** 2 : 1))
  const sum = raw.reduce((total, weight) => total + weight, 0)
  // All equally far (or all in one place): the plain mean.
  return { rows, weights: raw.map((weight) => (sum > 1e-12 ? weight / sum : 1 / rows.length)) }
}

/** φ(p): the mean of nearby nodes' embeddings, not normalised. Zero in an empty map. */
export function meaningAt(point: ArrayLike<number>, positions: Float32Array, vectors: Float32Array): Float64Array {
  const { rows, weights } = kernelAt(point, positions)
  if (!rows.length) return new Float64Array(DIMENSIONS)
  return combine(
    rows.map((index) => row(vectors, index)),
    weights,
  )
}

/**
 * A free pull in the map: t = normalise(e + g·(φ(to) − φ(from))), by differences, so that what the neighbours do not
 * explain of e stays in e.
 * @param positions n×3 map coordinates of the nodes whose `vectors` (n×384) stand in the same order
 * @param gain wished factor g; at most 3, and less where it would carry t more than 60° from e
 * @returns unit vector; an exact copy of e where the two places mean the same
 */
export function freeMove(
  e: Float32Array,
  from: Vec3,
  to: Vec3,
  positions: Float32Array,
  vectors: Float32Array,
  gain = GAIN,
): Float32Array {
  const apart = combine([meaningAt(to, positions, vectors), meaningAt(from, positions, vectors)], [1, -1])
  const distance = length(apart)
  if (distance < 1e-9) return e.slice()
  return normalise(combine([e, apart], [1, Math.min(gain, MOST_GAIN, LONGEST / distance)]))
}
