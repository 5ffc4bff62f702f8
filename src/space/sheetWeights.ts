const weights: number[] = [0, 0, 0, 0]

/**
 * How much each anchor counts at (u, v) of the sheet: bilinear over four corners (in the order they were chosen, around),
 * or over three, where the whole edge v = 1 is the third anchor. They sum to 1. The array is used again by the next call.
 */
export function weightsAt(u: number, v: number, anchors: number): readonly number[] {
  weights.length = anchors
  weights[0] = (1 - u) * (1 - v)
  weights[1] = u * (1 - v)
  if (anchors === 4) {
    weights[2] = u * v
    weights[3] = (1 - u) * v
  } else weights[2] = v
  return weights
}
