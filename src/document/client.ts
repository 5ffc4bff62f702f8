import { type Remote, wrap } from 'comlink'
import type { Document, Grain } from '../meaning/types.ts'
import { refuseLarge } from './decode.ts'
import { DocumentError } from './errors.ts'
import { unpack } from './packed.ts'
import type { ReadOptions } from './read.ts'
import type { Answer, DocumentWorker } from './worker.ts'

let remote: Remote<DocumentWorker> | null = null

function worker(): Remote<DocumentWorker> {
  remote ??= wrap<DocumentWorker>(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }))
  return remote
}

async function received(answer: Answer): Promise<Document> {
  if ('trouble' in answer) throw new DocumentError(answer.trouble, answer.message)
  return unpack(answer)
}

/**
 * Reads, decodes and cuts away from the main thread. Same results as `readFile`, `readPasted` and `regrain`, with the
 * language looked at besides. Rejects with a DocumentError in plain words; the person's file is never touched.
 */
export const documentReader = {
  /** A file as picked or dropped. Its size is looked at before a byte is read. */
  async readBlob(file: File, options: ReadOptions = {}): Promise<Document> {
    refuseLarge(file.size)
    let bytes: Uint8Array
    try {
      bytes = new Uint8Array(await file.arrayBuffer())
    } catch {
      throw new DocumentError(
        'unreadable',
        `“${file.name}” could not be read. It may have been moved; choose it again.`,
      )
    }
    return documentReader.readFile(bytes, file.name, options)
  },
  async readFile(bytes: Uint8Array, name: string, options: ReadOptions = {}): Promise<Document> {
    refuseLarge(bytes.length)
    return received(await worker().readFile(bytes, name, options))
  },
  async readPasted(text: string, options: ReadOptions = {}): Promise<Document> {
    return received(await worker().readPasted(text, options))
  },
  async regrain(document: Document, grain: Grain): Promise<Document> {
    if (document.grain === grain) return document
    const { passages: _, bytes, ...rest } = document
    return { ...(await received(await worker().regrain(rest, grain))), bytes }
  },
}
