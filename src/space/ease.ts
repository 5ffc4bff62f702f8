/** Share of the way left that is gone after `seconds`; the same path at any frame rate. */
export function easedShare(seconds: number, settle: number): number {
  return settle <= 0 ? 1 : 1 - Math.exp((-4 * seconds) / settle)
}

/**
 * Move `current` towards `target` in place: after `settle` seconds 98 % of the way is gone (e⁻⁴).
 * What is not a number yet, or stays closer than a thousandth, jumps.
 * @returns whether anything still has way to go.
 */
export function easeTowards(
  current: Float32Array,
  target: Float32Array,
  length: number,
  seconds: number,
  settle: number,
): boolean {
  const share = easedShare(seconds, settle)
  let moving = false
  for (let i = 0; i < length; i++) {
    const way = target[i] - current[i]
    if (!(Math.abs(way) > 1e-3) || share === 1) {
      current[i] = target[i]
    } else {
      current[i] += way * share
      moving = true
    }
  }
  return moving
}
