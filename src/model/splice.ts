/** Words that begin a phrase: where one text may leave off and another go on. */
const BEGINS =
  /^(?:the|an?|this|that|these|those|its?|his|her|their|our|my|your|of|in|on|at|to|for|from|with|by|as|into|over|under|through|between|about|after|before|because|when|while|which|who|whose|where|if|than|like|without|and|but|or|so|is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|must|should|do|does|did|not|he|she|it|we|they|I|you|there)$/i

/** Indices at which a phrase of the text begins, its first word left out; every word's in a text without phrases. */
function joints(words: string[]): number[] {
  const inner = words.map((_, i) => i).slice(1)
  const found = inner.filter((i) => BEGINS.test(words[i].replace(/\P{L}+$/u, '')) || /[,;:—–-]$/.test(words[i - 1]))
  return found.length > 1 ? found : inner
}

/**
 * Texts that begin like one of two texts and end like the other, cut where phrases begin: blends that hold words of
 * both, without a model. The most balanced first: those that keep the largest share of the text they keep least of.
 * @param most words of a splice, @param count splices
 */
export function splices(first: string, second: string, most: number, count: number): string[] {
  const [a, b] = [first, second].map((text) => text.trim().split(/\s+/))
  const found = [...joined(a, b, most), ...joined(b, a, most)]
  found.sort((one, other) => other.share - one.share)
  return [...new Set(found.map(({ text }) => text))].slice(0, count)
}

function joined(head: string[], tail: string[], most: number): { text: string; share: number }[] {
  return joints(head).flatMap((end) =>
    joints(tail).flatMap((start) => {
      const before = head.slice(0, end)
      const after = tail.slice(start)
      const last = before[end - 1].replace(/[.!?]+$/, '')
      if (end + after.length > most || last.toLowerCase() === after[0].toLowerCase()) return []
      const text = [...before.slice(0, -1), last, ...after].join(' ')
      if (!balanced(text)) return []
      return [{ text, share: Math.min(end / head.length, after.length / tail.length) }]
    }),
  )
}

/** Whether every quote and bracket that opens is closed. */
function balanced(text: string): boolean {
  const count = (mark: string) => text.split(mark).length - 1
  return count('"') % 2 === 0 && ['()', '[]', '“”'].every(([open, close]) => count(open) === count(close))
}
