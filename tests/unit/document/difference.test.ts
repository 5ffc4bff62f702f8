import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { difference } from '../../../src/document/difference.ts'

const join = (runs: ReturnType<typeof difference>, without: 'gained' | 'lost') =>
  runs
    .filter(({ kind }) => kind !== without)
    .map(({ text }) => text)
    .join(' ')
const words = (text: string) => text.split(/\s+/).filter(Boolean)

describe('difference', () => {
  it('shows what was swapped, in place', () => {
    expect(difference('She was rather late.', 'She was terribly late.')).toEqual([
      { kind: 'kept', text: 'She was' },
      { kind: 'lost', text: 'rather' },
      { kind: 'gained', text: 'terribly' },
      { kind: 'kept', text: 'late.' },
    ])
  })

  it('is one kept run for equal texts, and nothing for none', () => {
    expect(difference('Nothing moved.', 'Nothing moved.')).toEqual([{ kind: 'kept', text: 'Nothing moved.' }])
    expect(difference('', '')).toEqual([])
  })

  it('gives both texts back, word for word', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'dove', 'echo'), { maxLength: 14 }).map((all) => all.join(' '))
    fc.assert(
      fc.property(text, text, (before, after) => {
        const runs = difference(before, after)
        expect(words(join(runs, 'gained'))).toEqual(words(before))
        expect(words(join(runs, 'lost'))).toEqual(words(after))
      }),
    )
  })
})
