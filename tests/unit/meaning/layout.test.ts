import { UMAP } from 'umap-js'
import { beforeAll, describe, expect, it } from 'vitest'
import { fitCurve } from '../../../src/meaning/layout/curve.ts'
import { fuzzyGraph } from '../../../src/meaning/layout/graph.ts'
import {
  arrange,
  exactNeighbours,
  extendLayout,
  nearestInMap,
  pca3,
  placeByNeighbours,
  umapLayout,
} from '../../../src/meaning/layout/index.ts'
import { dotKernel } from '../../../src/meaning/layout/kernel.ts'
import { Random } from '../../../src/meaning/layout/random.ts'
import { mapSteps } from '../../../src/meaning/layout/umap.ts'
import { mapQuality, trustworthiness } from '../../../src/meaning/quality.ts'
import { DIMENSIONS } from '../../../src/meaning/types.ts'
import { dot, length, row } from '../../../src/meaning/vector.ts'
import { themed } from './synthetic.ts'

const WIDTH = DIMENSIONS

function byHand(vectors: Float32Array, k: number, width: number): number[][] {
  const n = vectors.length / width
  return Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (__, j) => ({ j, near: dot(row(vectors, i, width), row(vectors, j, width)) }))
      .filter(({ j }) => j !== i)
      .sort((a, b) => b.near - a.near || a.j - b.j)
      .slice(0, k)
      .map(({ j }) => j),
  )
}

describe('the dot kernel', () => {
  it('multiplies rows of any width exactly', () => {
    const random = new Random(1)
    for (const width of [3, 8, 20, 384]) {
      const kernel = dotKernel(12, width)
      for (let r = 0; r < 12; r++) {
        for (let i = 0; i < width; i++) kernel.rows[r * kernel.stride + i] = random.below(2001) - 1000
      }
      kernel.tile(2, 4, 4, 8)
      for (let i = 0; i < 4; i++) {
        for (let j = 0; j < 8; j++) {
          const a = kernel.rows.subarray((2 + i) * kernel.stride, (3 + i) * kernel.stride)
          const b = kernel.rows.subarray((4 + j) * kernel.stride, (5 + j) * kernel.stride)
          expect(kernel.out[i * 8 + j]).toBe(dot(a, b))
        }
      }
    }
  })
})

describe('neighbours', () => {
  it('are those of a search by hand, at any count and width', () => {
    for (const [n, width, k] of [
      [2, 384, 15],
      [5, 384, 15],
      [131, 384, 15],
      [300, 384, 7],
      [150, 30, 15],
    ] as const) {
      const vectors = themed(n, { width })
      const found = exactNeighbours(vectors, k, width)
      expect(found.k).toBe(Math.min(k, n - 1))
      const expected = byHand(vectors, k, width)
      for (let i = 0; i < n; i++) {
        expect([...found.indices.subarray(i * found.k, (i + 1) * found.k)]).toEqual(expected[i])
      }
      expect(found.cosines[0]).toBeCloseTo(dot(row(vectors, 0, width), row(vectors, expected[0][0], width)), 5)
    }
  })

  it('bear a text that repeats itself, one passage, and none', () => {
    const copies = new Float32Array(40 * WIDTH)
    for (let i = 0; i < 40; i++) copies.set(themed(1), i * WIDTH)
    const { indices, k } = exactNeighbours(copies, 15)
    for (let i = 0; i < 40; i++) {
      const own = [...indices.subarray(i * k, (i + 1) * k)]
      expect(new Set(own).size).toBe(15)
      expect(own).not.toContain(i)
    }
    expect(exactNeighbours(themed(1), 15).k).toBe(0)
    expect(exactNeighbours(new Float32Array(0), 15).k).toBe(0)
  })

  it('in the map are those of a search by hand, in clumps and flat sheets too', () => {
    const random = new Random(3)
    const clumps = Float32Array.from({ length: 900 }, (_, i) => (i % 7 ? random.normal() : 40) + (i % 2 ? 0 : 1e-4))
    const sheet = Float32Array.from({ length: 600 }, (_, i) => (i % 3 === 2 ? 0 : random.next()))
    for (const positions of [clumps, sheet, new Float32Array(30)]) {
      const n = positions.length / 3
      const found = nearestInMap(positions, 9)
      for (let i = 0; i < n; i++) {
        const squares = Array.from({ length: n }, (_, j) => ({
          j,
          square: [0, 1, 2].reduce((sum, a) => sum + (positions[3 * j + a] - positions[3 * i + a]) ** 2, 0),
        }))
        const expected = squares.filter(({ j }) => j !== i).sort((a, b) => a.square - b.square || a.j - b.j)
        expect([...found.subarray(9 * i, 9 * i + 9)]).toEqual(expected.slice(0, 9).map(({ j }) => j))
      }
    }
  })
})

