/** Widest angle between the way asked and the way to a neighbour: half of a quarter turn, so four keys share a circle. */
const WIDEST = Math.PI / 4

/**
 * The nearest node that lies in a direction as the person sees it: arrows walk from passage to passage.
 * Distance counts more the further a node strays from the direction (as in spatial navigation of TVs: along + 2×across).
 * @param screen n×2 positions as seen (x right, y up), in any one unit; NaN where a node is not in view.
 * @param from the row to walk from.
 * @param direction a unit vector in the same plane.
 * @returns a row, or -1 where nothing lies that way.
 */
export function nearestInDirection(
  screen: Float32Array,
  count: number,
  from: number,
  direction: readonly [number, number],
): number {
  const [dx, dy] = direction
  const x0 = screen[2 * from]
  const y0 = screen[2 * from + 1]
  const slope = Math.tan(WIDEST)
  let best = -1
  let least = Infinity
  for (let row = 0; row < count; row++) {
    if (row === from) continue
    const x = screen[2 * row] - x0
    const y = screen[2 * row + 1] - y0
    const along = x * dx + y * dy
    const across = Math.abs(x * dy - y * dx)
    if (!(along > 0) || across > along * slope) continue
    const cost = along + 2 * across
    if (cost < least) {
      least = cost
      best = row
    }
  }
  return best
}
