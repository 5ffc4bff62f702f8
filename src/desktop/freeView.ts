/** Pixels at the edges of the window that panels cover: the space is centred in what is left. */
export interface Inset {
  left: number
  right: number
  top: number
  bottom: number
}

/** The picture in pixels, and what panels cover of it at its edges. */
export interface SeenPart {
  width: number
  height: number
  inset: Inset
}

/** Nearer than this to an edge (pixels) a passage and its label are not well in view. */
const EDGE = 24

/** The middle of the part that is left free. */
export function middleOf({ width, height, inset }: SeenPart): [x: number, y: number] {
  return [(width + inset.left - inset.right) / 2, (height + inset.top - inset.bottom) / 2]
}

/** Whether a point is well within the free part; what is behind the eye (NaN) is not. */
export function isWithin({ width, height, inset }: SeenPart, x: number, y: number): boolean {
  const across = x > inset.left + EDGE && x < width - inset.right - EDGE
  return across && y > inset.top + EDGE && y < height - inset.bottom - EDGE
}

/**
 * The row seen nearest to a point.
 * @param seen rows of x, y and distance, as `Sight.project` writes them; NaN where a node is not in view.
 * @returns a row, or -1 where none is in view.
 */
export function nearestTo(seen: Float32Array, count: number, [x, y]: readonly [number, number]): number {
  let best = -1
  let least = Infinity
  for (let row = 0; row < count; row++) {
    const away = Math.hypot(seen[row * 3]! - x, seen[row * 3 + 1]! - y)
    if (away < least) {
      least = away
      best = row
    }
  }
  return best
}