describe('the principal view', () => {
  it('finds the axes of a cloud that was built along known ones', () => {
    const random = new Random(2)
    const spread = [5, 3, 2]
    const vectors = new Float32Array(700 * 40)
    for (let i = 0; i < 700; i++) {
      for (let j = 0; j < 40; j++) vectors[i * 40 + j] = 0.1 * ((spread[j - 10] ?? 0.3) * random.normal() + 1)
    }
    const { axes, variances, positions, total } = pca3(vectors, 40)
    spread.forEach((_, axis) => {
      expect(Math.abs(axes[axis * 40 + 10 + axis])).toBeGreaterThan(0.99)
      expect(length(axes.subarray(axis * 40, axis * 40 + 40))).toBeCloseTo(1, 5)
    })
    expect(variances[0]).toBeGreaterThan(variances[1])
    expect(variances[1]).toBeGreaterThan(variances[2])
    expect(total).toBeGreaterThan(variances[0] + variances[1] + variances[2])
    for (let axis = 0; axis < 3; axis++) {
      let sum = 0
      for (let i = axis; i < positions.length; i += 3) sum += positions[i]
      expect(sum / 700).toBeCloseTo(0, 5)
    }
  })

  it('explains as much as power iteration on the full covariance in float64', () => {
    const vectors = themed(600, { width: 96 })
    const { variances } = pca3(vectors, 96)
    const expected = powerIteration(vectors, 96)
    variances.forEach((variance, i) => {
      expect(variance / expected[i]).toBeGreaterThan(0.999)
      expect(variance / expected[i]).toBeLessThan(1.001)
    })
  })

  it('has a place for one passage, and for none', () => {
    expect([...pca3(themed(1)).positions].map(Math.abs).every((value) => value < 1e-6)).toBe(true)
    expect(pca3(new Float32Array(0)).positions.length).toBe(0)
  })
})

/** The three leading variances by deflated power iteration. */
function powerIteration(vectors: Float32Array, width: number): number[] {
  const n = vectors.length / width
  const mean = Array.from({ length: width }, (_, j) => {
    let sum = 0
    for (let i = 0; i < n; i++) sum += vectors[i * width + j] / n
    return sum
  })
  const rows = Array.from({ length: n }, (_, i) => mean.map((value, j) => vectors[i * width + j] - value))
  const found: number[][] = []
  return [0, 1, 2].map((axis) => {
    let v = mean.map((_, j) => Math.sin(j + axis + 1))
    let variance = 0
    for (let round = 0; round < 400; round++) {
      for (const other of found) {
        const share = dot(other, v)
        v = v.map((value, j) => value - share * other[j])
      }
      const image = v.map(() => 0)
      for (const line of rows) {
        const along = dot(line, v) / n
        for (let j = 0; j < width; j++) image[j] += along * line[j]
      }
      variance = length(image) / length(v)
      v = image.map((value) => value / length(image))
    }
    found.push(v)
    return variance
  })
}

describe('the graph', () => {
  it('is symmetric, with weights in (0, 1], and joins each passage to its nearest by 1', () => {
    const neighbours = exactNeighbours(themed(120), 15)
    const { n, starts, tails, weights } = fuzzyGraph(neighbours, 15)
    const table = new Map<number, number>()
    for (let i = 0; i < n; i++) for (let e = starts[i]; e < starts[i + 1]; e++) table.set(i * n + tails[e], weights[e])
    expect(table.size).toBe(tails.length)
    for (const [key, weight] of table) {
      expect(weight).toBeGreaterThan(0)
      expect(weight).toBeLessThanOrEqual(1)
      expect(table.get((key % n) * n + Math.floor(key / n))).toBeCloseTo(weight, 6)
    }
    for (let i = 0; i < n; i++) expect(table.get(i * n + neighbours.indices[i * 15])).toBeCloseTo(1, 6)
  })

  it('falls off by the curve that fits minDist .1', () => {
    // umap-learn's own constants for spread 1, minDist .1: a = 1.577, b = .895.
    const { a, b } = fitCurve(0.1)
    expect(a).toBeCloseTo(1.577, 2)
    expect(b).toBeCloseTo(0.895, 2)
    expect(fitCurve(0.8).b).toBeGreaterThan(b)
  })
})

