import type { Document, Passage, PassageKind } from '../../meaning/types.ts'

/** A paragraph (or heading, item, verse…) as it is set: its passages, and the blank space before each but the first. */
export interface Paragraph {
  key: string
  kind: PassageKind
  /** Level of a heading, 1 to 6; 0 for everything else. */
  level: number
  passages: Passage[]
  gaps: string[]
}

/** A stretch of the document that is set, or left as an empty height, as a whole. */
export interface Block {
  key: string
  /** The document's title, where one begins and there are several. */
  title: string | null
  paragraphs: Paragraph[]
}

/** Passages in a block: enough to fill a column's height, few enough to set within a few milliseconds. */
const BLOCK = 24

/**
 * Passages in a paragraph; a longer one (a transcript without a single break) is set in pieces. A thousand sentences as
 * one paragraph took 75 ms to set, where nothing may take 50.
 */
const LONGEST = 2 * BLOCK

/** What stands between two passages of a paragraph: a line break where the source has one that means something. */
function gapBetween({ text }: Document, before: Passage, after: Passage): string {
  const gap = text.slice(before.span.end, after.span.start)
  const keeps = after.kind === 'verse' || after.kind === 'code'
  return keeps && /[\r\n]/.test(gap) ? '\n' : /\s/.test(gap) || gap === '' ? ' ' : gap
}

function paragraphsOf(document: Document): Paragraph[] {
  const paragraphs: Paragraph[] = []
  let last: Passage | null = null
  for (const passage of document.passages) {
    const open = paragraphs.at(-1)
    if (open && last?.paragraph === passage.paragraph && open.passages.length < LONGEST) {
      open.gaps.push(gapBetween(document, last, passage))
      open.passages.push(passage)
    } else {
      const level = passage.kind === 'heading' ? (document.sections[passage.section]?.level ?? 2) : 0
      paragraphs.push({ key: passage.id, kind: passage.kind, level, passages: [passage], gaps: [''] })
    }
    last = passage
  }
  return paragraphs
}

/** The documents in order, cut into blocks at paragraph borders. */
export function blocksOf(documents: Document[]): Block[] {
  const blocks: Block[] = []
  for (const document of documents) {
    let open: Block | null = null
    let size = 0
    for (const paragraph of paragraphsOf(document)) {
      if (!open || size >= BLOCK) {
        const title: string | null = !open && documents.length > 1 ? document.title : null
        open = { key: paragraph.key, title, paragraphs: [] }
        blocks.push(open)
        size = 0
      }
      open.paragraphs.push(paragraph)
      size += paragraph.passages.length
    }
  }
  return blocks
}

/** A block's height before it was ever set, from its letters: good enough for a scroll bar. */
export function estimatedHeight({ paragraphs, title }: Block, lettersInLine = 46, lineHeight = 27): number {
  return paragraphs.reduce(
    (sum, { passages }) => {
      const letters = passages.reduce((length, { text }) => length + text.length + 1, 0)
      return sum + Math.ceil(letters / lettersInLine) * lineHeight + 16
    },
    title ? 64 : 0,
  )
}
