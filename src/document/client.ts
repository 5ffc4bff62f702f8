import { proxy, type Remote, wrap } from 'comlink'
import { onGone } from '../lifeline.ts'
import type { Document, Grain } from '../meaning/types.ts'
import { refuseLarge } from './decode.ts'
import { DocumentError } from './errors.ts'
import { unpack } from './packed.ts'
import type { ReadOptions } from './read.ts'
import type { Answer, DocumentWorker } from './worker.ts'

export interface ReaderOptions extends ReadOptions {
  signal?: AbortSignal
}

/**
 * Each text gets a worker of its own: several can be read side by side, one can be stopped at once by ending its
 * worker, and a crash takes nothing else with it.
 */
async function inWorker(
  { progress, signal }: ReaderOptions,
  ask: (remote: Remote<DocumentWorker>, progress?: ReadOptions['progress']) => Promise<Answer>,
): Promise<Document> {
  signal?.throwIfAborted()
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'document' })
  try {
    const answer = await new Promise<Answer>((resolve, reject) => {
      onGone(worker, () => reject(stopped()))
      signal?.addEventListener('abort', () => reject(new DOMException('Reading was stopped.', 'AbortError')))
      ask(wrap<DocumentWorker>(worker), progress && proxy(progress)).then(resolve, reject)
    })
    if ('trouble' in answer) throw new DocumentError(answer.trouble, answer.message)
    return await unpack(answer)
  } catch (error) {
    if (error instanceof DocumentError || (error as Error).name === 'AbortError') throw error
    // What a worker without memory throws is not for reading.
    throw stopped(error)
  } finally {
    worker.terminate()
  }
}

const stopped = (cause?: unknown) =>
  Object.assign(
    new DocumentError('unreadable', 'Reading this text stopped unexpectedly. Your file is as it was; try once more.'),
    { cause },
  )

async function bytesOf(file: File): Promise<Uint8Array> {
  refuseLarge(file.size)
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch {
    throw new DocumentError('unreadable', 'This file could not be read. It may have been moved; choose it again.')
  }
}

/** What crosses to the worker as it is. */
const plain = ({ grain, taken }: ReaderOptions): ReadOptions => ({ grain, taken })

/**
 * Reads, decodes and cuts away from the main thread. Same results as `readFile`, `readPasted` and `regrain`, with the
 * language looked at besides. Rejects with a DocumentError in plain words, or an AbortError; the person's file is never
 * touched.
 */
export const documentReader = {
  /** A file as picked or dropped; a refusal names it. Its size is looked at before a byte is read. */
  async readBlob(file: File, options: ReaderOptions = {}): Promise<Document> {
    try {
      return await documentReader.readFile(await bytesOf(file), file.name, options)
    } catch (error) {
      if (error instanceof DocumentError) throw new DocumentError(error.trouble, `${file.name}: ${error.message}`)
      throw error
    }
  },

  async readFile(bytes: Uint8Array, name: string, options: ReaderOptions = {}): Promise<Document> {
    refuseLarge(bytes.length)
    return inWorker(options, (remote, progress) => remote.readFile(bytes, name, plain(options), progress))
  },

  readPasted(text: string, options: ReaderOptions = {}): Promise<Document> {
    return inWorker(options, (remote, progress) => remote.readPasted(text, plain(options), progress))
  },

  async regrain(document: Document, grain: Grain, options: ReaderOptions = {}): Promise<Document> {
    if (document.grain === grain) return document
    const { passages: _, bytes, ...rest } = document
    const cut = await inWorker(options, (remote, progress) => remote.regrain(rest, grain, progress))
    return { ...cut, bytes }
  },
}
