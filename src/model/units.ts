import { isEnglishSentence } from '../document/language.ts'
import { sentences } from '../document/sentences.ts'
import type { Span } from '../meaning/types.ts'

/** A piece of a passage that is rewritten in one go: a sentence, or a clause of a long one. */
export interface Unit {
  /** Within the passage; the text between units stays as it is. */
  span: Span
  text: string
  /** False for what no one should rewrite: code, links, other scripts and languages. */
  open: boolean
}

/** A list mark, a quote mark, a heading's hashes: they stand before the sentence and are not part of it. */
const LEADING = /^(?:\s|[-*•–>#]+\s|\(?\d{1,3}[.)]\s|[a-z][.)]\s)*/u
const CLAUSE_ENDS = [
  /[;:]\s+/gu,
  /\s[–—]\s|—/gu,
  /,\s+/gu,
  /\s+(?=(?:and|but|because|which|while|when|where|that|so|or)\s)/gu,
]

/**
 * Cuts a passage into the pieces that are rewritten one by one; joined with the text between them they give it back.
 * @param size counts the tokens of a text, @param most tokens the inverter writes in one go
 */
export function units(text: string, size: (text: string) => number, most: number): Unit[] {
  return sentences(text).flatMap(({ start, end }) => {
    const whole = text.slice(start, end)
    const skip = LEADING.exec(whole)![0].length
    const body = whole.slice(skip).trimEnd()
    if (!body) return []
    const prose = isOpen(body)
    return clauses(body, size, most).map((span) => {
      const piece = body.slice(span.start, span.end)
      const from = start + skip + span.start
      return {
        span: { start: from, end: from + piece.length },
        text: piece,
        open: prose && isOpen(piece) && size(piece) <= most,
      }
    })
  })
}

/** Halves a long sentence at the pause nearest its middle, as often as needed. */
function clauses(text: string, size: (text: string) => number, most: number): Span[] {
  if (size(text) <= most) return [{ start: 0, end: text.length }]
  for (const mark of CLAUSE_ENDS) {
    const cuts = [...text.matchAll(mark)].filter(
      ({ index }) => index > text.length / 5 && index < (4 * text.length) / 5,
    )
    if (!cuts.length) continue
    const middle = text.length / 2
    const cut = cuts.reduce((a, b) => (Math.abs(a.index - middle) <= Math.abs(b.index - middle) ? a : b))
    const left = cut.index + cut[0].trimEnd().length
    const right = cut.index + cut[0].length
    return [
      ...clauses(text.slice(0, left), size, most),
      ...clauses(text.slice(right), size, most).map(({ start, end }) => ({ start: start + right, end: end + right })),
    ]
  }
  return [{ start: 0, end: text.length }]
}

/** Whether a piece is English prose, as far as its letters show. */
function isOpen(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0
  const words = text.match(/\p{L}{2,}/gu)?.length ?? 0
  if (words < 2 || latin < 0.8 * letters || letters < 0.45 * text.replace(/\s/g, '').length) return false
  if (/[{}]|=>|<\/?\w+[^>]*>|\w\(.*\)\s*;?$|^\s*[$>%]\s|\w+::\w+|[=!]==?/u.test(text)) return false
  return isEnglishSentence(text)
}
