import type { Document, Passage, PassageKind } from '../meaning/types.ts'

/** Kinds as numbers; saved files hold these numbers, so new kinds go to the end. */
const KINDS: PassageKind[] = ['prose', 'heading', 'item', 'verse', 'speech', 'quote', 'code']
const FIELDS = 5

/** Passages as rows of start, end, kind, section, paragraph, and their ids, one a line. The texts are in the document. */
export interface PassageTable {
  table: Int32Array
  ids: string
}

/** Passages as they cross from a worker or into a file: 100,000 cloned objects would hold the main thread too long. */
export function packPassages(passages: Passage[]): PassageTable {
  const table = new Int32Array(passages.length * FIELDS)
  for (let i = 0; i < passages.length; i++) {
    const { span, kind, section, paragraph } = passages[i]
    const row = i * FIELDS
    table[row] = span.start
    table[row + 1] = span.end
    table[row + 2] = KINDS.indexOf(kind)
    table[row + 3] = section
    table[row + 4] = paragraph
  }
  return { table, ids: passages.map((passage) => passage.id).join('\n') }
}

/** Rows turned into passages between two rests of the main thread: about 5 ms of work. */
const AT_ONCE = 10_000

/**
 * The passages again, built in short turns so that the page stays live.
 * @throws RangeError when the rows do not fit the text or the ids.
 */
export async function unpackPassages({ table, ids }: PassageTable, text: string): Promise<Passage[]> {
  const count = table.length / FIELDS
  const names = count === 0 ? [] : ids.split('\n')
  if (names.length !== count) throw new RangeError('as many ids as rows are needed')
  const passages: Passage[] = new Array(count)
  for (let i = 0; i < count; i++) {
    if (i > 0 && i % AT_ONCE === 0) await new Promise((rested) => setTimeout(rested))
    const [start, end, kind, section, paragraph] = table.subarray(i * FIELDS, (i + 1) * FIELDS)
    if (start < 0 || end <= start || end > text.length || !KINDS[kind]) throw new RangeError(`row ${i} is no passage`)
    passages[i] = {
      id: names[i],
      span: { start, end },
      text: text.slice(start, end),
      kind: KINDS[kind],
      section,
      paragraph,
    }
  }
  return passages
}

/** A whole document with its passages packed. */
export interface PackedDocument {
  document: Omit<Document, 'passages'>
  passages: PassageTable
}

export function pack({ passages, ...document }: Document): PackedDocument {
  return { document, passages: packPassages(passages) }
}

export async function unpack({ document, passages }: PackedDocument): Promise<Document> {
  return { ...document, passages: await unpackPassages(passages, document.text) }
}
