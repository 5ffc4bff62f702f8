import type { Document, Passage, PassageKind } from '../meaning/types.ts'

const KINDS: PassageKind[] = ['prose', 'heading', 'item', 'verse', 'speech', 'quote', 'code']
const FIELDS = 5
const ID_LENGTH = 12

/**
 * A document as it crosses from the worker: one table of numbers and one string of ids instead of an object for each
 * passage, because taking 100,000 cloned objects in would hold the main thread for far more than 50 ms.
 */
export interface PackedDocument {
  document: Omit<Document, 'passages'>
  /** Rows of start, end, kind, section, paragraph. */
  table: Int32Array
  ids: string
}

export function pack({ passages, ...document }: Document): PackedDocument {
  const table = new Int32Array(passages.length * FIELDS)
  passages.forEach(({ span, kind, section, paragraph }, i) => {
    table.set([span.start, span.end, KINDS.indexOf(kind), section, paragraph], i * FIELDS)
  })
  return { document, table, ids: passages.map((passage) => passage.id).join('') }
}

/** Rows turned into passages between two rests of the main thread: about 5 ms of work. */
const AT_ONCE = 10_000

/** The document again, built in short turns so that the page stays live. */
export async function unpack({ document, table, ids }: PackedDocument): Promise<Document> {
  const count = table.length / FIELDS
  const passages: Passage[] = new Array(count)
  for (let i = 0; i < count; i++) {
    if (i > 0 && i % AT_ONCE === 0) await new Promise((rested) => setTimeout(rested))
    const [start, end, kind, section, paragraph] = table.subarray(i * FIELDS, (i + 1) * FIELDS)
    passages[i] = {
      id: ids.slice(i * ID_LENGTH, (i + 1) * ID_LENGTH),
      span: { start, end },
      text: document.text.slice(start, end),
      kind: KINDS[kind],
      section,
      paragraph,
    }
  }
  return { ...document, passages }
}
