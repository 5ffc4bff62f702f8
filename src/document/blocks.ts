import type { PassageKind, Section } from '../meaning/types.ts'

/** Marks around a stretch of words inside a block, as offsets of the document: `**`…`**`, `[`…`](address)`. */
export interface MarkPair {
  open: number
  inner: number
  innerEnd: number
  close: number
}

/** A paragraph-like part of a document, before it is cut into passages. */
export interface Block {
  start: number
  end: number
  kind: PassageKind
  section: number
  /**
   * As long as the source between `start` and `end`: markup as MARKUP characters, line breaks inside a sentence as
   * spaces; in verse the line breaks stand.
   */
  readable: string
  /** How the sentence grain cuts it. */
  cut: 'sentences' | 'lines' | 'whole'
  pairs: MarkPair[]
}

export interface Blocks {
  blocks: Block[]
  sections: Section[]
}

/** Line breaks as spaces, one for one. */
export function softened(text: string): string {
  return text.replace(/[\r\n\u2028\u2029\v\f]/g, ' ')
}

/** Longest line that still reads as verse. */
const VERSE_WIDTH = 60
/** Nobody wraps prose narrower than this. */
const WRAP_WIDTH = 45

/**
 * What the line breaks of a block mean. Wrapped prose gives itself away: the first word of each line would not have
 * fitted on the line above. Lines that mostly end a sentence are paragraphs of their own; other short lines are verse.
 */
export function lineShape(lines: string[]): 'wrapped' | 'verse' | 'lines' {
  if (lines.length < 2) return 'wrapped'
  const trimmed = lines.map((line) => line.trim())
  const width = Math.max(...trimmed.map((line) => line.length))
  let full = 0
  for (let i = 0; i + 1 < trimmed.length; i++) {
    const nextWord = /^\S+/.exec(trimmed[i + 1])?.[0].length ?? 0
    if (trimmed[i].length + 1 + nextWord > width) full++
  }
  const greedy = full >= 0.9 * (trimmed.length - 1)
  if (greedy && width >= WRAP_WIDTH) return 'wrapped'
  const ended = trimmed.filter((line) => /[.!?…]["”’)\]]*$/.test(line)).length
  if (ended >= (2 / 3) * trimmed.length) return 'lines'
  const capitals = trimmed.filter((line) => /^["“‘(—–-]?\s*\p{Lu}/u.test(line)).length
  if (width <= VERSE_WIDTH && (trimmed.length > 2 || capitals === trimmed.length)) return 'verse'
  if (trimmed.length === 2 && greedy) return 'wrapped'
  return width <= VERSE_WIDTH ? 'wrapped' : 'lines'
}

/** "“Come in,” she said": a paragraph that opens with words spoken. */
export function opensWithSpeech(readable: string): boolean {
  return /^[\s\u2060]*(?:[“"«‘'][^”"»]{1,400}?[,.!?…—-][”"»’']|[—–] ?\p{Lu})/u.test(readable)
}
