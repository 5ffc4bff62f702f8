import type { PassageKind, Section } from '../meaning/types.ts'
import { type Block, type Blocks, lineShape, opensWithSpeech, softened } from './blocks.ts'
import { MARKUP } from './sentences.ts'
import { labelOf, voicesIn } from './voices.ts'

interface Line {
  start: number
  /** Before the line break. */
  end: number
  text: string
}

const ITEM = /^[ \t]*(?:[-*+•‣◦·]|\(?\d{1,3}[.)]|\(?[a-z][.)]|\([ivx]{1,4}\))[ \t]+(?=\S)/
const TERMINAL = /[.!?…:;,]["”’)\]]*$/

function linesOf(text: string): Line[] {
  const lines: Line[] = []
  let start = 0
  for (const match of text.matchAll(/\r\n|[\r\n\u2028\u2029]|$/g)) {
    lines.push({ start, end: match.index, text: text.slice(start, match.index) })
    start = match.index + match[0].length
  }
  return lines
}

/** Paragraphs, headings, list items, turns of speech, quoted mail and verse of a text without markup. */
export function textBlocks(text: string): Blocks {
  const lines = linesOf(text)
  const voices = voicesIn(lines.map((line) => line.text))
  const chunks = chunksOf(lines)
  const sections: Section[] = []
  const blocks: Block[] = []
  const add = (from: Line[], kind: PassageKind, options: { skip?: number; cut?: Block['cut'] } = {}) => {
    const start = from[0].start + (options.skip ?? 0)
    const { end } = from.at(-1)!
    if (end <= start) return
    const cut = options.cut ?? 'sentences'
    const source = text.slice(start, end)
    let readable = cut === 'lines' ? source : softened(source)
    if (kind === 'quote') readable = withoutQuoteMarks(source)
    const spoken = kind === 'prose' && opensWithSpeech(readable)
    blocks.push({ start, end, kind: spoken ? 'speech' : kind, section: sections.length - 1, readable, cut, pairs: [] })
  }
  chunks.forEach((chunk, i) => {
    const level = headingLevel(chunk, chunks[i + 1], i)
    if (level) {
      const [line] = chunk
      sections.push({ title: line.text.trim(), level, span: { start: line.start, end: line.end } })
      add([line], 'heading', { cut: 'whole' })
      return
    }
    cutChunk(chunk, voices, add)
  })
  return { blocks, sections }
}

/** Lines between blank ones. */
function chunksOf(lines: Line[]): Line[][] {
  const chunks: Line[][] = []
  let open: Line[] = []
  for (const line of lines) {
    if (/\S/.test(line.text)) open.push(line)
    else if (open.length) {
      chunks.push(open)
      open = []
    }
  }
  if (open.length) chunks.push(open)
  return chunks
}

type Add = (lines: Line[], kind: PassageKind, options?: { skip?: number; cut?: Block['cut'] }) => void

function cutChunk(chunk: Line[], voices: Set<string>, add: Add): void {
  if (chunk.every((line) => /^\s*>/.test(line.text))) {
    add(chunk, 'quote')
    return
  }
  const turn = (line: Line) => {
    const label = voices.size ? labelOf(line.text) : null
    return label && voices.has(label.voice) ? label.length : 0
  }
  const item = (line: Line) => ITEM.exec(line.text)?.[0].length ?? 0
  if (chunk.some((line) => turn(line) > 0)) {
    cutAt(chunk, turn, 'speech', add)
  } else if (item(chunk[0]) > 0 || chunk.filter((line) => item(line) > 0).length > 1) {
    cutAt(chunk, item, 'item', add)
  } else {
    addPlain(chunk, add)
  }
}

/** Every line for which `marker` gives a length begins a part of `kind`, its marker left out. */
function cutAt(chunk: Line[], marker: (line: Line) => number, kind: PassageKind, add: Add): void {
  let first = 0
  for (let i = 1; i <= chunk.length; i++) {
    if (i < chunk.length && marker(chunk[i]) === 0) continue
    const skip = marker(chunk[first])
    const part = chunk.slice(first, i)
    if (skip > 0) add(part, kind, { skip })
    else addPlain(part, add)
    first = i
  }
}

function addPlain(lines: Line[], add: Add): void {
  const shape = lineShape(lines.map((line) => line.text))
  if (shape === 'wrapped') add(lines, 'prose')
  else if (shape === 'verse') add(lines, 'verse', { cut: 'lines' })
  else for (const line of lines) add([line], 'prose')
}

function withoutQuoteMarks(source: string): string {
  return softened(
    source.replace(/(^|\r\n|[\r\n])([ \t]*(?:>[ \t]?)+)/g, (_, br, marks) => br + MARKUP.repeat(marks.length)),
  )
}

/**
 * A heading in bare text: underlined; "Chapter 3", "2.1 Methods"; capitals; or a short line without an end mark
 * before a longer paragraph. 0: none.
 */
function headingLevel(chunk: Line[], next: Line[] | undefined, index: number): number {
  const line = chunk[0].text.trim()
  if (chunk.length === 2 && /^\s*(?:={3,}|-{3,}|~{3,}|\*{3,})\s*$/.test(chunk[1].text)) {
    return chunk[1].text.includes('=') ? 1 : 2
  }
  if (chunk.length > 1 || line.length > 80 || !next || !/\p{L}/u.test(line)) return 0
  if (ITEM.test(line) && !/^\d+[.)] \p{Lu}/u.test(line)) return 0
  if (index === 0 && isTitleCase(line)) return 1
  if (TERMINAL.test(line)) return 0
  const numbered = /^(\d+(?:\.\d+)*)\.?\s+\p{Lu}/u.exec(line)
  if (numbered) return Math.min(6, numbered[1].split('.').length + 1)
  if (/^(?:chapter|part|book|act|scene|section|canto)\s+[\divxlc]+\b/i.test(line)) return 1
  const following = next
    .map((part) => part.text)
    .join(' ')
    .trim()
  if (line.split(/\s+/).length > 12 || !/^["“‘(]?[\p{Lu}\p{N}]/u.test(line)) return 0
  if (following.length < 2 * line.length || !TERMINAL.test(following)) return 0
  return index === 0 || line === line.toUpperCase() ? 1 : 2
}

/** "Should the Library Stay Open All Night?": at the top of a text, capitals make a title even of a question. */
function isTitleCase(line: string): boolean {
  if (/[.,;:]$/.test(line)) return false
  const long = line.split(/\s+/).filter((word) => word.length > 3)
  return long.length > 1 && long.every((word) => /^[^\p{L}]*\p{Lu}/u.test(word))
}
