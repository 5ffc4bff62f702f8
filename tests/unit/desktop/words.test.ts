import { describe, expect, it } from 'vitest'
import { counted, fineSigmas, leaning, progressWords, shortened, sigmas } from '../../../src/desktop/words.ts'

describe('words of the interface', () => {
  it('writes σ with a sign that is right', () => {
    expect(sigmas(1.84)).toBe('+1.8 σ')
    expect(sigmas(-0.26)).toBe('−0.3 σ')
    expect(sigmas(-0.01)).toBe('0.0 σ')
    expect(sigmas(Number.NaN)).toBe('–')
    expect(fineSigmas(-0.25)).toBe('−0.25 σ')
    expect(fineSigmas(0.001)).toBe('0.00 σ')
  })

  it('says which way a passage leans', () => {
    const tense = { poles: ['past', 'present'] as [string, string] }
    expect(leaning(tense, 0.1)).toBe('in the middle')
    expect(leaning(tense, -0.8)).toBe('a little past')
    expect(leaning(tense, 1.5)).toBe('clearly present')
    expect(leaning(tense, 2.6)).toBe('very present')
  })

  it('counts', () => {
    expect(counted(1, 'passage')).toBe('1 passage')
    expect(counted(1040, 'passage')).toBe('1,040 passages')
    expect(counted(2, 'branch', 'branches')).toBe('2 branches')
  })

  it('tells progress in the unit of the work', () => {
    expect(progressWords(312, 1040, 'passages')).toBe('312 of 1,040 passages')
    expect(progressWords(12_400_000, 48_000_000, 'bytes')).toBe('12.4 of 48.0 MB')
    expect(progressWords(0, 0, 'bytes')).toBe('')
    expect(progressWords(0, 1, 'sentence')).toBe('')
  })

  it('shortens at a word', () => {
    expect(shortened('A short one.')).toBe('A short one.')
    expect(shortened('The quick brown fox jumps over, the lazy dog', 32)).toBe('The quick brown fox jumps over…')
  })
})
