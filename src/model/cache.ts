import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb'

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

/** The largest text Noema is made for; 1.5 kB each, some 150 MB. */
const MOST = 100_000

/**
 * Vectors in IndexedDB. Where the database cannot be opened (private windows, full disk) or no digest is offered (pages
 * that are no secure context) nothing is remembered. Where they become more than `most`, it begins anew.
 */
export function storedVectors({ most = MOST } = {}): VectorCache {
  let opened: Promise<IDBPDatabase<Shape> | null> | undefined
  /** How many there are; counted once, for that takes longer than putting a few. */
  let held: number | undefined
  const close = (db: IDBPDatabase<Shape> | null) => {
    db?.close()
    opened = undefined
    held = undefined
  }
  const open = () => {
    if (!globalThis.crypto?.subtle) return Promise.resolve(null)
    opened ??= openDB<Shape>(VECTOR_DATABASE, 1, {
      upgrade: (db) => void db.createObjectStore('vectors'),
      // Somebody wants it gone: let go, and open it again when next needed.
      blocking: () => void opened?.then(close),
      terminated: () => close(null),
    }).catch(() => null)
    return opened
  }
  return {
    get: async (model, texts) => {
      try {
        const keys = (await open()) ? await keysOf(model, texts) : []
        const store = (await open())?.transaction('vectors').store
        return await Promise.all(texts.map((_, i) => store?.get(keys[i])))
      } catch {
        return texts.map(() => undefined)
      }
    },
    put: async (model, texts, vectors) => {
      const kept = texts.slice(0, most)
      if (kept.length === 0 || !(await open())) return
      try {
        const keys = await keysOf(model, kept)
        const transaction = (await open())?.transaction('vectors', 'readwrite')
        if (!transaction) return
        const { store, done } = transaction
        held = (held ?? (await store.count())) + keys.length
        if (held > most) {
          await store.clear()
          held = keys.length
        }
        await Promise.all([...keys.map((id, i) => store.put(vectors[i].slice(), id)), done])
      } catch {
        // What cannot be remembered is computed again next time.
      }
    },
  }
}

/** Forget them all, also those of a worker that has them open. */
export async function forgetVectors(): Promise<void> {
  await deleteDB(VECTOR_DATABASE)
}

const keysOf = (model: string, texts: string[]) => Promise.all(texts.map((text) => key(model, text)))

/** `model:sha256(text)` in hex. */
async function key(model: string, text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${model.slice(0, 16)}:${hex}`
}
