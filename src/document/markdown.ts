import { fromMarkdown } from 'mdast-util-from-markdown'
import type { PassageKind, Section } from '../meaning/types.ts'
import { type Block, type Blocks, lineShape, type MarkPair, opensWithSpeech, softened } from './blocks.ts'
import { definitions, pieces } from './pieces.ts'
import { MARKUP } from './sentences.ts'
import { labelOf, voicesIn } from './voices.ts'

type Root = ReturnType<typeof fromMarkdown>
type Node = Root | Root['children'][number]

/** What one walk over the tree gathers. */
interface Reading {
  source: string
  /** The end of the piece being read: an unclosed block reaches no further. */
  limit: number
  blocks: Block[]
  sections: Section[]
}

const startOf = (node: Node) => node.position!.start.offset!
const endOf = (node: Node) => node.position!.end.offset!
const childrenOf = (node: Node): Node[] => ('children' in node ? (node.children as Node[]) : [])

/**
 * The structure of a Markdown text. The tree is used for places only: nothing is rendered, HTML stays text, and every
 * block keeps the source's offsets.
 */
export function markdownBlocks(source: string, progress?: (share: number) => void, pieceSize?: number): Blocks {
  const reading: Reading = { source, limit: source.length, blocks: [], sections: [] }
  const matter = frontMatterLength(source)
  // Front matter is blanked, not cut, so that all offsets hold.
  const text = matter ? source.slice(0, matter).replace(/[^\r\n]/g, ' ') + source.slice(matter) : source
  const parts = pieces(text, pieceSize)
  const links = parts.length > 1 ? `\n\n${definitions(text)}` : ''
  for (const { start, end } of parts) {
    reading.limit = end
    for (const child of fromMarkdown(text.slice(start, end) + links).children) {
      shift(child, start)
      visit(reading, child, 'prose', 0)
    }
    progress?.(end / source.length)
  }
  turnsOfSpeech(reading.blocks)
  return { blocks: reading.blocks, sections: reading.sections }
}

/** Offsets of a piece as offsets of the whole. */
function shift(node: Node, by: number): void {
  node.position!.start.offset! += by
  node.position!.end.offset! += by
  for (const child of childrenOf(node)) shift(child, by)
}

/** The length of a YAML block at the very beginning (`---` … `---`), 0 where there is none. */
export function frontMatterLength(source: string): number {
  return /^---[ \t]*\r?\n(?:(?!---)[^\r\n]*\r?\n){0,200}?---[ \t]*(?:\r?\n|$)/.exec(source)?.[0].length ?? 0
}

function visit(reading: Reading, node: Node, kind: PassageKind, quoted: number): void {
  switch (node.type) {
    case 'heading':
      addHeading(reading, node, quoted)
      return
    case 'paragraph':
      addParagraph(reading, node, kind, quoted)
      return
    case 'code':
      addWhole(reading, ...codeInside(reading.source, startOf(node), endOf(node)))
      return
    case 'html':
      if (!/^<!--[\s\S]*-->\s*$/.test(node.value)) addWhole(reading, startOf(node), endOf(node))
      return
    case 'blockquote':
      for (const child of childrenOf(node)) visit(reading, child, kind === 'item' ? 'item' : 'quote', quoted + 1)
      return
    case 'listItem':
      for (const child of childrenOf(node)) visit(reading, child, 'item', quoted)
      return
    case 'list':
      for (const child of childrenOf(node)) visit(reading, child, kind, quoted)
      return
    default:
    // Rules and link definitions say nothing of their own.
  }
}

function addWhole(reading: Reading, start: number, reach: number): void {
  const end = Math.min(reach, reading.limit)
  if (end <= start) return
  const section = reading.sections.length - 1
  const readable = reading.source.slice(start, end)
  reading.blocks.push({ start, end, kind: 'code', section, readable, cut: 'whole', pairs: [] })
}

/** The lines between a code block's fences; an indented block whole. */
function codeInside(source: string, start: number, end: number): [start: number, end: number] {
  const text = source.slice(start, end)
  const opening = /^(?:`{3,}|~{3,})[^\r\n]*(?:\r\n|[\r\n]|$)/.exec(text)
  if (!opening) return [start, end]
  const closing = /(?:\r\n|[\r\n])[ \t>]*(?:`{3,}|~{3,})[ \t]*$/.exec(text)
  return [start + opening[0].length, closing ? start + closing.index : end]
}

function contentOf(node: Node): [start: number, end: number] | null {
  const children = childrenOf(node)
  return children.length ? [startOf(children[0]), endOf(children.at(-1)!)] : null
}

