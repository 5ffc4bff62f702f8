import { difference } from '../document/difference.ts'
import { closeness } from './style.ts'

/** From this likeness on, a word that nobody knows is taken for one of the source's words, misspelt. */
const LIKE = 0.6
/** Letters that a regular ending may put on or take away. */
const ENDING = 3

/** "boarding" and "boards" are forms of one word; "Phoned-in" and "Phone-in-in" are not. */
function isForm(before: string, after: string): boolean {
  let shared = 0
  while (shared < before.length && before[shared] === after[shared]) shared++
  const tails = [before.slice(shared), after.slice(shared)]
  return shared >= ENDING && tails.every((tail) => /^\p{Ll}*\P{L}*$/u.test(tail) && tail.length <= ENDING)
}

/**
 * A small model spells rare words wrong: "The ATPase" becomes "TheTPase". Words that are in neither the source nor the
 * vocabulary, and stand where the source has something much like them, are given back as the source has them.
 * @param knows whether a word is likely to be one
 */
export function mend(text: string, source: string, knows: (word: string) => boolean): string {
  // Without marks, and without what is only leant on a word: 's, 'll, n't.
  const bare = (word: string) => word.replace(/^\P{L}+|\P{L}+$/gu, '').replace(/(?:n['’]t|['’]\p{Ll}{1,2})$/u, '')
  const own = new Set(source.split(/\s+/).map(bare))
  const strange = (word: string) => /\p{L}/u.test(word) && !own.has(bare(word)) && !knows(bare(word))
  const words: string[] = []
  let change = { lost: '', gained: '' }
  const settle = () => {
    const { lost, gained } = change
    const misspelt = gained.split(' ').some(strange) && closeness(lost, gained) >= LIKE && !isForm(lost, gained)
    words.push(misspelt ? lost : gained)
    change = { lost: '', gained: '' }
  }
  for (const { kind, text: said } of difference(source, text)) {
    if (kind !== 'kept') change[kind] = said
    else {
      settle()
      words.push(said)
    }
  }
  settle()
  return words.filter(Boolean).join(' ')
}
