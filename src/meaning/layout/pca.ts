import { DIMENSIONS } from '../types.ts'
import { dotKernel, TILE } from './kernel.ts'
import { Random } from './random.ts'

export interface Principal {
  /** n×3 coordinates along the three principal axes, centred; the sign of each makes its skew positive. */
  positions: Float32Array
  /** 3×width unit axes. */
  axes: Float32Array
  /** Variance along each. */
  variances: [number, number, number]
  /** Sum of all variances. */
  total: number
  mean: Float32Array
}

/** Rows that are summed in 16-bit arithmetic before they are added up in float64. */
const CHUNK = 512

/**
 * The three directions of largest variance, and every row along them. The covariance is summed exactly over all rows
 * (in 16-bit blocks, error about 1e-4 of a variance); its leading axes come from Lanczos' iteration.
 * @param vectors n rows of `width` numbers of about unit length
 */
export function pca3(vectors: Float32Array, width = DIMENSIONS): Principal {
  const n = Math.floor(vectors.length / width)
  const mean = meanRow(vectors, n, width)
  const covariance = covarianceOf(vectors, n, width, mean)
  let total = 0
  for (let i = 0; i < width; i++) total += covariance[i * width + i]
  const axes = leading(covariance, width)
  const positions = new Float32Array(n * 3)
  const [u, v, w] = [0, 1, 2].map((axis) => axes.subarray(axis * width, (axis + 1) * width))
  const offset = [u, v, w].map((direction) => inner(direction, mean))
  for (let r = 0, at = 0; r < n; r++) {
    let [a, b, c] = [0, 0, 0]
    for (let i = 0; i < width; i++) {
      const value = vectors[at++]
      a += u[i] * value
      b += v[i] * value
      c += w[i] * value
    }
    positions[3 * r] = a - offset[0]
    positions[3 * r + 1] = b - offset[1]
    positions[3 * r + 2] = c - offset[2]
  }
  const variances: [number, number, number] = [0, 0, 0]
  const skews = [0, 0, 0]
  positions.forEach((value, i) => {
    variances[i % 3] += (value * value) / n
    skews[i % 3] += value * value * value
  })
  skews.forEach((skew, axis) => {
    if (skew >= 0) return
    for (let i = axis * width; i < (axis + 1) * width; i++) axes[i] = -axes[i]
    for (let i = axis; i < positions.length; i += 3) positions[i] = -positions[i]
  })
  return { positions, axes, variances, total, mean }
}

function meanRow(vectors: Float32Array, n: number, width: number): Float32Array {
  const sum = new Float64Array(width)
  for (let r = 0, at = 0; r < n; r++) for (let i = 0; i < width; i++) sum[i] += vectors[at++]
  return Float32Array.from(sum, (value) => (n ? value / n : 0))
}

/** Σ (x − μ)(x − μ)ᵀ / n. Columns of a chunk become rows of 16-bit numbers, scaled so that no sum overflows. */
function covarianceOf(vectors: Float32Array, n: number, width: number, mean: Float32Array): Float64Array {
  const kernel = dotKernel(width, CHUNK)
  const { rows, out } = kernel
  const covariance = new Float64Array(width * width)
  const squares = new Float64Array(width)
  let scale = 32_767
  for (let first = 0; first < n; first += CHUNK) {
    const count = Math.min(CHUNK, n - first)
    if (count < CHUNK) rows.fill(0)
    // Any sum of products is at most the largest column's sum of squares (Cauchy and Schwarz): kept under 2^30.
    for (;;) {
      squares.fill(0)
      let largest = 0
      for (let r = 0, at = first * width; r < count; r++) {
        for (let i = 0; i < width; i++) {
          const value = Math.round((vectors[at++] - mean[i]) * scale)
          rows[i * CHUNK + r] = value
          squares[i] += value * value
          largest = Math.max(largest, value, -value)
        }
      }
      const excess = Math.max(
        squares.reduce((most, square) => Math.max(most, square)) / 2 ** 30,
        (largest / 32_767) ** 2,
      )
      if (excess <= 1) break
      scale *= 0.9 / Math.sqrt(excess)
    }
    const share = 1 / (scale * scale * n)
    for (let a = 0; a < width; a += TILE.count) {
      const high = Math.min(TILE.count, width - a)
      for (let b = a; b < width; b += TILE.others) {
        const wide = Math.min(TILE.others, width - b)
        kernel.tile(a, high + (high & 1), b, Math.ceil(wide / 4) * 4)
        for (let i = 0; i < high; i++) {
          for (let j = 0; j < wide; j++) {
            covariance[(a + i) * width + b + j] += out[i * Math.ceil(wide / 4) * 4 + j] * share
          }
        }
      }
    }
  }
  for (let i = 0; i < width; i++) for (let j = 0; j < i; j++) covariance[i * width + j] = covariance[j * width + i]
  return covariance
}

