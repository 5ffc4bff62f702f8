import { describe, expect, it } from 'vitest'
import {
  agreement,
  cautious,
  confidence,
  distanceToCorpus,
  parseCalibrations,
} from '../../../src/meaning/confidence.ts'
import { Random } from '../../../src/meaning/layout/random.ts'
import { blend } from '../../../src/meaning/moves/arcs.ts'
import { inDeadZone, measure, rank, rankNear, translate } from '../../../src/meaning/moves.ts'
import type { Candidate } from '../../../src/meaning/types.ts'
import { anyFeature, anyUnit } from './synthetic.ts'

const random = new Random(1)
const e = anyUnit(random)
const feature = anyFeature(random)
const asked = translate(e, [{ feature, sigma: 3 }])

function candidate(text: string, figures: Partial<Candidate>): Candidate {
  return {
    text,
    vector: e,
    writer: 'inverter',
    cosine: 0.9,
    progress: 1,
    kept: 0.9,
    fluency: -2,
    closeness: 0.8,
    score: 0,
    ...figures,
  }
}

describe('measure', () => {
  it('reads no progress at the source, all of it at the place asked, half of it half-way', () => {
    expect(measure(asked, e, e, [feature.direction]).progress).toBeCloseTo(0, 6)
    const there = measure(asked, e, asked, [feature.direction])
    expect(there.progress).toBeCloseTo(1, 6)
    expect(there.kept).toBeCloseTo(1, 6)
    expect(measure(asked, e, blend(e, asked, 0.5), [feature.direction]).progress).toBeCloseTo(0.5, 2)
    expect(measure(asked, e, translate(e, [{ feature, sigma: -1.5 }]), [feature.direction]).progress).toBeCloseTo(
      -0.5,
      3,
    )
  })

  it('goes along the movement itself where no feature is named or the named ones have no part in it', () => {
    const other = anyUnit(random)
    const half = blend(e, other, 0.4)
    expect(measure(half, e, half).progress).toBeCloseTo(1, 6)
    expect(measure(half, e, half, [anyFeature(new Random(99)).direction]).progress).toBeCloseTo(1, 5)
    expect(measure(half, e, e).progress).toBeCloseTo(0, 6)
  })

  it('counts nearness alone in an empty place', () => {
    expect(measure(asked, null, asked).progress).toBeCloseTo(1, 6)
  })

  it('knows a movement too small to be one', () => {
    expect(inDeadZone(e, e)).toBe(true)
    expect(inDeadZone(e, asked)).toBe(false)
  })
})

describe('rank', () => {
  it('puts progress first, then what was kept, then fluency, then wording', () => {
    const best = candidate('best', {})
    const order = [
      candidate('short of it', { progress: 0.4 }),
      candidate('loses the rest', { kept: 0.4 }),
      best,
      candidate('stammers', { fluency: -6 }),
    ]
    expect(rank(order, { source: 'source' })[0].text).toBe('best')
    expect(
      rank(order, { source: 'source' })
        .map(({ text }) => text)
        .slice(0, 2),
    ).toEqual(['best', 'stammers'])
  })

  it('chooses the source only when nothing makes progress', () => {
    const source = candidate('source', { writer: 'source', progress: 0, kept: 1, closeness: 1, cosine: 0.99 })
    const echo = candidate('source', { progress: 0, kept: 1, closeness: 1 })
    expect(rank([source, echo, candidate('moved', { progress: 0.2, kept: 0.6 })], { source: 'source' })[0].text).toBe(
      'moved',
    )
    expect(rank([candidate('idle', { progress: 0.05 }), source], { source: 'source' })[0].text).toBe('source')
  })

  it('passes over another text that went far, and what went nowhere comes last', () => {
    const source = candidate('source', { writer: 'source', progress: 0, kept: 1, closeness: 1, cosine: 0.99 })
    const other = candidate('another text', { progress: 1.8, kept: 0.06 })
    const away = candidate('away', { progress: -0.2, kept: 0.9 })
    expect(rank([other, away, source], { source: 'source' }).map(({ text }) => text)[0]).toBe('source')
    expect(rank([away, source, candidate('moved', {})], { source: 'source' }).map(({ text }) => text)).toEqual([
      'moved',
      'source',
      'away',
    ])
  })

  it('of two that have arrived takes the one nearer to the source, not the one that went on', () => {
    const near = candidate('near', { progress: 0.8, kept: 0.97, closeness: 0.95 })
    const far = candidate('far', { progress: 1.02, kept: 0.87, closeness: 0.8 })
    expect(rank([far, near], { source: 'source' })[0].text).toBe('near')
  })

  it('bears candidates that were never scored', () => {
    const ranked = rank([candidate('a', { fluency: Number.NaN }), candidate('b', {})], { source: null })
    expect(ranked.every(({ score }) => Number.isFinite(score))).toBe(true)
  })
})

describe('rankNear', () => {
  it('takes the nearer text, unless it reads much worse', () => {
    const plain = candidate('plain', { cosine: 0.85, fluency: -2 })
    expect(rankNear([plain, candidate('nearer', { cosine: 0.9, fluency: -2.5 })])[0].text).toBe('nearer')
    expect(rankNear([plain, candidate('salad', { cosine: 0.9, fluency: -5 })])[0].text).toBe('plain')
  })

  it('scores a text the same whatever stands beside it', () => {
    const plain = candidate('plain', { cosine: 0.85, fluency: -3 })
    const alone = rankNear([plain])[0].score
    const beside = rankNear([plain, candidate('fluent', { cosine: 0.5, fluency: -0.5 })])
    expect(beside.find(({ text }) => text === 'plain')!.score).toBe(alone)
  })

  it('bears candidates that were never scored', () => {
    const ranked = rankNear([candidate('a', { fluency: Number.NaN }), candidate('b', { cosine: 0.95 })])
    expect(ranked[0].text).toBe('b')
    expect(ranked.every(({ score }) => Number.isFinite(score))).toBe(true)
  })
})

describe('confidence', () => {
  it('says close, near or off the map, and grows with progress', () => {
    const good = { progress: 0.9, cosine: 0.9, distance: 0.3, agreement: 0.9, fluency: -2.5 }
    expect(confidence(good)).toMatchObject({ word: 'close' })
    expect(confidence({ ...good, progress: 0.5, cosine: 0.75 }).word).toBe('near')
    expect(confidence({ ...good, progress: 0, cosine: 0.6 }).word).toBe('off the map')
    const values = [0, 0.3, 0.6, 1].map((progress) => confidence({ ...good, progress }).value)
    expect(values).toEqual([...values].sort((a, b) => a - b))
    expect(confidence({ ...good, fluency: Number.NaN }).value).toBeCloseTo(confidence(good).value, 6)
  })

  it('takes a card’s calibrations whole or not at all, each by itself', () => {
    expect(parseCalibrations({})).toEqual({ pulls: cautious, places: cautious })
    const fitted = { ...cautious, n: 400, thresholds: { close: 0.7, near: 0.4 } }
    expect(parseCalibrations({ calibration: { pulls: fitted, places: { coefficients: { cosine: 1 } } } })).toEqual({
      pulls: fitted,
      places: cautious,
    })
  })

  it('measures distance and agreement', () => {
    const [a, b] = [anyUnit(random), anyUnit(random)]
    const table = new Float32Array([...a, ...b])
    expect(distanceToCorpus(a, table)).toBeCloseTo(0, 6)
    expect(agreement([a, a.slice()])).toBeCloseTo(1, 6)
    expect(agreement([a])).toBe(1)
  })
})