function addHeading(reading: Reading, node: Node & { type: 'heading' }, quoted: number): void {
  const content = contentOf(node)
  if (!content) return
  const [start, end] = content
  const { readable, pairs } = readInline(reading.source, node, start, end, quoted)
  const title = softened(readable).replaceAll(MARKUP, '').trim()
  if (!title) return
  reading.sections.push({ title, level: node.depth, span: { start, end } })
  const section = reading.sections.length - 1
  reading.blocks.push({ start, end, kind: 'heading', section, readable: softened(readable), cut: 'whole', pairs })
}

function addParagraph(reading: Reading, node: Node, kind: PassageKind, quoted: number): void {
  const content = contentOf(node)
  if (!content) return
  const [start, end] = content
  const { readable, pairs, broken } = readInline(reading.source, node, start, end, quoted)
  const section = reading.sections.length - 1
  if (isTable(readable)) {
    addRows(reading, start, readable, section)
    return
  }
  const lines = readable.split(/\r\n|[\r\n]/).map((line) => line.replaceAll(MARKUP, ''))
  const verse = lines.length > 1 && (broken >= lines.length / 2 || lineShape(lines) === 'verse')
  if (verse) {
    reading.blocks.push({ start, end, kind: 'verse', section, readable, cut: 'lines', pairs })
    return
  }
  const flat = softened(readable)
  const spoken = kind === 'prose' && opensWithSpeech(flat)
  reading.blocks.push({
    ...{ start, end, section, readable: flat, pairs },
    kind: spoken ? 'speech' : kind,
    cut: 'sentences',
  })
}

/** The source between two offsets with its markup masked, the pairs of marks in it, and how many hard breaks it has. */
function readInline(source: string, parent: Node, start: number, end: number, quoted: number) {
  const units = source.slice(start, end).split('')
  const pairs: MarkPair[] = []
  let broken = 0
  const mask = (from: number, to: number) => {
    for (let i = from; i < to; i++) if (!/[\r\n]/.test(units[i - start])) units[i - start] = MARKUP
  }
  const walk = (node: Node) => {
    if (node.type === 'image' || node.type === 'imageReference') mask(startOf(node), endOf(node))
    else if (node.type === 'html' && node.value.startsWith('<!--')) mask(startOf(node), endOf(node))
    else if (node.type === 'break') {
      broken++
      mask(startOf(node), endOf(node))
    } else if (node.type === 'inlineCode') {
      const ticks = /^`+/.exec(source.slice(startOf(node), endOf(node)))?.[0].length ?? 0
      marked(node, startOf(node) + ticks, endOf(node) - ticks)
      // A full stop in code ends nothing.
      for (let i = startOf(node); i < endOf(node); i++) if (/[.!?…]/.test(units[i - start])) units[i - start] = ','
    } else {
      const content = node === parent ? null : contentOf(node)
      if (content) marked(node, ...content)
      for (const child of childrenOf(node)) walk(child)
    }
  }
  const marked = (node: Node, inner: number, innerEnd: number) => {
    mask(startOf(node), inner)
    mask(innerEnd, endOf(node))
    pairs.push({ open: startOf(node), inner, innerEnd, close: endOf(node) })
  }
  walk(parent)
  let readable = units.join('')
  // A quotation goes on behind a ">" at the beginning of each line.
  if (quoted > 0) {
    readable = readable.replace(
      /(\r\n|[\r\n])([ \t]*(?:>[ \t]?)+)/g,
      (_, br, marks) => br + MARKUP.repeat(marks.length),
    )
  }
  return { readable, pairs, broken }
}

const DELIMITERS = /^\s*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?\s*$/

function isTable(readable: string): boolean {
  const lines = readable.split(/\r\n|[\r\n]/)
  return lines.length > 1 && lines[0].includes('|') && DELIMITERS.test(lines[1]) && lines[1].includes('-')
}

/** A table: one item a row, its bars seen as markup. */
function addRows(reading: Reading, start: number, readable: string, section: number): void {
  let at = 0
  for (const match of readable.matchAll(/\r\n|[\r\n]|$/g)) {
    const row = readable.slice(at, match.index)
    if (!DELIMITERS.test(row) && row.trim()) {
      const masked = row.replace(/^[ \t]*\||\|[ \t]*$/g, (bar) => MARKUP.repeat(bar.length))
      const [from, to] = [start + at, start + match.index]
      reading.blocks.push({ start: from, end: to, kind: 'item', section, readable: masked, cut: 'whole', pairs: [] })
    }
    at = match.index + match[0].length
  }
}

/** `**Mara:** What she said.` in a conversation: the label is left out and the block becomes speech. */
function turnsOfSpeech(blocks: Block[]): void {
  const voices = voicesIn(blocks.map((block) => block.readable))
  if (voices.size === 0) return
  for (const block of blocks) {
    const label = block.kind === 'prose' || block.kind === 'speech' ? labelOf(block.readable) : null
    if (!label || !voices.has(label.voice)) continue
    block.start += label.length
    block.readable = block.readable.slice(label.length)
    block.kind = 'speech'
  }
}
