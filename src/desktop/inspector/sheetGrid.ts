/** A point of the sheet: its place on the grid, and the anchors' weights there (they sum to 1). */
export interface SheetPoint {
  column: number
  row: number
  weights: number[]
}

/** Points along an edge. */
const SIDE = 5

/**
 * Sampled points of a sheet: through four anchors bilinear on a square (corners in reading order), through three
 * barycentric on a triangle (first on top).
 */
export function gridWeights(anchors: 3 | 4): SheetPoint[] {
  const points: SheetPoint[] = []
  for (let row = 0; row < SIDE; row++) {
    const down = row / (SIDE - 1)
    if (anchors === 4) {
      for (let column = 0; column < SIDE; column++) {
        const right = column / (SIDE - 1)
        const weights = [(1 - right) * (1 - down), right * (1 - down), (1 - right) * down, right * down]
        points.push({ column, row, weights })
      }
    } else {
      // Each line of the triangle has one point more; every second column, so that it stands centred.
      for (let step = 0; step <= row; step++) {
        const right = row === 0 ? 0 : step / row
        points.push({ column: SIDE - 1 - row + 2 * step, row, weights: [1 - down, down * (1 - right), down * right] })
      }
    }
  }
  return points
}
