import { DIMENSIONS } from './types.ts'

/**
 * Small algebra on vectors stored as float32. Sums are carried in float64 (JavaScript's own number), so that unit
 * length holds to about 1e-7 whatever the order of calls.
 */

/** Row `index` of a table of 384-wide rows, as a view (no copy). */
export function row(table: Float32Array, index: number, width = DIMENSIONS): Float32Array {
  return table.subarray(index * width, (index + 1) * width)
}

/** Σ aᵢbᵢ. Both of one length. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

export function length(a: ArrayLike<number>): number {
  return Math.sqrt(dot(a, a))
}

/** Cosine of the angle between two vectors of any length; 0 where one of them is zero. */
export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const norm = length(a) * length(b)
  return norm > 0 ? dot(a, b) / norm : 0
}

/** `a` scaled to unit length, as a new float32 vector. A zero vector stays zero. */
export function normalise(a: ArrayLike<number>): Float32Array {
  const norm = length(a)
  const out = new Float32Array(a.length)
  if (norm > 0) for (let i = 0; i < a.length; i++) out[i] = a[i] / norm
  return out
}

/** base + amount · direction, in float64, not normalised. */
export function along(base: ArrayLike<number>, direction: ArrayLike<number>, amount: number): Float64Array {
  const out = new Float64Array(base.length)
  for (let i = 0; i < out.length; i++) out[i] = base[i] + amount * direction[i]
  return out
}

export function subtract(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  return along(a, b, -1)
}

/** Σ weightᵢ · vectorᵢ in float64, not normalised. */
export function combine(vectors: ArrayLike<number>[], weights: number[]): Float64Array {
  const out = new Float64Array(vectors[0].length)
  for (let v = 0; v < vectors.length; v++) {
    const vector = vectors[v]
    const weight = weights[v]
    for (let i = 0; i < out.length; i++) out[i] += weight * vector[i]
  }
  return out
}

/** The mean of all rows of a table (not normalised); zero for an empty table. */
export function meanOf(table: Float32Array, width = DIMENSIONS): Float32Array {
  const count = table.length / width
  const sum = new Float64Array(width)
  for (let r = 0, at = 0; r < count; r++) for (let i = 0; i < width; i++) sum[i] += table[at++]
  return Float32Array.from(sum, (value) => (count ? value / count : 0))
}

/**
 * The point at `amount` of the arc from unit `a` to unit `b`: 0 = a, 1 = b; outside [0, 1] the same great circle goes
 * on. Unit length. Where a and b coincide, or are antipodes (no one arc joins them), a is returned.
 */
export function slerp(a: Float32Array, b: Float32Array, amount: number): Float32Array {
  const cos = Math.min(1, Math.max(-1, dot(a, b)))
  const across = along(b, a, -cos)
  const sin = length(across)
  if (sin < 1e-6) return a.slice()
  const angle = Math.atan2(sin, cos) * amount
  return normalise(combine([a, across], [Math.cos(angle), Math.sin(angle) / sin]))
}

export interface Basis {
  /** Orthonormal vectors, float64. */
  q: Float64Array[]
  /** For vector i of `q`: which of the given directions it came from. */
  from: number[]
  /** r[i][j] = qⱼ · direction(from[i]) for j ≤ i: the directions in terms of the basis. */
  r: number[][]
}

/**
 * Modified Gram–Schmidt, twice over (Kahan's "twice is enough"). A direction that keeps less than `least` of its
 * length outside those before it says nothing new and is left out: earlier ones win.
 */
export function orthonormal(directions: ArrayLike<number>[], least = 0.1): Basis {
  const basis: Basis = { q: [], from: [], r: [] }
  directions.forEach((direction, index) => {
    const rest = Float64Array.from(direction)
    const before = length(rest)
    for (let pass = 0; pass < 2; pass++) {
      for (const q of basis.q) {
        const share = dot(q, rest)
        for (let i = 0; i < rest.length; i++) rest[i] -= share * q[i]
      }
    }
    const after = length(rest)
    if (!(after > least * before)) return
    for (let i = 0; i < rest.length; i++) rest[i] /= after
    basis.q.push(rest)
    basis.from.push(index)
    basis.r.push(basis.q.map((q) => dot(q, direction)))
  })
  return basis
}
