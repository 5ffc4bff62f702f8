export interface Curve {
  a: number
  b: number
}

/**
 * a and b of 1 / (1 + a·x^2b), UMAP's smooth stand-in for "near within minDist, then falling off by e^-x" (McInnes,
 * Healy and Melville 2018, §4.2), by least squares over 300 points of [0, 3]. Gauss and Newton's steps, damped after
 * Levenberg and Marquardt.
 */
export function fitCurve(minDist: number): Curve {
  const xs = Array.from({ length: 300 }, (_, i) => (3 * (i + 1)) / 300)
  const target = xs.map((x) => (x < minDist ? 1 : Math.exp(minDist - x)))
  const error = ({ a, b }: Curve) => xs.reduce((sum, x, i) => sum + (1 / (1 + a * x ** (2 * b)) - target[i]) ** 2, 0)
  let best: Curve = { a: 1, b: 1 }
  let least = error(best)
  let damping = 1e-2
  for (let round = 0; round < 200 && damping < 1e12; round++) {
    // Normal equations JᵀJ·step = −Jᵀr in the two unknowns.
    let [aa, ab, bb, ra, rb] = [0, 0, 0, 0, 0]
    xs.forEach((x, i) => {
      const power = x ** (2 * best.b)
      const value = 1 / (1 + best.a * power)
      const da = -value * value * power
      const db = da * best.a * 2 * Math.log(x)
      aa += da * da
      ab += da * db
      bb += db * db
      ra += da * (value - target[i])
      rb += db * (value - target[i])
    })
    aa *= 1 + damping
    bb *= 1 + damping
    const determinant = aa * bb - ab * ab
    const next = {
      a: best.a - (bb * ra - ab * rb) / determinant,
      b: best.b - (aa * rb - ab * ra) / determinant,
    }
    const now = next.a > 0 && next.b > 0 ? error(next) : Number.POSITIVE_INFINITY
    if (now < least) {
      const gain = least - now
      best = next
      least = now
      damping /= 4
      if (gain < 1e-14) break
    } else damping *= 4
  }
  return best
}
