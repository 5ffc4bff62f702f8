import { describe, expect, it } from 'vitest'
import { mayNegate, negations, rank } from '../../../src/meaning/moves.ts'
import type { Candidate } from '../../../src/meaning/types.ts'

const candidate = (text: string, progress: number): Candidate => ({
  text,
  vector: new Float32Array(384),
  writer: 'inverter',
  cosine: 0.95,
  progress,
  kept: 0.95,
  fluency: -0.1,
  closeness: 0.9,
  score: 0,
})

describe('what is claimed', () => {
  it.each(['It is not so.', 'I can’t.', "She doesn't know.", 'Nobody came.'])('is denied in “%s”', (text) => {
    expect(negations(text)).toBe(1)
  })
  it.each(['It is so.', 'A knot was tied.', 'Another notice came.'])('is not denied in “%s”', (text) => {
    expect(negations(text)).toBe(0)
  })

  it('may turn by negation, sentiment and free moves, not by a feature of form', () => {
    expect(mayNegate({ kind: 'translate', feature: 'negation', sigma: 3 })).toBe(true)
    expect(mayNegate({ kind: 'translate', feature: 'formality', sigma: 1 })).toBe(false)
    expect(mayNegate({ kind: 'axes', sigmas: { tense: 1, sentiment: 1 } })).toBe(true)
    expect(mayNegate({ kind: 'axes', sigmas: { tense: 1, number: 2 } })).toBe(false)
    expect(mayNegate({ kind: 'stretch', angle: 0, feature: 'tense', sigma: 1 })).toBe(false)
    expect(mayNegate({ kind: 'stretch', angle: 0.2 })).toBe(true)
    expect(mayNegate({ kind: 'translate', feature: 'my own contrast', sigma: 1 })).toBe(true)
    expect(mayNegate({ kind: 'equalise', gains: { future: 2 }, span: [0, 3] })).toBe(false)
    expect(mayNegate({ kind: 'free', from: [0, 0, 0], to: [1, 0, 0] })).toBe(true)
  })

  it('holds one by one: a second "not" does not hide that the first is gone', () => {
    expect(negations('No one knew, and it was not said.')).toBe(negations('No one knew, and it was said.') + 1)
  })

  it('holds in a ranking: a text that turns the claim comes after the source', () => {
    const source = { ...candidate('The bridge was closed.', 0), writer: 'source' as const }
    const turned = candidate('The bridge was not closed.', 1)
    const fair = candidate('The bridge has been closed.', 0.4)
    const order = (mayNegate: boolean) =>
      rank([turned, source, fair], { source: source.text, mayNegate }).map(({ text }) => text)
    expect(order(false)).toEqual([fair.text, source.text, turned.text])
    expect(order(true)[0]).toBe(turned.text)
  })
})
