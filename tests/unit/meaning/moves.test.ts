import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { activation } from '../../../src/meaning/features.ts'
import { Random } from '../../../src/meaning/layout/random.ts'
import { bilinear, blend, equalise, freeMove, kernelAt, slice, stretch, translate } from '../../../src/meaning/moves.ts'
import type { Vec3 } from '../../../src/meaning/types.ts'
import { cosine, dot, length, meanOf, row } from '../../../src/meaning/vector.ts'
import { anyFeature, anyUnit, themed } from './synthetic.ts'

const seeds = fc.integer({ min: 1, max: 1e6 })
const same = (a: Float32Array, b: Float32Array) => Buffer.from(a.buffer).equals(Buffer.from(b.buffer))

describe('translate', () => {
  it('reads what was pulled, and leaves correlated held features where they were', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.double({ min: -0.8, max: 0.8, noNaN: true }),
        (seed, sigma, likeness) => {
          const random = new Random(seed)
          const e = anyUnit(random)
          const pulled = anyFeature(random, { id: 'pulled' })
          const held = [
            anyFeature(random, { id: 'near', base: pulled.direction, likeness }),
            anyFeature(random, { id: 'far' }),
          ]
          const t = translate(e, [{ feature: pulled, sigma }], held)
          expect(length(t)).toBeCloseTo(1, 6)
          expect(activation(t, pulled) - activation(e, pulled)).toBeCloseTo(sigma, 3)
          for (const feature of held) expect(activation(t, feature)).toBeCloseTo(activation(e, feature), 3)
        },
      ),
    )
  })

  it('pulls several correlated features at once, each by its own amount', () => {
    const random = new Random(5)
    const e = anyUnit(random)
    const first = anyFeature(random, { id: 'a' })
    const second = anyFeature(random, { id: 'b', base: first.direction, likeness: 0.6 })
    const t = translate(e, [
      { feature: first, sigma: 2 },
      { feature: second, sigma: -1 },
    ])
    expect(activation(t, first) - activation(e, first)).toBeCloseTo(2, 3)
    expect(activation(t, second) - activation(e, second)).toBeCloseTo(-1, 3)
  })

  it('holds an axis of which nothing is asked, or no more can be, while another is pulled', () => {
    const random = new Random(6)
    const e = anyUnit(random)
    const first = anyFeature(random, { id: 'a' })
    const second = anyFeature(random, { id: 'b', base: first.direction, likeness: 0.6 })
    const now = activation(e, second) * second.sigma + second.mean
    const full = { ...second, quantiles: { ...second.quantiles, p99: now - 0.01 } }
    for (const [other, sigma] of [
      [second, 0],
      [full, 2],
    ] as const) {
      const t = translate(e, [
        { feature: first, sigma: 2 },
        { feature: other, sigma },
      ])
      expect(activation(t, first) - activation(e, first)).toBeCloseTo(2, 3)
      expect(activation(t, other)).toBeCloseTo(activation(e, other), 3)
    }
  })

  it('is the very same vector where nothing is asked, with or without held features', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = new Random(seed)
        const e = anyUnit(random)
        const feature = anyFeature(random)
        expect(same(translate(e, [], [feature]), e)).toBe(true)
        expect(same(translate(e, [{ feature, sigma: 0 }], [anyFeature(random, { id: 'g' })]), e)).toBe(true)
      }),
      { numRuns: 20 },
    )
  })

  it('asks no further than the 99th percentile, and does not pull back what is beyond it', () => {
    const random = new Random(2)
    const feature = anyFeature(random, { reach: 2.3 })
    const e = anyUnit(random)
    const far = translate(e, [{ feature, sigma: 40 }])
    expect(activation(far, feature)).toBeCloseTo(2.3, 3)
    const narrow = { ...feature, quantiles: { ...feature.quantiles, p99: -1 } }
    expect(same(translate(e, [{ feature: narrow, sigma: 1 }]), e)).toBe(true)
  })

  it('stays on the sphere with a passage left in it, however much is asked', () => {
    const random = new Random(3)
    const e = anyUnit(random)
    const features = Array.from({ length: 6 }, (_, i) => anyFeature(random, { id: `f${i}`, reach: 100 }))
    const t = translate(
      e,
      features.map((feature) => ({ feature, sigma: 30 })),
    )
    expect(length(t)).toBeCloseTo(1, 6)
    const rest = features.reduce((sum, { direction }) => sum + dot(direction, t) ** 2, 0)
    expect(rest).toBeLessThan(1)
  })

  it('lets what is pulled win over a held feature that is the same one by another name', () => {
    const random = new Random(4)
    const e = anyUnit(random)
    const pulled = anyFeature(random, { id: 'a' })
    const t = translate(e, [{ feature: pulled, sigma: 2 }], [{ ...pulled, id: 'copy' }])
    expect(activation(t, pulled) - activation(e, pulled)).toBeCloseTo(2, 3)
  })
})

