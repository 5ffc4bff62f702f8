import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

/** Remembers vectors by the content of their text and the hash of the model that made them. */
export interface VectorCache {
  /** For each text its vector or undefined. */
  get(model: string, texts: string[]): Promise<(Float32Array | undefined)[]>
  put(model: string, texts: string[], vectors: Float32Array[]): Promise<void>
}

interface Shape extends DBSchema {
  vectors: { key: string; value: Float32Array }
}

export const VECTOR_DATABASE = 'noema-vectors'

/**
 * Vectors in IndexedDB. Where the database cannot be opened (private windows, full disk) or no digest is offered (pages
 * that are no secure context) nothing is remembered.
 */
export function storedVectors(): VectorCache {
  let opened: Promise<IDBPDatabase<Shape> | null> | undefined
  const open = () => {
    if (!globalThis.crypto?.subtle) return Promise.resolve(null)
    opened ??= openDB<Shape>(VECTOR_DATABASE, 1, { upgrade: (db) => void db.createObjectStore('vectors') }).catch(
      () => null,
    )
    return opened
  }
  return {
    get: async (model, texts) => {
      const db = await open()
      if (!db) return texts.map(() => undefined)
      const keys = await Promise.all(texts.map((text) => key(model, text)))
      const { store } = db.transaction('vectors')
      return Promise.all(keys.map((id) => store.get(id))).catch(() => texts.map(() => undefined))
    },
    put: async (model, texts, vectors) => {
      const db = await open()
      if (!db || !texts.length) return
      const keys = await Promise.all(texts.map((text) => key(model, text)))
      const transaction = db.transaction('vectors', 'readwrite')
      const done = keys.map((id, i) => transaction.store.put(vectors[i].slice(), id))
      // What cannot be remembered is computed again next time.
      await Promise.all([...done, transaction.done]).catch(() => undefined)
    },
  }
}

/** `model:sha256(text)` in hex. */
async function key(model: string, text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${model.slice(0, 16)}:${hex}`
}
