import { BEYOND } from '../meaning/moves.ts'
import type { Vec3 } from '../meaning/types.ts'

/** A blend by hand: the way from where a node was taken to where the hand met the other one, in space coordinates. */
export interface Filament {
  other: string
  from: Vec3
  to: Vec3
  /** The hand has left the other one along the way: from now on its place says how much. */
  slid: boolean
}

/** Nearer to where it was taken than this share of the way, the node is being put back. */
const LEAST = 0.1
/** How far beside the filament the hand may stray: as a share of its length, and in units of space at most. */
const STRAY = 0.25
const MOST_STRAY = 0.2
/** How far beyond the farthest amount the hand may go, as a share of the filament's length. */
const PAST = 0.25
/** Amounts go by steps: a hand that rests asks for one thing. */
const STEPS = 20

/**
 * The amount of a blend by where the hand is along the filament: 0 where the node was taken, 1 where the other was met,
 * more beyond it.
 * @returns a twentieth's multiple in [0.1, 1.5]; null where the hand has left the filament
 */
export function amountAlong({ from, to }: Pick<Filament, 'from' | 'to'>, at: Vec3): number | null {
  const way = to.map((value, k) => value - from[k])
  const length = Math.hypot(...way)
  if (length === 0) return null
  const share = way.reduce((sum, value, k) => sum + value * (at[k] - from[k]), 0) / length ** 2
  const stray = Math.hypot(...way.map((value, k) => at[k] - from[k] - share * value))
  if (stray > Math.min(MOST_STRAY, STRAY * length) || share < LEAST || share > 1 + BEYOND + PAST) return null
  return Math.round(Math.min(1 + BEYOND, share) * STEPS) / STEPS
}