describe('a free move', () => {
  const random = new Random(9)
  const vectors = themed(200)
  const positions = Float32Array.from({ length: 600 }, () => random.normal())
  const e = row(vectors, 3).slice()

  it('is unit, nearer to where it goes, and the very same vector when the hand returns', () => {
    const from: Vec3 = [0, 0, 0]
    expect(same(freeMove(e, from, from, positions, vectors), e)).toBe(true)
    const to: Vec3 = [1, 1, 0]
    const t = freeMove(e, from, to, positions, vectors)
    expect(length(t)).toBeCloseTo(1, 6)
    expect(cosine(t, e)).toBeLessThan(1)
    expect(cosine(t, e)).toBeGreaterThanOrEqual(0.49)
  })

  it('is continuous: a small step of the hand is a small step of the meaning', () => {
    let before = freeMove(e, [0, 0, 0], [-1, 0, 0], positions, vectors)
    for (let x = -1; x <= 1; x += 0.002) {
      const now = freeMove(e, [0, 0, 0], [x, 0, 0], positions, vectors)
      expect(cosine(now, before)).toBeGreaterThan(0.995)
      before = now
    }
  })

  it('weighs nothing at the edge of the kernel, and copes with few nodes and with none', () => {
    const { weights } = kernelAt([0, 0, 0], positions)
    expect(weights.at(-1)).toBe(0)
    expect(weights.reduce((sum, weight) => sum + weight)).toBeCloseTo(1, 9)
    expect(same(freeMove(e, [0, 0, 0], [1, 0, 0], new Float32Array(3), e.slice()), e)).toBe(true)
    expect(same(freeMove(e, [0, 0, 0], [1, 0, 0], new Float32Array(0), new Float32Array(0)), e)).toBe(true)
  })
})

describe('moves along arcs', () => {
  it('keep unit length and exact ends', () => {
    fc.assert(
      fc.property(seeds, fc.double({ min: -1, max: 2, noNaN: true }), (seed, amount) => {
        const random = new Random(seed)
        const [a, b, c] = [anyUnit(random), anyUnit(random), anyUnit(random)]
        expect(length(blend(a, b, amount))).toBeCloseTo(1, 6)
        expect(same(blend(a, b, 0), a) && same(blend(a, b, 1), b)).toBe(true)
        expect(length(stretch(a, b, amount))).toBeCloseTo(1, 6)
        expect(same(stretch(a, b, 0), a)).toBe(true)
        expect(length(slice([a, b, c], [0.7 - amount, amount, 0.3]))).toBeCloseTo(1, 6)
        expect(same(slice([a, b, c], [0, 1, 0]), b)).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  it('exaggerate beyond the ends of a blend, and hold there', () => {
    const random = new Random(1)
    const [a, b] = [anyUnit(random), anyUnit(random)]
    const angle = (x: Float32Array, y: Float32Array) => Math.acos(Math.min(1, dot(x, y)))
    expect(angle(blend(a, b, 1.3), a)).toBeCloseTo(1.3 * angle(a, b), 4)
    expect(same(blend(a, b, 9), blend(a, b, 1.5))).toBe(true)
    expect(same(blend(a, a.slice(), 0.4), a)).toBe(true)
  })

  it('stretch away from the mean by the angle asked, and towards it never past it', () => {
    const vectors = themed(50)
    const mean = meanOf(vectors)
    const e = row(vectors, 0).slice()
    const away = (x: Float32Array) => Math.acos(cosine(x, mean))
    expect(away(stretch(e, mean, 0.3)) - away(e)).toBeCloseTo(0.3, 4)
    expect(away(stretch(e, mean, 5)) - away(e)).toBeCloseTo(0.7, 4)
    const close = blend(anyUnit(new Random(3)), e, 1)
    expect(away(stretch(close, mean, -9))).toBeGreaterThanOrEqual(0)
  })

  it('weigh the corners of a sheet', () => {
    expect(bilinear(1, 0)).toEqual([0, 1, 0, 0])
    expect(bilinear(2, 2)).toEqual([0, 0, 1, 0])
    expect(bilinear(0.2, 0.7).reduce((sum, weight) => sum + weight)).toBeCloseTo(1, 12)
  })
})

describe('equalise', () => {
  it('adds σ to probes and multiplies learned features, each by its own difference', () => {
    const random = new Random(6)
    const probe = anyFeature(random, { id: 'p' })
    const learned = { ...anyFeature(random, { id: 'l', kind: 'learned' }), mean: 0 }
    const e = translate(anyUnit(random), [{ feature: { ...learned, kind: 'probe' }, sigma: 4 }])
    const raised = equalise(e, [{ feature: probe, sigma: 1.5 }])
    expect(activation(raised, probe) - activation(e, probe)).toBeCloseTo(1.5, 3)
    const before = activation(e, learned)
    const doubled = activation(equalise(e, [{ feature: learned, sigma: 1 }]), learned)
    expect(doubled / before).toBeGreaterThan(1.7)
    expect(doubled / before).toBeLessThanOrEqual(2)
    expect(
      same(
        equalise(e, [
          { feature: probe, sigma: 0 },
          { feature: learned, sigma: 0 },
        ]),
        e,
      ),
    ).toBe(true)
  })

  it('cannot wake a learned feature that is silent', () => {
    const random = new Random(7)
    const learned = { ...anyFeature(random, { kind: 'learned' }), mean: 2 }
    const e = anyUnit(random)
    expect(same(equalise(e, [{ feature: learned, sigma: 2 }]), e)).toBe(true)
  })
})
