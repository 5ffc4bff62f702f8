/**
 * A plain word-bigram model with absolute discounting (Ney, Essen & Kneser 1994; D = .75), backing off to counts with
 * one added: a judge of fluency that shares nothing with the inverter.
 */
const DISCOUNT = 0.75

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}']+|[^\s\p{L}\p{N}]/gu) ?? []

/** @returns the perplexity of a text a word; NaN for a text without words */
export function bigrams(lines: string[]): (text: string) => number {
  const single = new Map<string, number>()
  const pairs = new Map<string, Map<string, number>>()
  let total = 0
  for (const line of lines) {
    let before = '\n'
    for (const word of [...wordsOf(line), '\n']) {
      single.set(word, (single.get(word) ?? 0) + 1)
      total++
      const after = pairs.get(before) ?? pairs.set(before, new Map()).get(before)!
      after.set(word, (after.get(word) ?? 0) + 1)
      before = word
    }
  }
  const alone = (word: string) => ((single.get(word) ?? 0) + 1) / (total + single.size + 1)
  const given = (before: string, word: string) => {
    const after = pairs.get(before)
    if (!after) return alone(word)
    let all = 0
    for (const count of after.values()) all += count
    return Math.max(0, (after.get(word) ?? 0) - DISCOUNT) / all + ((DISCOUNT * after.size) / all) * alone(word)
  }
  return (text) => {
    const words = [...wordsOf(text), '\n']
    if (words.length === 1) return Number.NaN
    const sum = words.reduce((all, word, i) => all + Math.log(given(words[i - 1] ?? '\n', word)), 0)
    return Math.exp(-sum / words.length)
  }
}
