import { describe, expect, test } from 'vitest'
import { isRight } from '../../eval/landings.ts'
import { bigrams } from '../../eval/ngram.ts'
import { interval, mean, median, spearman } from '../../eval/statistics.ts'
import type { Task } from '../../eval/tasks.ts'

describe('statistics', () => {
  test('rank correlation: order alone counts, equals share a rank, a constant tells nothing', () => {
    expect(spearman([1, 2, 3, 4], [1, 10, 100, 1000])).toBeCloseTo(1, 12)
    expect(spearman([1, 2, 3, 4], [4, 3, 2, 1])).toBeCloseTo(-1, 12)
    // Ranks 0, 1, 2, 3 against 0.5, 0.5, 2, 3: 4.5 / sqrt(5 · 4.5).
    expect(spearman([1, 2, 3, 4], [5, 5, 6, 7])).toBeCloseTo(4.5 / Math.sqrt(22.5), 12)
    expect(spearman([1, 2, 3], [7, 7, 7])).toBe(0)
  })

  test('an interval holds the mean, is the same each time, and narrows with more values', () => {
    const values = Array.from({ length: 40 }, (_, i) => (i * 37) % 11)
    const [low, high] = interval(values, mean)
    expect(low).toBeLessThan(mean(values))
    expect(high).toBeGreaterThan(mean(values))
    expect(interval(values, mean)).toEqual([low, high])
    const [closerLow, closerHigh] = interval([...values, ...values, ...values, ...values], mean)
    expect(closerHigh - closerLow).toBeLessThan(0.7 * (high - low))
    expect(median([3, 1, 2])).toBe(2)
  })
})

test('bigrams find what they have read likelier than its words in disorder', () => {
  const perplexity = bigrams(['The road is long.', 'The road was long and dark.', 'A dark road is long.'])
  expect(perplexity('The road is long.')).toBeLessThan(perplexity('Long is the road.'))
  expect(perplexity('The road is long.')).toBeLessThan(perplexity('The harbour is long.'))
  expect(perplexity('')).toBeNaN()
})

describe('what is right', () => {
  const task = (more: Partial<Task>): Task => ({
    source: 'the gate is open now',
    from: new Float32Array(384),
    asked: new Float32Array(384),
    along: [],
    move: { kind: 'hand' },
    ...more,
  })
  const judge = (text: string) => (/ not /.test(text) ? 3 : -3)

  test('against a reference: nearer to it than the source is, and nearly it', () => {
    const one = task({ reference: 'the gate is not open now' })
    expect(isRight(one, 'the gate is not open now')).toBe(true)
    expect(isRight(one, 'the gate is open now')).toBe(false)
    expect(isRight(one, 'a door was never shut')).toBe(false)
  })

  test('by the judge: flipped, and still the same sentence; silent where it is not sure of the source', () => {
    const one = task({ sigma: 4 })
    expect(isRight(one, 'the gate is not open now', judge)).toBe(true)
    expect(isRight(one, 'it does not matter at all', judge)).toBe(false)
    expect(isRight(one, 'the gate is open', judge)).toBe(false)
    expect(isRight(task({ sigma: 4, source: 'it is not so' }), 'it is so', judge)).toBeNull()
    expect(isRight(one, 'the gate is not open now')).toBeNull()
  })

  test('a "not" that comes along with another feature is wrong', () => {
    const formal = (text: string) => (/ it is /.test(text) ? 3 : -3)
    const move = { kind: 'translate' as const, feature: 'formality', sigma: 1 }
    const one = task({ sigma: 1, source: 'now it’s a great road', move })
    expect(isRight(one, 'now it is a great road', formal)).toBe(true)
    expect(isRight(one, 'now it is not a great road', formal)).toBe(false)
  })

  test('an inversion has most of the words', () => {
    expect(isRight(task({ from: null }), 'now the gate is open')).toBe(true)
    expect(isRight(task({ from: null }), 'a door was shut')).toBe(false)
  })
})
