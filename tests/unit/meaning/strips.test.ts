import { describe, expect, it } from 'vitest'
import { clusters, mapWords, wordsOf } from '../../../src/meaning/regions.ts'
import { downsample, smooth, spectrogram } from '../../../src/meaning/spectrogram.ts'

describe('the spectrogram', () => {
  // Three passages, two features.
  const activations = Float32Array.of(1, 10, 2, 20, 3, 60)

  it('turns activations into strips', () => {
    const { values, count, order } = spectrogram(activations, 2)
    expect([...values]).toEqual([1, 2, 3, 10, 20, 60])
    expect(count).toBe(3)
    expect(order).toEqual([0, 1])
  })

  it('puts the liveliest first, or the alike together', () => {
    expect(spectrogram(activations, 2, { order: 'liveliest' }).order).toEqual([1, 0])
    // Feature 2 goes with feature 0, feature 1 against both.
    const three = Float32Array.of(0, 5, 0, 1, 4, 2, 2, 2, 4, 3, 1, 6)
    expect(spectrogram(three, 3, { order: 'alike' }).order).toEqual([2, 0, 1])
  })

  it('smooths within a section and never across its edge', () => {
    const step = Float32Array.of(0, 0, 0, 1, 1, 1)
    expect([...smooth(step, 1, [3])]).toEqual([0, 0, 0, 1, 1, 1])
    const soft = smooth(step, 1)
    expect(soft[2]).toBeGreaterThan(0)
    expect(soft[2]).toBeLessThan(0.5)
    expect(smooth(new Float32Array(9).fill(2), 3).every((value) => Math.abs(value - 2) < 1e-6)).toBe(true)
  })

  it('keeps means when the wall is narrower than the text, and cells when it is wider', () => {
    const strips = spectrogram(activations, 2)
    expect([...downsample(strips, 1)]).toEqual([2, 30])
    expect([...downsample(strips, 6)].slice(0, 6)).toEqual([1, 1, 2, 2, 3, 3])
  })

  it('is empty for an empty document', () => {
    expect(spectrogram(new Float32Array(0), 0).count).toBe(0)
    expect(spectrogram(new Float32Array(0), 3, { smoothing: 1, order: 'alike' }).values.length).toBe(0)
  })
})

describe('regions', () => {
  const positions = Float32Array.from(
    Array.from({ length: 20 }, (_, i) => (i < 10 ? [0, 0, i / 100] : [5, 5, i / 100])).flat(),
  )
  const texts = Array.from({ length: 20 }, (_, i) =>
    i < 10 ? `The harbour had ${i} boats` : `A violin and ${i} songs`,
  )

  it('are named by words that are theirs', () => {
    const [first, second] = mapWords(positions, texts, { count: 2, words: 2 })
    expect(first.words).toEqual(['boats', 'harbour'])
    expect(second.words).toEqual(['songs', 'violin'])
    expect(first.members).toEqual(Array.from({ length: 10 }, (_, i) => i))
    expect(second.centre[0]).toBeCloseTo(5, 5)
  })

  it('can take words the lens reads, and are the same on every visit', () => {
    const options = { count: 2, words: 3, lens: () => ['sea'] }
    expect(mapWords(positions, texts, options)[0].words).toEqual(['boats', 'harbour', 'sea'])
    expect(mapWords(positions, texts, options)).toEqual(mapWords(positions, texts, options))
  })

  it('do with copies in one place, and with nothing', () => {
    expect(mapWords(new Float32Array(0), [])).toEqual([])
    expect(clusters(new Float32Array(30), 3, 1).flat().length).toBe(10)
  })

  it('split words as a reader would', () => {
    expect(wordsOf('The sea’s edge, and it wasn’t well-known; 42 gulls.')).toEqual([
      'sea',
      'edge',
      'wasn’t',
      'well-known',
      'gulls',
    ])
  })
})
