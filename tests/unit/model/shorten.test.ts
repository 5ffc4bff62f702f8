import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalise } from '../../../src/meaning/vector.ts'
import { asText, joined, shortened } from '../../../src/model/shorten.ts'

const first = 'The very old cat slept on the warm red sofa in the hall.'
const second = 'But the committee has not approved the new budget in May.'
const KEY = ['cat', 'slept', 'sofa', 'committee', 'approved', 'budget']

/** A bag of words on the first axes; all others share one. */
function bag(text: string): Float32Array {
  const vector = new Float32Array(384).fill(0)
  for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? []) vector[KEY.indexOf(word) + 1] += 1
  return normalise(vector)
}
const embed = async (texts: string[]) => {
  const table = new Float32Array(texts.length * 384)
  for (const [i, text] of texts.entries()) table.set(bag(text), i * 384)
  return table
}
const asked = bag(KEY.join(' '))
const words = (text: string): string[] => text.match(/\p{L}+/gu) ?? []

/** Every word may follow every other, but the text should not begin anew. */
const jump = (start: number) => (start === 0 ? -3 : -1)
const shorten = (most: number, [a, b] = [first, second]) => shortened(embed, asked, joined(a, b), { most, jump })

test('keeps what the place is about, joined by the second text’s own conjunction', async () => {
  const [best] = await shorten(12)
  for (const key of KEY) expect(words(best.toLowerCase())).toContain(key)
  expect(joined(first, second).words[13]).toBe('but')
  expect(best).toMatch(/^\p{Lu}.*\.$/u)
})

test('gives only texts that are short enough, each wording once, none without its "not"', async () => {
  const all = await shorten(14)
  expect(all.length).toBeGreaterThan(5)
  expect(new Set(all).size).toBe(all.length)
  for (const text of all) {
    expect(text.split(' ').length).toBeLessThanOrEqual(14)
    if (text.includes('approved')) expect(text).toMatch(/\bnot\b/)
  }
})

test('leaves words out only where the text may go on', async () => {
  const { words: all } = joined(first, second)
  const at = all.indexOf('warm')
  const only = (start: number, end: number) => (start === at && end === at + 2 ? -1 : -20)
  const texts = await shortened(embed, asked, joined(first, second), { most: all.length - 1, jump: only })
  expect(texts).toEqual([asText(all).replace('warm red ', '')])
  expect(await shortened(embed, asked, joined(first, second), { most: 8, jump: only })).toEqual([])
})

test('invents no word, whatever the texts', async () => {
  const word = fc.constantFrom('the', 'rain', 'fell', 'on', 'a', 'tall', 'porter,', 'and', 'never', 'slept.')
  const text = fc.array(word, { minLength: 1, maxLength: 12 }).map((some) => some.join(' '))
  await fc.assert(
    fc.asyncProperty(text, text, async (a, b) => {
      const known = new Set([...words(a), ...words(b), 'and'].map((one) => one.toLowerCase()))
      for (const one of await shorten(9, [a, b]))
        for (const w of words(one)) expect(known.has(w.toLowerCase())).toBe(true)
    }),
    { numRuns: 40 },
  )
})

test('joins what is short enough already', async () => {
  const join = async (a: string, b: string) => (await shorten(9, [a, b]))[0]
  expect(await join('The rain fell.', 'I slept!')).toBe('The rain fell and I slept!')
  expect(await join('The rain fell.', 'We’ll sleep.')).toBe('The rain fell and we’ll sleep.')
  expect(await join('The rain fell.', 'Mary slept.')).toBe('The rain fell and Mary slept.')
  expect(await join('It rained in the U.S.', 'We slept.')).toBe('It rained in the U.S. and we slept.')
  expect(await join('The rain fell.', 'So we slept.')).toBe('The rain fell so we slept.')
})
