import { expose, transfer } from 'comlink'
import { holdLifeline } from '../lifeline.ts'
import type { Document, Grain } from '../meaning/types.ts'
import { DocumentError, type DocumentTrouble } from './errors.ts'
import { languageNotice } from './language.ts'
import { type PackedDocument, pack } from './packed.ts'
import { type ReadOptions, readFile, readPasted } from './read.ts'
import { type Progress, segment } from './segment.ts'

/** A refusal crosses as data: an Error's own fields would be lost on the way. */
export type Answer = PackedDocument | { trouble: DocumentTrouble; message: string }

/** Between two words of progress; each of them wakes the page. */
const BEAT_MS = 100

function calm(progress?: Progress): Progress | undefined {
  if (!progress) return undefined
  let last = performance.now()
  return (share) => {
    const now = performance.now()
    if (now - last < BEAT_MS) return
    last = now
    progress(share)
  }
}

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

const held = holdLifeline()

const api = {
  readFile: async (bytes: Uint8Array, name: string, options: ReadOptions, progress?: Progress) => {
    await held
    return answer(() => readFile(bytes, name, { ...options, progress: calm(progress) }))
  },
  readPasted: async (text: string, options: ReadOptions, progress?: Progress) => {
    await held
    return answer(() => readPasted(text, { ...options, progress: calm(progress) }))
  },
  async regrain(document: Omit<Document, 'passages' | 'bytes'>, grain: Grain, progress?: Progress): Promise<Answer> {
    await held
    const cut = segment(document.text, grain, document.format, document.id, calm(progress))
    const packed = pack({ ...document, grain, ...cut, bytes: new Uint8Array(0) })
    return transfer(packed, [packed.passages.table.buffer])
  },
}

export type DocumentWorker = typeof api

expose(api)
