import { isBalanced } from './style.ts'

/** Words that begin a phrase: where one text may leave off and another go on. */
export const BEGINS =
  /^(?:the|an?|this|that|these|those|its?|his|her|their|our|my|your|of|in|on|at|to|for|from|with|by|as|into|over|under|through|between|about|after|before|because|when|while|which|who|whose|where|if|than|like|without|and|but|or|so|is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|must|should|do|does|did|not|he|she|it|we|they|I|you|there)$/i
export const SENTENCE_END = /[.!?]+(["”’)\]]*)$/u
/** A longer text is cut between its sentences and clauses only: there are enough of them. */
const LONG = 40

interface Joint {
  at: number
  /** A sentence begins here. */
  fresh: boolean
}

/** Where a text may be cut: before a phrase, after a pause; before any word in a text that has neither. */
function joints(words: string[]): Joint[] {
  const all = words.map((_, at) => ({ at, fresh: at > 0 && SENTENCE_END.test(words[at - 1]) })).slice(1)
  const pauses = all.filter(({ at, fresh }) => fresh || /[,;:—–-]$/.test(words[at - 1]))
  const phrases = all.filter((one) => pauses.includes(one) || BEGINS.test(words[one.at].replace(/\P{L}+$/u, '')))
  const found = words.length > LONG ? pauses : phrases
  return found.length > 1 || words.length > LONG ? found : all
}

/**
 * Texts that begin like one of two texts and end like the other, cut where phrases begin: blends that hold words of
 * both, without a model. The most balanced first: those that keep the largest share of the text they keep least of.
 * @param most words of a splice, @param count splices
 */
export function splices(first: string, second: string, most: number, count: number): string[] {
  const [a, b] = [first, second].map((text) => text.trim().split(/\s+/))
  const pairs = [...crossings(a, b), ...crossings(b, a)].filter(({ length }) => length <= most)
  pairs.sort((one, other) => other.share - one.share)
  const found = new Set<string>()
  for (const { head, end, tail, start } of pairs) {
    if (found.size >= count) break
    const text = joined(head, end, tail, start)
    if (text && text !== first && text !== second) found.add(text)
  }
  return [...found]
}

function crossings(head: string[], tail: string[]) {
  return joints(head).flatMap((end) =>
    joints(tail).map((start) => {
      const kept = tail.length - start.at
      const share = Math.min(end.at / head.length, kept / tail.length)
      return { head, end, tail, start, share, length: end.at + kept }
    }),
  )
}

/** null where the seam shows: the same word twice, an open quote or bracket. */
function joined(head: string[], end: Joint, tail: string[], start: Joint): string | null {
  const before = head.slice(0, end.at)
  const after = tail.slice(start.at)
  // A sentence begins behind a sentence only; whatever else is joined loses its full stop.
  if (start.fresh && !end.fresh) return null
  const last = start.fresh && end.fresh ? before[end.at - 1] : before[end.at - 1].replace(SENTENCE_END, '$1')
  if (last.toLowerCase() === after[0].toLowerCase()) return null
  const text = [...before.slice(0, -1), last, ...after].join(' ')
  return isBalanced(text) ? text : null
}
