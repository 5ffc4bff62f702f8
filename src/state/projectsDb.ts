import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { fromParts, type Opened, type Part, partsOf } from './parts.ts'
import { ProjectFileError, parseJson, toJson } from './plain.ts'
import type { Project } from './project.ts'
import type { View } from './view.ts'

/** A line in the list of projects. */
export interface ProjectEntry {
  id: string
  name: string
  /** ISO dates: made, changed by the person, written here. */
  created: string
  changed: string
  saved: string
  passages: number
  branches: number
  /** Bytes of each part; their sum is what the project takes. */
  sizes: Record<string, number>
}

interface Schema extends DBSchema {
  projects: { key: string; value: ProjectEntry }
  /** Keys are [project, part]. */
  parts: { key: [string, string]; value: Uint8Array }
}

let opening: Promise<IDBPDatabase<Schema>> | null = null
let database: IDBPDatabase<Schema> | null = null

async function open(): Promise<IDBPDatabase<Schema>> {
  opening ??= openDB<Schema>('noema', 1, {
    upgrade(db) {
      db.createObjectStore('projects', { keyPath: 'id' })
      db.createObjectStore('parts')
    },
    // A newer page wants to change the form: let it, and open again when next needed.
    blocking: close,
    terminated: close,
  }).catch((error) => {
    opening = null
    throw error
  })
  database = await opening
  return database
}

function close(): void {
  database?.close()
  database = null
  opening = null
}

/** What is known to stand in the database: for each project and part, the value its bytes were made from. */
const written = new Map<string, Map<string, { source: unknown; size: number }>>()

const allOf = (id: string) => IDBKeyRange.bound([id], [id, []])

/** The projects kept in this browser. All calls reject when the browser refuses its database or its disk is full. */
export const projectsDb = {
  /** Newest first. */
  async list(): Promise<ProjectEntry[]> {
    const entries = await (await open()).getAll('projects')
    return entries.sort((a, b) => b.changed.localeCompare(a.changed))
  },

  async find(id: string): Promise<ProjectEntry | undefined> {
    return (await open()).get('projects', id)
  },

  /** @throws ProjectFileError when it is missing or damaged. */
  async open(id: string): Promise<Opened> {
    const tx = (await open()).transaction('parts')
    const [keys, values] = await Promise.all([tx.store.getAllKeys(allOf(id)), tx.store.getAll(allOf(id))])
    if (keys.length === 0) throw new ProjectFileError('missing', 'This project is no longer kept in this browser.')
    const bytes = new Map(keys.map(([, name], i) => [name, values[i]]))
    const opened = await fromParts((name) => bytes.get(name))
    written.set(
      id,
      known(partsOf(opened.project, opened.view), (name) => bytes.get(name)?.length ?? 0),
    )
    return opened
  },

  /**
   * Write what changed since the last save, in one transaction: after a failure the earlier state stands whole.
   * `leaving`: the page may be gone in a moment. With the database open all requests are made and committed before
   * this first yields; what is left undone then is only to see whether somebody emptied the database meanwhile.
   */
  async save(project: Project, view: View, { leaving = false } = {}): Promise<void> {
    const db = database ?? (await open())
    const { id } = project
    const parts = partsOf(project, view)
    const before = written.get(id)
    const changed = parts.filter((part) => before?.get(part.name)?.source !== part.source)
    const fresh = new Map(changed.map((part) => [part.name, part.bytes()]))
    const now = known(parts, (name) => fresh.get(name)?.length ?? before!.get(name)!.size)
    const tx = db.transaction(['projects', 'parts'], 'readwrite')
    const store = tx.objectStore('parts')
    const requests: Promise<unknown>[] = [tx.done]
    try {
      const standing = tx.objectStore('projects').getKey(id)
      requests.push(standing, tx.objectStore('projects').put(entryOf(project, now)))
      for (const [name, bytes] of fresh) requests.push(store.put(bytes, [id, name]))
      for (const name of before?.keys() ?? []) if (!now.has(name)) requests.push(store.delete([id, name]))
      // Cleared behind our back (another window, the browser's settings): then everything has to go in again.
      const rest = before && !leaving ? parts.filter(({ name }) => !fresh.has(name)) : []
      if (leaving) tx.commit()
      requests.push(
        standing.then<unknown>(
          (key) => key ?? Promise.all(rest.map((part) => store.put(part.bytes(), [id, part.name]))),
        ),
      )
      await Promise.all(requests)
    } catch (error) {
      await abandon(tx, requests)
      throw error
    }
    written.set(id, now)
  },

  async rename(id: string, name: string): Promise<void> {
    const tx = (await open()).transaction(['projects', 'parts'], 'readwrite')
    const [entry, json] = await Promise.all([
      tx.objectStore('projects').get(id),
      tx.objectStore('parts').get([id, 'project.json']),
    ])
    if (entry && json) {
      const described = parseJson(new TextDecoder().decode(json)) as Record<string, unknown>
      const renamed = new TextEncoder().encode(toJson({ ...described, name }))
      await tx.objectStore('projects').put({ ...entry, name })
      await tx.objectStore('parts').put(renamed, [id, 'project.json'])
    }
    await tx.done
  },

  async delete(id: string): Promise<void> {
    written.delete(id)
    const tx = (await open()).transaction(['projects', 'parts'], 'readwrite')
    await Promise.all([tx.objectStore('projects').delete(id), tx.objectStore('parts').delete(allOf(id)), tx.done])
  },

  async deleteAll(): Promise<void> {
    written.clear()
    const tx = (await open()).transaction(['projects', 'parts'], 'readwrite')
    await Promise.all([tx.objectStore('projects').clear(), tx.objectStore('parts').clear(), tx.done])
  },
}

/** All or nothing: undo a transaction that could not be finished, and wait until it is undone. */
async function abandon(tx: { abort(): void }, requests: Promise<unknown>[]): Promise<void> {
  try {
    tx.abort()
  } catch {
    // The browser has undone it already.
  }
  await Promise.allSettled(requests)
}

function known(parts: Part[], size: (name: string) => number) {
  return new Map(parts.map(({ name, source }) => [name, { source, size: size(name) }]))
}

function entryOf(project: Project, parts: Map<string, { size: number }>): ProjectEntry {
  const { id, name, created, changed, documents, branches } = project
  return {
    ...{ id, name, created, changed },
    saved: new Date().toISOString(),
    passages: documents.reduce((sum, document) => sum + document.passages.length, 0),
    branches: branches.length,
    sizes: Object.fromEntries([...parts].map(([part, { size }]) => [part, size])),
  }
}
