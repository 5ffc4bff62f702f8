import type { Document, Grain, Passage, Section, Span } from '../meaning/types.ts'
import type { Block, Blocks, MarkPair } from './blocks.ts'
import { documentId, passageIds } from './ids.ts'
import { markdownBlocks } from './markdown.ts'
import { MARKUP, sentences } from './sentences.ts'
import { textBlocks } from './text.ts'

export interface Segmented {
  passages: Passage[]
  sections: Section[]
}

/** Told now and then how much is done, 0…1. */
export type Progress = (share: number) => void

/** Something to read: a letter, a number, a pictograph. */
const MEANINGFUL = /[\p{L}\p{N}\p{Extended_Pictographic}]/u
const BLANK = new RegExp(`[\\s${MARKUP}]`)

/**
 * Cut a decoded text into passages. Markup at a passage's edges (heading marks, bullets, labels, link addresses) lies
 * in the gaps between; `text` is always exactly `source.slice(span.start, span.end)`, in reading order without overlap.
 */
export function segment(
  source: string,
  grain: Grain,
  format: Document['format'],
  id = documentId(''),
  progress?: Progress,
): Segmented {
  // Finding the structure of Markdown takes nearly all of the time, that of bare text nearly none.
  const first = format === 'markdown' ? 0.9 : 0
  const { blocks, sections } = structure(source, format, progress && ((share) => progress(first * share)))
  const nextId = passageIds(id)
  const passages: Passage[] = []
  let paragraph = 0
  for (const block of blocks) {
    const before = passages.length
    for (const part of partsOf(block, grain)) {
      const span = trimmed(block, part)
      if (!span) continue
      const text = source.slice(span.start, span.end)
      passages.push({ id: nextId(text), span, text, kind: block.kind, section: block.section, paragraph })
    }
    if (passages.length > before) paragraph++
    progress?.(first + (1 - first) * (block.end / source.length))
  }
  return { passages, sections }
}

/** The same document in sentences or in paragraphs. A passage whose text stays the same keeps its id. */
export function regrain(document: Document, grain: Grain): Document {
  if (document.grain === grain) return document
  return { ...document, grain, ...segment(document.text, grain, document.format, document.id) }
}

function structure(source: string, format: Document['format'], progress?: Progress): Blocks {
  if (format === 'text') return textBlocks(source)
  try {
    return markdownBlocks(source, progress)
  } catch (error) {
    // Thousands of nested quotes or lists exhaust the stack; such a text is still a text.
    if (error instanceof RangeError) return textBlocks(source)
    throw error
  }
}

/** Parts of a block, as offsets into its `readable`. */
function partsOf(block: Block, grain: Grain): Span[] {
  if (grain === 'paragraph' || block.cut === 'whole') return [{ start: 0, end: block.readable.length }]
  if (block.cut === 'sentences') return sentences(block.readable)
  const lines: Span[] = []
  let start = 0
  for (const match of block.readable.matchAll(/\r\n|[\r\n\u2028\u2029]|$/g)) {
    lines.push({ start, end: match.index })
    start = match.index + match[0].length
  }
  return lines
}

/** The part without blank space and markup at its edges, as a span of the document; null where nothing is left. */
function trimmed(block: Block, part: Span): Span | null {
  const { readable } = block
  let { start, end } = part
  while (start < end && BLANK.test(readable[start])) start++
  while (end > start && BLANK.test(readable[end - 1])) end--
  if (!MEANINGFUL.test(readable.slice(start, end).replaceAll(MARKUP, ''))) return null
  const gap = { start, end }
  while (gap.start > 0 && BLANK.test(readable[gap.start - 1])) gap.start--
  while (gap.end < readable.length && BLANK.test(readable[gap.end])) gap.end++
  return balanced({ start: block.start + start, end: block.start + end }, shifted(gap, block.start), block.pairs)
}

const shifted = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by })

/**
 * "**Note** this" keeps its opening marks when the closing ones lie inside, and the other way round. `gap`: how far
 * blank space and marks reach on both sides.
 */
function balanced(span: Span, gap: Span, pairs: MarkPair[]): Span {
  let { start, end } = span
  for (const { open, inner, innerEnd, close } of pairs) {
    if (open >= gap.start && inner <= span.start && innerEnd > span.start && close <= span.end)
      start = Math.min(start, open)
    if (close <= gap.end && innerEnd >= span.end && inner < span.end && open >= span.start) end = Math.max(end, close)
  }
  return { start, end }
}
