import type { Span } from '../meaning/types.ts'
import { endsOpen } from './abbreviations.ts'

/**
 * Stands in for every markup character in a block's readable text: a format character, which the Unicode sentence
 * rules (UAX #29, SB5) look through, so that lengths and offsets stay those of the source.
 */
export const MARKUP = '\u2060'

/** Sentences beyond this are cut at a pause: the encoder reads 256 tokens, about 1,000 letters. */
const LONGEST = 1500
const CUT = 1000

/** Characters looked at on both sides of a break. */
const SIGHT = 200

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })

/**
 * Sentences of one paragraph, as consecutive spans that cover it. Unicode's rules, then repaired: extra breaks after
 * an ellipsis and in writing without capitals, no break after abbreviations, initials, or inside "…!" she said.
 */
export function sentences(text: string): Span[] {
  const uncapital = withoutCapitals(text)
  const starts = new Set<number>()
  for (const { index } of segmenter.segment(text)) starts.add(index)
  for (const match of text.matchAll(/…["”’)\]]*[\s\u2060]+(?=["“‘(]?\p{Lu})/gu))
    starts.add(match.index + match[0].length)
  for (const match of text.matchAll(FACE)) starts.add(match.index + match[0].length)
  if (uncapital) {
    for (const match of text.matchAll(/[.!?…]+["”’)\]]*[\s\u2060]+(?=["“‘(]?\p{Ll})/gu)) {
      starts.add(match.index + match[0].length)
    }
  }
  const ordered = [...starts].sort((a, b) => a - b)
  let spans = ordered.map((start, i) => ({ start, end: ordered[i + 1] ?? text.length }))
  spans = merged(text, spans, (before, after) => belongTogether(before, after, uncapital))
  // Only now are "Mrs." and "Dalloway asked" one piece, so that the teller can be told.
  spans = merged(text, spans, (before, after) => /[!?]["”’]$/.test(before) && TELLER.test(after))
  return spans.flatMap((span) => cutLong(text, span))
}

function merged(text: string, spans: Span[], together: (before: string, after: string) => boolean): Span[] {
  const clean = (start: number, end: number) => text.slice(start, end).replaceAll(MARKUP, '').trim()
  const kept: Span[] = []
  for (const span of spans) {
    const last = kept.at(-1)
    const before = last && clean(Math.max(last.start, last.end - SIGHT), last.end)
    if (last && together(before!, clean(span.start, Math.min(span.end, span.start + SIGHT)))) last.end = span.end
    else kept.push({ ...span })
  }
  return kept
}

/** True for a paragraph in lower case throughout, as in chats: its sentences cannot be told by their capitals. */
function withoutCapitals(text: string): boolean {
  return /^[^\p{L}]*\p{Ll}/u.test(text) && !/[.!?…]["”’)\]]*\s+["“‘(]?\p{Lu}/u.test(text)
}

/** A face after the end mark closes the sentence with it: "Great! :) Next." */
const FACE = /[.!?…]\s*(?:[:;]-?[)(DPp]|\p{Extended_Pictographic}+)\s+(?=["“‘(]?\p{Lu})/gu

const SPEECH_VERB =
  'said|says|asked|asks|cried|replied|answered|shouted|whispered|called|muttered|murmured|added|went on|exclaimed|yelled'
/** `“Stop!” John said.`: words of the teller after a shout or question belong to the speech. */
const TELLER = new RegExp(
  `^(?:I|(?:Mrs?\\. |Ms\\. |Dr\\. )?\\p{Lu}[\\p{L}’']+(?: \\p{Lu}[\\p{L}’']+)?) (?:${SPEECH_VERB})\\b`,
  'u',
)

function belongTogether(prev: string, next: string, uncapital: boolean): boolean {
  // A stray bracket, quote or row of dots goes with its neighbour.
  if (!/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(next) || !/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(prev)) {
    return true
  }
  if (/^\(?(?:\d{1,3}|[ivxlc]{1,5}|[a-z])[.)]$/i.test(prev)) return prev !== 'I.' && prev !== 'i.'
  if (/^[,;:–—]/.test(next)) return true
  if (!uncapital && /^["“‘(]?\p{Ll}/u.test(next)) return true
  if (/(?:\.{3}|…|\. \. \.)["”’)]?$/.test(prev) && prev.split(/\s+/).length <= 3) return true
  return endsOpen(prev, next)
}

function cutLong(text: string, span: Span): Span[] {
  const parts: Span[] = []
  let { start } = span
  while (span.end - start > LONGEST) {
    const piece = text.slice(start, start + CUT)
    const pause = Math.max(piece.lastIndexOf('; '), piece.lastIndexOf(': '), piece.lastIndexOf(' — '))
    const cut = pause > CUT / 2 ? pause + 2 : lastPause(piece)
    parts.push({ start, end: start + cut })
    start += cut
  }
  parts.push({ start, end: span.end })
  return parts
}

function lastPause(piece: string): number {
  const comma = piece.lastIndexOf(', ')
  if (comma > CUT / 2) return comma + 2
  const space = piece.lastIndexOf(' ')
  if (space > CUT / 2) return space + 1
  // Never between the two halves of a surrogate pair.
  const last = piece.charCodeAt(piece.length - 1)
  return last >= 0xd800 && last < 0xdc00 ? piece.length - 1 : piece.length
}
