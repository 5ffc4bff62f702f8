/** A label that would like to be seen. Boxes are in pixels of the view, y down. */
export interface Wish {
  key: string
  x: number
  y: number
  width: number
  height: number
  /** Higher goes first. */
  weight: number
}

/** A label that is on show keeps its place against a newcomer that is not heavier by this factor: no flicker. */
export const STAY = 1.6

/** Labels keep this distance from each other, pixels; one that is on show may come closer before it yields. */
const GAP = 6
const GAP_STAYING = 1

/**
 * Which labels to show: heaviest first, none over another, at most `limit`. What is on show stays while it can.
 * @returns the wishes granted, in order.
 */
export function chooseLabels(wishes: Wish[], shown: ReadonlySet<string>, limit: number): Wish[] {
  const weight = (wish: Wish) => (shown.has(wish.key) ? wish.weight * STAY : wish.weight)
  const ranked = [...wishes].sort((a, b) => weight(b) - weight(a))
  const chosen: Wish[] = []
  for (const wish of ranked) {
    if (chosen.length >= limit) break
    const gap = shown.has(wish.key) ? GAP_STAYING : GAP
    if (chosen.every((other) => !overlap(wish, other, gap))) chosen.push(wish)
  }
  return chosen
}

function overlap(a: Wish, b: Wish, gap: number): boolean {
  return (
    a.x < b.x + b.width + gap && b.x < a.x + a.width + gap && a.y < b.y + b.height + gap && b.y < a.y + a.height + gap
  )
}

/**
 * One node for each cell of a grid over the view, so that labels are spread over what is seen: the one with the best
 * standing among those near enough, on-show ones first.
 * @param screen rows of x, y (pixels from the top left) and distance; NaN where out of view.
 * @param standing how well a node stands for its surroundings, 0…1.
 * @param cells is filled with a row or -1 per cell, `columns × lines` of them.
 */
export function onePerCell(
  screen: Float32Array,
  count: number,
  size: { width: number; height: number },
  columns: number,
  lines: number,
  standing: Float32Array,
  isShown: Uint8Array,
  cells: Int32Array,
  scores: Float32Array,
): void {
  cells.fill(-1)
  scores.fill(-Infinity)
  let nearest = Infinity
  for (let row = 0; row < count; row++) if (screen[row * 3 + 2] < nearest) nearest = screen[row * 3 + 2]
  for (let row = 0; row < count; row++) {
    const x = screen[row * 3]
    const y = screen[row * 3 + 1]
    if (!(x >= 0 && x < size.width && y >= 0 && y < size.height)) continue
    const cell = Math.floor((x / size.width) * columns) + columns * Math.floor((y / size.height) * lines)
    const score = standing[row] + nearest / screen[row * 3 + 2] + (isShown[row] ? 0.35 : 0)
    if (score > scores[cell]) {
      scores[cell] = score
      cells[cell] = row
    }
  }
}
