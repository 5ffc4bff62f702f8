import type { Feature } from '../types.ts'
import { combine, dot, length, normalise, orthonormal } from '../vector.ts'

export interface Asked {
  feature: Feature
  /** Change of its activation, in σ; may be negative. */
  sigma: number
}

/** The part of t inside the features' span may not crowd out the passage itself: ‖c‖ ≤ this, of 1. */
const SPAN_LIMIT = 0.95

/**
 * The activation change that may be asked of a feature, in σ, from where the vector stands: no further than the
 * corpus' 99th (1st) percentile. A vector already beyond it is not pulled back.
 */
export function capped({ feature, sigma }: Asked, e: ArrayLike<number>): number {
  const now = dot(feature.direction, e)
  const { p01, p99 } = feature.quantiles
  const wanted = now + sigma * feature.sigma
  const reached = sigma > 0 ? Math.min(wanted, Math.max(p99, now)) : Math.max(wanted, Math.min(p01, now))
  return (reached - now) / feature.sigma
}

/**
 * Pull a unit vector by named features while others are held: +2 σ asked reads +2 σ.
 *
 * D = the directions asked for or held, Q an orthonormal basis of their span, r the part of e outside it. c solves
 * Dᵀ(Qc) = the activations asked, and t = Qc + √(1 − ‖c‖²)·r/‖r‖: correlated features do not drag each other along,
 * and putting t back on the sphere does not eat the movement. With D = QR (Gram–Schmidt) Rᵀc = a is solved by
 * substitution. A held direction all but contained in those before it is left out; what is asked for wins. Where the
 * wish does not fit on the sphere, the largest share of it that does is taken.
 *
 * @param e unit vector; returned as an exact copy where nothing is asked
 * @param asked changes in σ, capped at the corpus' 99th percentile
 * @param held features whose activation must not change
 * @returns unit vector
 */
export function translate(e: Float32Array, asked: Asked[], held: Feature[] = []): Float32Array {
  const wishes = asked
    .map((one) => ({ feature: one.feature, sigma: capped(one, e) }))
    .filter(({ sigma }) => sigma !== 0)
  if (!wishes.length) return e.slice()
  const pulled = new Set(wishes.map(({ feature }) => feature.id))
  // What was asked for but has no room left, or was asked by nothing, stays where it is as well.
  const named = [...asked.map(({ feature }) => feature), ...held]
  const still = named.filter(({ id }) => !pulled.has(id)).map((feature) => ({ feature, sigma: 0 }))
  return reach(e, [...wishes, ...still])
}

function reach(e: Float32Array, wishes: Asked[]): Float32Array {
  const { q, from, r } = orthonormal(wishes.map(({ feature }) => feature.direction))
  const start = q.map((axis) => dot(axis, e))
  const goal: number[] = []
  for (let i = 0; i < q.length; i++) {
    const { feature, sigma } = wishes[from[i]]
    let projection = dot(feature.direction, e) + sigma * feature.sigma
    for (let j = 0; j < i; j++) projection -= r[i][j] * goal[j]
    goal.push(projection / r[i][i])
  }
  const share = shareOnSphere(start, goal, SPAN_LIMIT)
  const c = goal.map((value, i) => start[i] + share * (value - start[i]))
  const inside = combine([new Float64Array(e.length), ...q], [0, ...c])
  const outside = combine([e, ...q], [1, ...start.map((value) => -value)])
  const rest = length(outside)
  if (rest < 1e-6) return normalise(inside)
  const scale = Math.sqrt(Math.max(0, 1 - dot(c, c))) / rest
  return normalise(combine([inside, outside], [1, scale]))
}

/** The largest s in [0, 1] with ‖start + s(goal − start)‖ ≤ limit (or ≤ where it starts, if that is further out). */
function shareOnSphere(start: number[], goal: number[], limit: number): number {
  const bound = Math.max(limit * limit, dot(start, start))
  if (dot(goal, goal) <= bound) return 1
  const step = goal.map((value, i) => value - start[i])
  const a = dot(step, step)
  const b = dot(start, step)
  const c = dot(start, start) - bound
  return Math.max(0, (-b + Math.sqrt(Math.max(0, b * b - a * c))) / a)
}
