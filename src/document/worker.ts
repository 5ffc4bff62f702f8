import { expose, transfer } from 'comlink'
import type { Document, Grain } from '../meaning/types.ts'
import { DocumentError, type DocumentTrouble } from './errors.ts'
import { languageNotice } from './language.ts'
import { type PackedDocument, pack } from './packed.ts'
import { type ReadOptions, readFile, readPasted } from './read.ts'
import { segment } from './segment.ts'

/** A refusal crosses as data: an Error's own fields would be lost on the way. */
export type Answer = PackedDocument | { trouble: DocumentTrouble; message: string }

function answer(read: () => Document): Answer {
  try {
    const document = read()
    const remark = languageNotice(document.text)
    const packed = pack(remark ? { ...document, notices: [...document.notices, remark] } : document)
    return transfer(packed, [packed.passages.table.buffer, packed.document.bytes.buffer])
  } catch (error) {
    if (error instanceof DocumentError) return { trouble: error.trouble, message: error.message }
    throw error
  }
}

const api = {
  readFile: (bytes: Uint8Array, name: string, options: ReadOptions) => answer(() => readFile(bytes, name, options)),
  readPasted: (text: string, options: ReadOptions) => answer(() => readPasted(text, options)),
  regrain(document: Omit<Document, 'passages' | 'bytes'>, grain: Grain): Answer {
    const { passages, sections } = segment(document.text, grain, document.format, document.id)
    const packed = pack({ ...document, grain, passages, sections, bytes: new Uint8Array(0) })
    return transfer(packed, [packed.passages.table.buffer])
  },
}

export type DocumentWorker = typeof api

expose(api)
