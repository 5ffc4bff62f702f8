/** The wall of strips: one band a feature, one cell a passage, in σ. */
export interface Strips {
  /** F×n, row by row: strip f, passage i at `values[f * count + i]`. */
  values: Float32Array
  /** Number of passages n. */
  count: number
  /** Feature index of each strip, in the order shown. */
  order: number[]
}

export type StripOrder = 'given' | 'liveliest' | 'alike'

/**
 * Strips from activations.
 * @param activations n×F in σ (see `features.ts`)
 * @param smoothing standard deviation of the Gaussian over passages; 0 leaves the values as they are
 * @param breaks rows at which a new document or section begins: smoothing does not reach across
 */
export function spectrogram(
  activations: Float32Array,
  features: number,
  { smoothing = 0, order = 'given', breaks = [] }: { smoothing?: number; order?: StripOrder; breaks?: number[] } = {},
): Strips {
  const count = features ? activations.length / features : 0
  const plain = new Float32Array(activations.length)
  for (let i = 0; i < count; i++) {
    for (let f = 0; f < features; f++) plain[f * count + i] = activations[i * features + f]
  }
  const shown = orderOf(plain, features, count, order)
  const values = new Float32Array(activations.length)
  shown.forEach((f, place) => {
    const strip = plain.subarray(f * count, (f + 1) * count)
    values.set(smoothing > 0 ? smooth(strip, smoothing, breaks) : strip, place * count)
  })
  return { values, count, order: shown }
}

/**
 * Gaussian mean over neighbouring passages, cut off at three standard deviations; at an edge (of the text or of a
 * section) the weights that are left are made to sum to 1, so that a constant strip stays constant.
 */
export function smooth(strip: Float32Array, deviation: number, breaks: number[] = []): Float32Array {
  const reach = Math.ceil(3 * deviation)
  const weights = Array.from({ length: reach + 1 }, (_, d) => Math.exp(-(d * d) / (2 * deviation * deviation)))
  const section = new Uint32Array(strip.length)
  const starts = new Set(breaks)
  for (let i = 1; i < strip.length; i++) section[i] = section[i - 1] + (starts.has(i) ? 1 : 0)
  return strip.map((_, i) => {
    let sum = 0
    let total = 0
    for (let j = Math.max(0, i - reach); j <= Math.min(strip.length - 1, i + reach); j++) {
      if (section[j] !== section[i]) continue
      const weight = weights[Math.abs(i - j)]
      sum += weight * strip[j]
      total += weight
    }
    return sum / total
  })
}

/** Cells of the wall when it is narrower than the text is long: means over equal shares of the passages, F×width. */
export function downsample({ values, count }: Strips, width: number): Float32Array {
  const rows = count ? values.length / count : 0
  const out = new Float32Array(rows * width)
  for (let f = 0; f < rows; f++) {
    for (let x = 0; x < width; x++) {
      const first = Math.floor((x * count) / width)
      const last = Math.max(first + 1, Math.floor(((x + 1) * count) / width))
      let sum = 0
      for (let i = first; i < last; i++) sum += values[f * count + i]
      out[f * width + x] = sum / (last - first)
    }
  }
  return out
}

function orderOf(strips: Float32Array, features: number, count: number, order: StripOrder): number[] {
  const given = Array.from({ length: features }, (_, f) => f)
  if (order === 'given' || count < 2) return given
  const centred = given.map((f) => {
    const strip = Float64Array.from(strips.subarray(f * count, (f + 1) * count))
    const mean = strip.reduce((sum, value) => sum + value, 0) / count
    return strip.map((value) => value - mean)
  })
  const energy = centred.map((strip) => strip.reduce((sum, value) => sum + value * value, 0))
  const liveliest = given.sort((a, b) => energy[b] - energy[a] || a - b)
  return order === 'liveliest' ? liveliest : chain(liveliest, centred, energy)
}

/** From the liveliest strip on, always the one most correlated with the last: neighbours on the wall go together. */
function chain(start: number[], centred: Float64Array[], energy: number[]): number[] {
  const rest = [...start]
  const out = rest.splice(0, 1)
  while (rest.length) {
    const last = out[out.length - 1]
    const likeness = rest.map((f) => {
      let sum = 0
      for (let i = 0; i < centred[f].length; i++) sum += centred[f][i] * centred[last][i]
      return sum / Math.sqrt(Math.max(1e-12, energy[f] * energy[last]))
    })
    out.push(...rest.splice(likeness.indexOf(Math.max(...likeness)), 1))
  }
  return out
}
