import { bilinear } from '../meaning/moves.ts'

/** A point of the sheet: its place on the grid, and the anchors' weights there (they sum to 1). */
export interface SheetPoint {
  column: number
  row: number
  weights: number[]
}

/**
 * Sampled points of a sheet: through four anchors bilinear on a square (the anchors around it, as they stand in the
 * space), through three barycentric on a triangle (the first on top).
 * @param side points along an edge
 */
export function gridWeights(anchors: number, side: number): SheetPoint[] {
  const points: SheetPoint[] = []
  for (let row = 0; row < side; row++) {
    const down = row / (side - 1)
    if (anchors === 4) {
      for (let column = 0; column < side; column++)
        points.push({ column, row, weights: bilinear(column / (side - 1), down) })
    } else {
      // Each line of the triangle has one point more; every second column, so that it stands centred.
      for (let step = 0; step <= row; step++) {
        const right = row === 0 ? 0 : step / row
        points.push({ column: side - 1 - row + 2 * step, row, weights: [1 - down, down * (1 - right), down * right] })
      }
    }
  }
  return points
}
