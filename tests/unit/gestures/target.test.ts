import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { readFeatures, target } from '../../../src/gestures/target.ts'
import { DIMENSIONS, type Document, type Feature } from '../../../src/meaning/types.ts'
import { normalise } from '../../../src/meaning/vector.ts'
import { featuresStore } from '../../../src/state/features.ts'
import { replaceProject } from '../../../src/state/history.ts'
import { type Node, nodes } from '../../../src/state/nodes.ts'
import { emptyProject } from '../../../src/state/project.ts'
import { firstView, viewStore } from '../../../src/state/view.ts'

/** A unit vector from a seed: enough to stand for a meaning. */
function unit(seed: number): Float32Array {
  let state = seed * 7919 + 1
  return normalise(
    Float32Array.from({ length: DIMENSIONS }, () => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0
      return state / 2 ** 32 - 0.5
    }),
  )
}

function feature(id: string, direction: Float32Array): Feature {
  return {
    id,
    name: id,
    kind: 'probe',
    poles: ['low', 'high'],
    direction,
    mean: 0.01,
    sigma: 0.06,
    quantiles: { p01: -0.5, p05: -0.3, p25: -0.1, p50: 0, p75: 0.1, p95: 0.3, p99: 0.5 },
    naturalStep: 2,
    purity: 0.7,
    reliability: { auc: 0.9, shuffledAuc: 0.5, selectivity: 0.4, n: 100, split: 'made up' },
    evidence: { low: [], high: [] },
    source: 'made up',
  }
}

/** Two features that are far from independent: pulling one must not drag the other. */
const first = unit(1)
const second = normalise(Float32Array.from(first, (value, i) => value + 0.8 * unit(2)[i]!))

let taken: Node

beforeEach(() => {
  featuresStore.setState({ shipped: [feature('one', first), feature('two', second)], mean: null })
  const text = 'A. B. C.'
  const passages = [0, 1, 2].map((i) => ({
    id: `p${i}`,
    span: { start: i * 3, end: i * 3 + 2 },
    text: text.slice(i * 3, i * 3 + 2),
    kind: 'prose' as const,
    section: -1,
    paragraph: 0,
  }))
  const document = { id: 'd', title: 'd', text, passages, sections: [], notices: [] } as unknown as Document
  const vectors = new Float32Array(3 * DIMENSIONS)
  for (let i = 0; i < 3; i++) vectors.set(unit(10 + i), i * DIMENSIONS)
  replaceProject({ ...emptyProject(), documents: [document], vectors: { ids: ['p0', 'p1', 'p2'], vectors } })
  viewStore.setState({ ...firstView, axes: { x: 'one', y: 'two', z: null }, blend: 1 })
  taken = nodes()[0]!
})

describe('the target of a move', () => {
  it('reads the amount that was pulled, and leaves the other shown axis where it was', () => {
    fc.assert(
      fc.property(fc.double({ min: -2.5, max: 2.5, noNaN: true }), (sigma) => {
        const before = readFeatures(taken.vector)
        const after = readFeatures(target(taken, { kind: 'translate', feature: 'one', sigma }).asked)
        expect(after.one! - before.one!).toBeCloseTo(sigma, 3)
        expect(after.two! - before.two!).toBeCloseTo(0, 3)
      }),
    )
  })

  it('is the passage itself where nothing was moved', () => {
    const { asked } = target(taken, { kind: 'translate', feature: 'one', sigma: 0 })
    expect(asked).toEqual(Float32Array.from(taken.vector))
  })

  it('of a blend stands equally near to both at one half', () => {
    const { asked } = target(taken, { kind: 'blend', other: 'p1', amount: 0.5 })
    const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0)
    expect(dot(asked, taken.vector)).toBeCloseTo(dot(asked, nodes()[1]!.vector), 5)
  })

  it('says so in words where a feature or a passage is missing', () => {
    expect(() => target(taken, { kind: 'translate', feature: 'none', sigma: 1 })).toThrow(/no feature called “none”/)
    expect(() => target(taken, { kind: 'blend', other: 'gone', amount: 0.5 })).toThrow(/no longer there/)
  })

  it('lies between nodes for a blend up to its other end and for the anchors of a slice that count', () => {
    const ids = ({ between }: ReturnType<typeof target>) => between?.map(({ id }) => id)
    expect(ids(target(taken, { kind: 'blend', other: 'p1', amount: 0.5 }))).toEqual(['p0', 'p1'])
    for (const amount of [-0.2, 0, 1.2])
      expect(ids(target(taken, { kind: 'blend', other: 'p1', amount }))).toBeUndefined()
    expect(target(taken, { kind: 'blend', other: 'p1', amount: 1.2 }).source?.id).toBe('p1')
    const anchors = ['p0', 'p1', 'p2']
    expect(ids(target(taken, { kind: 'slice', anchors, weights: [0.5, 0, 0.5] }))).toEqual(['p0', 'p2'])
    expect(ids(target(taken, { kind: 'slice', anchors, weights: [0.01, 0.96, 0.03] }))).toEqual(['p1', 'p2'])
  })
})
