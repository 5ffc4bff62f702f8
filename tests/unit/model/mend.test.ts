import { describe, expect, test } from 'vitest'
import { mend } from '../../../src/model/mend.ts'

const words = 'the is not was were a assay story worker board boards designed her his she he America American'.split(
  ' ',
)
const knows = (word: string) => words.includes(word)

describe('mend', () => {
  test.each([
    ['The ATPase assay is designed.', 'TheTPase assay is not designed.', 'The ATPase assay is not designed.'],
    ['Phoned-in story.', 'Phone-in-in story!', 'Phoned-in story.'],
    ['Ms Catherine was late.', 'Ms Catharrine was not late.', 'Ms Catherine was not late.'],
  ])('gives back what was misspelt: %s → %s', (source, written, expected) =>
    expect(mend(written, source, knows)).toBe(expected),
  )

  test.each([
    ['The boarding is late.', 'The boards were late.', 'a form of the word'],
    ['It is reconsidered.', 'It is reconsiders.', 'a form nobody knows'],
    ['He was late.', 'She was late.', 'a known word'],
    ['John was late.', 'Zzyzx was late.', 'a word that is nothing like it'],
    ['Dostoyevsky is late.', 'Dostoyevsky’s late.', 'a name with an ending of its own'],
    ['The road to America.', 'The American road.', 'a known neighbour'],
  ])('leaves alone: %s → %s (%s)', (source, written) => expect(mend(written, source, knows)).toBe(written))
})