/** Steps of Lanczos' iteration: the three largest eigenvalues of text's flat spectra are then right to about 1e-4. */
const STEPS = 48

/** The three leading eigenvectors of a symmetric matrix, largest first, by Lanczos with full reorthogonalisation. */
function leading(matrix: Float64Array, width: number): Float32Array {
  const random = new Random(7)
  const basis: Float64Array[] = []
  const images: Float64Array[] = []
  while (basis.length < Math.min(STEPS, width)) {
    // Where the space so far is closed under the matrix, a new direction is taken.
    const next = (images.length && outside(basis, images[images.length - 1])) || fresh(basis, width, random)
    basis.push(next)
    images.push(times(matrix, next))
  }
  // Rayleigh and Ritz: the small matrix BᵀMB turns the basis into eigenvectors.
  const { values, vectors } = jacobi(basis.map((vector) => images.map((image) => inner(vector, image))))
  const order = values.map((_, i) => i).sort((a, b) => values[b] - values[a])
  const axes = new Float32Array(3 * width)
  for (let axis = 0; axis < Math.min(3, width); axis++) {
    for (let j = 0; j < basis.length; j++) {
      const share = vectors[j][order[axis]]
      for (let i = 0; i < width; i++) axes[axis * width + i] += share * basis[j][i]
    }
  }
  return axes
}

/** The unit part of a vector outside an orthonormal basis; null where nothing but rounding is left. */
function outside(basis: Float64Array[], vector: Float64Array): Float64Array | null {
  const rest = vector.slice()
  const before = Math.sqrt(inner(rest, rest))
  for (let pass = 0; pass < 2; pass++) {
    for (const q of basis) {
      const share = inner(q, rest)
      for (let i = 0; i < rest.length; i++) rest[i] -= share * q[i]
    }
  }
  const norm = Math.sqrt(inner(rest, rest))
  return norm > 1e-10 * before && norm > 1e-200 ? rest.map((value) => value / norm) : null
}

function fresh(basis: Float64Array[], width: number, random: Random): Float64Array {
  for (;;) {
    const found = outside(
      basis,
      Float64Array.from({ length: width }, () => random.normal()),
    )
    if (found) return found
  }
}

function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const out = new Float64Array(vector.length)
  for (let i = 0, at = 0; i < vector.length; i++) {
    let sum = 0
    for (let j = 0; j < vector.length; j++) sum += matrix[at++] * vector[j]
    out[i] = sum
  }
  return out
}

function inner(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

/** Eigenvalues and vectors (columns) of a small symmetric matrix by Jacobi's rotations. */
function jacobi(given: number[][]): { values: number[]; vectors: number[][] } {
  const n = given.length
  const m = given.map((line) => [...line])
  const v = m.map((_, i) => m.map((__, j) => Number(i === j)))
  const negligible = 1e-13 * Math.max(...m.map((line, i) => Math.abs(line[i])))
  for (let turned = true, sweep = 0; turned && sweep < 30; sweep++) {
    turned = false
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        if (Math.abs(m[p][q]) <= negligible) continue
        turned = true
        const theta = (m[q][q] - m[p][p]) / (2 * m[p][q])
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
        const c = 1 / Math.sqrt(t * t + 1)
        turn(m, p, q, c, t * c)
        turn(v, p, q, c, t * c)
        for (let i = 0; i < n; i++) {
          const high = m[p][i]
          const low = m[q][i]
          m[p][i] = c * high - t * c * low
          m[q][i] = t * c * high + c * low
        }
      }
    }
  }
  return { values: m.map((line, i) => line[i]), vectors: v }
}

/** Columns p and q of a matrix turned by an angle of cosine c and sine s. */
function turn(m: number[][], p: number, q: number, c: number, s: number): void {
  for (const line of m) {
    const left = line[p]
    const right = line[q]
    line[p] = c * left - s * right
    line[q] = s * left + c * right
  }
}
