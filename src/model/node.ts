import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import * as ort from 'onnxruntime-web'
import { Model } from './core.ts'
import { makeRuntime, type Ort } from './runtime.ts'
import { type Card, type Folder, MissingModel, type Shelf, verify } from './weights.ts'

/** Folders that stand in for models/NAME (weights still in the making). */
export type Elsewhere = Partial<Record<Folder, string>>

/** Weights on disk; checked like those that come over the wire. */
export function diskShelf(root = 'models', elsewhere: Elsewhere = {}): Shelf {
  const at = (folder: Folder, name: string) => join(elsewhere[folder] ?? join(root, folder), name)
  return {
    card: async (folder) => {
      const path = at(folder, 'card.json')
      if (!existsSync(path)) throw new MissingModel(folder)
      return JSON.parse(await readFile(path, 'utf8')) as Card
    },
    read: async (folder, name, entry, progress) => {
      const bytes = new Uint8Array(await readFile(at(folder, name)))
      await verify(folder, name, bytes, entry)
      progress?.(bytes.length)
      return bytes
    },
  }
}

/**
 * The same model as in the browser, in Node: WASM, weights from disk, nothing remembered between runs.
 * @param threads of WASM; they keep the process alive, so a command ends with process.exit
 */
export function nodeModel({ threads = 1, root = 'models', elsewhere = {} as Elsewhere } = {}): Model {
  const runtime = makeRuntime(ort as unknown as Ort, 'wasm', threads)
  return new Model({ runtime: async () => runtime, shelf: diskShelf(resolve(root), elsewhere) })
}