describe('quality', () => {
  it('equals the published sums taken literally, below and above half the passages', () => {
    for (const [n, k] of [
      [60, 15],
      [24, 15],
      [300, 10],
    ]) {
      const vectors = themed(n)
      const random = new Random(n)
      const positions = Float32Array.from({ length: 3 * n }, () => random.normal())
      const found = mapQuality(vectors, positions, exactNeighbours(vectors, k), { k })
      const expected = literally(vectors, positions, k)
      expect(found.trustworthiness).toBeCloseTo(expected.trustworthiness, 4)
      expect(found.continuity).toBeCloseTo(expected.continuity, 4)
      expect(found.perPassage[3]).toBeCloseTo(expected.shareOfFourth, 6)
    }
  })

  it('is 1 where the map is the truth, and about ½ where it is chance', () => {
    const n = 200
    const random = new Random(1)
    const flat = new Float32Array(n * 3)
    for (let i = 0; i < n; i++) {
      const angle = random.next() * 6.28
      flat.set([Math.cos(angle), Math.sin(angle), 0], 3 * i)
    }
    const neighbours = exactNeighbours(flat, 10, 3)
    const perfect = mapQuality(flat, flat, neighbours, { k: 10, width: 3 })
    expect(perfect.trustworthiness).toBeGreaterThan(0.9999)
    expect(perfect.continuity).toBeGreaterThan(0.9999)
    const chance = Float32Array.from({ length: 3 * n }, () => random.normal())
    expect(mapQuality(flat, chance, neighbours, { k: 10, width: 3 }).trustworthiness).toBeCloseTo(0.5, 1)
  })

  it('of a sample is near that of all, and the same on every visit', () => {
    const vectors = themed(900)
    const { positions } = pca3(vectors)
    const neighbours = exactNeighbours(vectors, 15)
    const all = mapQuality(vectors, positions, neighbours)
    const some = mapQuality(vectors, positions, neighbours, { most: 300 })
    expect(Math.abs(some.trustworthiness - all.trustworthiness)).toBeLessThan(0.02)
    expect(mapQuality(vectors, positions, neighbours, { most: 300 }).continuity).toBe(some.continuity)
  })

  it('does not fail where there is nothing to judge', () => {
    const vectors = themed(2)
    expect(mapQuality(vectors, new Float32Array(6), exactNeighbours(vectors, 15)).trustworthiness).toBe(1)
  })
})

function literally(vectors: Float32Array, positions: Float32Array, k: number) {
  const n = positions.length / 3
  const ranks = (nearness: (i: number, j: number) => number) =>
    Array.from({ length: n }, (_, i) => {
      const order = Array.from({ length: n }, (__, j) => j)
        .filter((j) => j !== i)
        .sort((a, b) => nearness(i, b) - nearness(i, a) || a - b)
      const rank: number[] = []
      order.forEach((j, place) => {
        rank[j] = place + 1
      })
      return rank
    })
  const truth = ranks((i, j) => dot(row(vectors, i), row(vectors, j)))
  const map = ranks(
    (i, j) => -[0, 1, 2].reduce((sum, a) => sum + (positions[3 * i + a] - positions[3 * j + a]) ** 2, 0),
  )
  const lost = (from: number[][], to: number[][]) => {
    let sum = 0
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) if (j !== i && from[i][j] <= k && to[i][j] > k) sum += to[i][j] - k
    }
    const worst = k < n / 2 ? n * k * (2 * n - 3 * k - 1) : n * (n - k) * (n - k - 1)
    return 1 - (2 / worst) * sum
  }
  const common = truth[3].filter((rank, j) => rank <= k && map[3][j] <= k).length
  return { trustworthiness: lost(map, truth), continuity: lost(truth, map), shareOfFourth: common / k }
}

