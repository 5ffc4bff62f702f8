import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  activation,
  activations,
  areaUnderCurve,
  calibrate,
  contrastFeature,
  parseFeatures,
  quantile,
} from '../../../src/meaning/features.ts'
import { Random } from '../../../src/meaning/layout/random.ts'
import { DIMENSIONS } from '../../../src/meaning/types.ts'
import { combine, length, normalise, orthonormal, row, slerp } from '../../../src/meaning/vector.ts'
import { anyFeature, anyUnit, themed } from './synthetic.ts'

const random = new Random(1)

describe('features', () => {
  it('activate by the same numbers in a table and alone', () => {
    const vectors = themed(20)
    const features = [anyFeature(random), anyFeature(random, { id: 'g' })]
    const table = activations(vectors, features)
    expect(table.length).toBe(40)
    for (const i of [0, 7, 19]) {
      features.forEach((feature, f) => {
        expect(table[i * 2 + f]).toBeCloseTo(activation(row(vectors, i), feature), 5)
      })
    }
  })

  it('come from their card and file, at any offset, or fail in plain words', () => {
    const features = [anyFeature(random, { id: 'a' }), anyFeature(random, { id: 'b' })]
    const card = { features: features.map(({ direction: _, kind: __, ...entry }) => entry) }
    const bytes = new Uint8Array(1 + 4 * 2 * DIMENSIONS)
    features.forEach(({ direction }, i) => {
      bytes.set(new Uint8Array(direction.buffer), 1 + 4 * i * DIMENSIONS)
    })
    const read = parseFeatures(card, bytes.subarray(1))
    expect(read.map(({ id, kind }) => [id, kind])).toEqual([
      ['a', 'probe'],
      ['b', 'probe'],
    ])
    expect([...read[1].direction]).toEqual([...features[1].direction])
    expect(() => parseFeatures(card, bytes.subarray(1, 1537))).toThrow(/names 2, but their file holds 1/)
    expect(() => parseFeatures({}, bytes)).toThrow(/lists none/)
    expect(() => parseFeatures(card, new Uint8Array(4 * 2 * DIMENSIONS))).toThrow(/no usable direction/)
  })

  it('are calibrated to mean 0 and spread 1 over their reference', () => {
    const vectors = themed(400)
    const direction = anyUnit(random)
    const feature = { ...anyFeature(random), direction, ...calibrate(direction, vectors) }
    const values = activations(vectors, [feature])
    const mean = values.reduce((sum, value) => sum + value, 0) / 400
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 399)
    expect(mean).toBeCloseTo(0, 4)
    expect(spread).toBeCloseTo(1, 4)
    expect(feature.quantiles.p01).toBeLessThan(feature.quantiles.p99)
    expect(quantile([0, 1, 2, 3], 0.5)).toBe(1.5)
  })

  it('of a person’s own tell their two ends apart, and say how well', () => {
    const side = anyUnit(random)
    const group = (sign: number) =>
      Float32Array.from(
        Array.from({ length: 8 }, () => [...normalise(combine([anyUnit(random), side], [1, sign]))]).flat(),
      )
    const made = { low: group(-1), high: group(1), lowTexts: ['a'], highTexts: ['b'], reference: themed(300) }
    const feature = contrastFeature({ id: 'c', name: 'cold or warm', poles: ['cold', 'warm'], ...made })
    expect(length(feature.direction)).toBeCloseTo(1, 6)
    expect(feature.reliability.auc).toBeGreaterThan(0.9)
    expect(activation(row(made.high, 0), feature)).toBeGreaterThan(activation(row(made.low, 0), feature))
    expect(() => contrastFeature({ id: 'c', name: 'c', poles: ['a', 'b'], ...made, high: made.low })).toThrow(
      /the same/,
    )
    const one = { ...made, low: made.low.slice(0, DIMENSIONS), high: made.high.slice(0, DIMENSIONS) }
    expect(contrastFeature({ id: 'c', name: 'c', poles: ['a', 'b'], ...one }).reliability.selectivity).toBe(0)
  })

  it('have an area under the curve that is the chance of being told apart', () => {
    expect(areaUnderCurve([1, 2, 3, 4], [false, false, true, true])).toBe(1)
    expect(areaUnderCurve([1, 1, 1, 1], [false, true, false, true])).toBe(0.5)
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.boolean()), { minLength: 2, maxLength: 30 }),
        (items) => {
          const high = items.filter(([, positive]) => positive).map(([score]) => score)
          const low = items.filter(([, positive]) => !positive).map(([score]) => score)
          if (!high.length || !low.length) return
          let wins = 0
          for (const a of high) for (const b of low) wins += a > b ? 1 : a === b ? 0.5 : 0
          const auc = areaUnderCurve(
            items.map(([score]) => score),
            items.map(([, positive]) => positive),
          )
          expect(auc).toBeCloseTo(wins / (high.length * low.length), 10)
        },
      ),
    )
  })
})

describe('vectors', () => {
  it('have a basis that spans what is new in them', () => {
    const a = anyUnit(random)
    const b = anyUnit(random)
    const { q, from } = orthonormal([a, a, b])
    expect(from).toEqual([0, 2])
    expect(length(q[1])).toBeCloseTo(1, 10)
  })

  it('turn along an arc at even speed, and stay where the arc is not known', () => {
    const a = anyUnit(random)
    expect([...slerp(a, a.slice(), 0.5)]).toEqual([...a])
    expect([
      ...slerp(
        a,
        a.map((value) => -value),
        0.5,
      ),
    ]).toEqual([...a])
  })
})
