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
  const variances: [number, number, number] = [0, 0, 0]
  for (let axis = 0; axis < 3; axis++) {
    const direction = axes.subarray(axis * width, (axis + 1) * width)
    let offset = 0
    for (let i = 0; i < width; i++) offset += direction[i] * mean[i]
    let skew = 0
    let squares = 0
    for (let r = 0, at = 0; r < n; r++) {
      let sum = -offset
      for (let i = 0; i < width; i++) sum += direction[i] * vectors[at++]
      positions[3 * r + axis] = sum
      squares += sum * sum
      skew += sum * sum * sum
    }
    variances[axis] = n ? squares / n : 0
    if (skew >= 0) continue
    for (let i = 0; i < width; i++) direction[i] = -direction[i]
    for (let r = 0; r < n; r++) positions[3 * r + axis] = -positions[3 * r + axis]
  }
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
  for (let first = 0; first < n; first += CHUNK) {
    const count = Math.min(CHUNK, n - first)
    squares.fill(0)
    let largest = 1e-12
    for (let r = 0, at = first * width; r < count; r++) {
      for (let i = 0; i < width; i++) {
        const value = vectors[at++] - mean[i]
        squares[i] += value * value
        if (value > largest) largest = value
        else if (-value > largest) largest = -value
      }
    }
    let most = 1e-12
    for (const square of squares) if (square > most) most = square
    // Any sum of products is at most scale² · most (Cauchy and Schwarz): kept under 2^30.
    const scale = Math.min(32_767 / largest, Math.sqrt(2 ** 30 / most))
    rows.fill(0)
    for (let r = 0, at = first * width; r < count; r++) {
      for (let i = 0; i < width; i++) rows[i * CHUNK + r] = Math.round((vectors[at++] - mean[i]) * scale)
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
  let next = fresh(basis, width, random)
  while (basis.length < Math.min(STEPS, width)) {
    basis.push(next)
    const image = times(matrix, next)
    images.push(image)
    next = outside(basis, image) ?? fresh(basis, width, random)
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

function inner(a: Float64Array, b: Float64Array): number {
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