describe('the map', () => {
  const n = 600
  const vectors = themed(660, { own: 1.6 })
  const first = vectors.subarray(0, n * WIDTH)
  let map: ReturnType<typeof umapLayout>
  beforeAll(() => {
    map = umapLayout(first)
  })

  it('is the same on every visit, and another for another seed', () => {
    expect([...umapLayout(first).positions]).toEqual([...map.positions])
    expect([...umapLayout(first, { seed: 2 }).positions]).not.toEqual([...map.positions])
  })

  it('is centred, and 98 of 100 passages stand within a radius of 1', () => {
    const radii = Array.from({ length: n }, (_, i) => length(row(map.positions, i, 3))).sort((a, b) => a - b)
    expect(radii[Math.floor(0.98 * n)]).toBeCloseTo(1, 5)
    for (let axis = 0; axis < 3; axis++) {
      expect(
        Math.abs(map.positions.reduce((sum, value, i) => (i % 3 === axis ? sum + value : sum), 0) / n),
      ).toBeLessThan(1e-4)
    }
  })

  it('is as trustworthy as umap-js makes it', () => {
    const neighbours = exactNeighbours(first, 15)
    const random = new Random(1)
    const rows = Array.from({ length: n }, (_, i) => Array.from(row(first, i)))
    const oracle = new UMAP({ nComponents: 3, nNeighbors: 15, minDist: 0.1, random: () => random.next() }).fit(rows)
    const ours = mapQuality(first, map.positions, neighbours)
    const theirs = mapQuality(first, Float32Array.from(oracle.flat()), neighbours)
    expect(ours.trustworthiness).toBeGreaterThan(theirs.trustworthiness - 0.01)
    expect(ours.continuity).toBeGreaterThan(theirs.continuity - 0.02)
  })

  it('takes a tenth more without moving what stands, and places it as well as a fresh map would', () => {
    const longer = extendLayout(map, n, vectors)
    expect([...longer.positions.subarray(0, 3 * n)]).toEqual([...map.positions])
    const neighbours = exactNeighbours(vectors, 15)
    const fresh = umapLayout(vectors)
    const trust = (positions: Float32Array) => trustworthiness(vectors, positions, neighbours)
    const added = Uint32Array.from({ length: 60 }, (_, i) => n + i)
    const trustOfNew = (positions: Float32Array) => trustworthiness(vectors, positions, neighbours, { rows: added })
    expect(trust(longer.positions)).toBeGreaterThan(trust(fresh.positions) - 0.02)
    expect(trustOfNew(longer.positions)).toBeGreaterThan(trustOfNew(fresh.positions) - 0.02)
    expect([...extendLayout(map, n, vectors).positions]).toEqual([...longer.positions])
  })

  it('takes in passages unlike all that stand', () => {
    const strangers = new Float32Array([...first, ...themed(20, { themes: 1, own: 0.3, seed: 77 })])
    const longer = extendLayout(map, n, strangers)
    expect(longer.positions.every(Number.isFinite)).toBe(true)
  })

  it('places a vector among its true neighbours', () => {
    let near = 0
    for (let i = 0; i < 50; i++) {
      const place = placeByNeighbours(first, map, row(first, i))
      const own = row(map.positions, i, 3)
      if (Math.hypot(place[0] - own[0], place[1] - own[1], place[2] - own[2]) < 0.35) near++
    }
    expect(near).toBeGreaterThan(40)
    expect(placeByNeighbours(new Float32Array(0), { positions: new Float32Array(0) }, row(first, 0))).toEqual([0, 0, 0])
  })

  it('exists for documents of any smallness, and for one that repeats itself', () => {
    for (const count of [0, 1, 2, 3, 4, 5, 9, 16]) {
      const { positions } = umapLayout(themed(count))
      expect(positions.length).toBe(3 * count)
      expect(positions.every(Number.isFinite)).toBe(true)
    }
    const copies = new Float32Array(30 * WIDTH)
    for (let i = 0; i < 30; i++) copies.set(themed(1), i * WIDTH)
    expect(umapLayout(copies).positions.every(Number.isFinite)).toBe(true)
  })

  it('shows the principal view first, and then its progress', () => {
    const moments = [...mapSteps(first)]
    expect(moments[0].positions?.length).toBe(3 * n)
    const progress = moments.map((moment) => moment.progress)
    expect(progress).toEqual([...progress].sort((a, b) => a - b))
    expect(progress.at(-1)).toBe(1)
  })
})

describe('an arrangement', () => {
  const map = Float32Array.of(0.1, 0.2, 0.3, -0.1, -0.2, -0.3)
  const activations = Float32Array.of(3, -6, 0, 1.5)

  it('is the map, the axes at a third of a unit a σ, or between', () => {
    const out = new Float32Array(6)
    expect(arrange(map, activations, 2, [0, 1, -1], 0, out)).toBe(out)
    expect([...out]).toEqual([...map])
    arrange(map, activations, 2, [0, 1, -1], 1, out)
    expect([...out].map((value) => +value.toFixed(4))).toEqual([1, -2, 0.3, 0, 0.5, -0.3])
    arrange(map, activations, 2, [0, 1, -1], 0.5, out)
    expect(out[0]).toBeCloseTo(0.55, 6)
  })
})
