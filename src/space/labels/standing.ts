/** Nodes that get a standing of their own; enough for a few screens of labels. */
const MARKS = 160

/**
 * How well each node stands for its surroundings, 0…1: farthest-point sampling (Gonzalez 1985) from the most central
 * one, so that the first few marks are spread over the whole cloud; headings stand above their passages.
 * @param places n×3; NaN rows are skipped.
 */
export function standings(places: Float32Array, count: number, headings: Uint8Array): Float32Array {
  const out = new Float32Array(count)
  const away = new Float32Array(count).fill(Infinity)
  let next = mostCentral(places, count)
  for (let mark = 0; mark < Math.min(MARKS, count) && next >= 0; mark++) {
    out[next] = 1 - (0.9 * mark) / MARKS
    const [x, y, z] = places.subarray(next * 3, next * 3 + 3)
    away[next] = 0
    let farthest = 0
    let candidate = -1
    for (let row = 0; row < count; row++) {
      const dx = places[row * 3] - x
      const dy = places[row * 3 + 1] - y
      const dz = places[row * 3 + 2] - z
      const apart = dx * dx + dy * dy + dz * dz
      if (apart < away[row]) away[row] = apart
      if (away[row] > farthest && away[row] < Infinity) {
        farthest = away[row]
        candidate = row
      }
    }
    next = candidate
  }
  for (let row = 0; row < count; row++) if (headings[row]) out[row] += 0.8
  return out
}

function mostCentral(places: Float32Array, count: number): number {
  let best = -1
  let least = Infinity
  for (let row = 0; row < count; row++) {
    const apart = places[row * 3] ** 2 + places[row * 3 + 1] ** 2 + places[row * 3 + 2] ** 2
    if (apart < least) {
      least = apart
      best = row
    }
  }
  return best
}
