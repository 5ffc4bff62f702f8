import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splices } from '../../../src/model/splice.ts'

const first = 'The cat slept on the warm sofa.'
const second = 'The committee approved the budget in May.'
const wordsOf = (text: string): string[] => text.match(/\p{L}+/gu) ?? []

describe('splices', () => {
  test('begin like one text and end like the other, both ways round', () => {
    const all = splices(first, second, 12, 100)
    expect(all).toContain('The cat slept the budget in May.')
    expect(all).toContain('The committee approved on the warm sofa.')
    for (const text of all) expect(/[.]$/.test(text) && !/[.] /.test(text)).toBe(true)
  })

  test('the most balanced come first, none is longer than allowed, none stands twice', () => {
    const all = splices(first, second, 8, 100)
    expect(new Set(all).size).toBe(all.length)
    for (const text of all) expect(text.split(' ').length).toBeLessThanOrEqual(8)
    expect(splices(first, second, 8, 3)).toEqual(all.slice(0, 3))
    // How much of each text stands in a splice, at least.
    const share = (text: string) =>
      Math.min(...[first, second].map((one) => wordsOf(one).filter((word) => wordsOf(text).includes(word)).length))
    expect(share(all[0])).toBeGreaterThan(share(all.at(-1)!))
  })

  test('never leave a quote or a bracket open', () => {
    const all = splices('"We are late," he said to the porter.', 'The porter (a tall man) was asleep.', 12, 100)
    expect(all.length).toBeGreaterThan(0)
    for (const text of all) {
      expect(text.split('"').length % 2).toBe(1)
      expect(text.includes('(')).toBe(text.includes(')'))
    }
  })

  test('hold no word that neither text has, whatever the texts', () => {
    const text = fc.array(fc.constantFrom('the', 'rain', 'fell', 'on', 'a', 'tall', 'porter,', 'and', 'slept.'), {
      minLength: 1,
      maxLength: 12,
    })
    fc.assert(
      fc.property(text, text, (a, b) => {
        const known = new Set([...a, ...b].flatMap(wordsOf))
        for (const one of splices(a.join(' '), b.join(' '), 14, 40))
          for (const word of wordsOf(one)) expect(known.has(word)).toBe(true)
      }),
    )
  })
})
