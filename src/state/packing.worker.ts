import { expose, transfer } from 'comlink'
import { holdLifeline } from '../lifeline.ts'
import { ProjectFileError } from './plain.ts'
import { type Parts, packParts, unpackParts } from './projectZip.ts'

/** A refusal crosses as data: an Error's own fields would be lost on the way. */
export type Unpacked = { parts: Parts } | { trouble: ProjectFileError['trouble']; message: string }

const held = holdLifeline()

const api = {
  async pack(parts: Parts, changed: Date): Promise<Uint8Array> {
    await held
    const bytes = packParts(parts, changed)
    return transfer(bytes, [bytes.buffer])
  },
  async unpack(bytes: Uint8Array): Promise<Unpacked> {
    await held
    try {
      const parts = unpackParts(bytes)
      // Stored parts may be views of one buffer, which can be handed over only once.
      return transfer({ parts }, [...new Set(Object.values(parts).map((part) => part.buffer))])
    } catch (error) {
      if (error instanceof ProjectFileError) return { trouble: error.trouble, message: error.message }
      throw error
    }
  },
}

export type PackingWorker = typeof api

expose(api)
