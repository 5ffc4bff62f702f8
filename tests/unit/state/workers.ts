import { vi } from 'vitest'
import { documentReader } from '../../../src/document/client.ts'
import { readFile, readPasted } from '../../../src/document/read.ts'
import { regrain } from '../../../src/document/segment.ts'
import type { LayoutOptions } from '../../../src/layout/api.ts'
import { layoutClient } from '../../../src/layout/client.ts'
import { DIMENSIONS, type MapLayout } from '../../../src/meaning/types.ts'
import { modelClient } from '../../../src/model/client.ts'
import { unitVectors } from './projects.ts'

/** A layout somebody waits for. */
export interface Drawing {
  options: LayoutOptions
  /** Show places on the way. */
  show(): void
  finish(): Promise<void>
}

export const rest = async () => {
  for (let i = 0; i < 40; i++) await new Promise((next) => setImmediate(next))
}

/** Stop waiting when the signal says so, as the clients do. */
const heeding = <T>(signal: AbortSignal | undefined, work: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) reject(signal.reason)
    signal?.addEventListener('abort', () => reject(signal.reason))
    work.then(resolve, reject)
  })

const places = (count: number, by: number) => Float32Array.from({ length: 3 * count }, (_, i) => by + i)

export const mapOf = (count: number, by = 0): MapLayout => ({
  positions: places(count, by),
  neighbours: new Uint32Array(count),
  k: 1,
  quality: { trustworthiness: 0.9, continuity: 0.9, perPassage: new Float32Array(count) },
  parameters: { seed: 1, neighbours: 15, minDist: 0.1, epochs: 200, method: 'umap' },
})

/**
 * There are no workers in Node. Texts are cut by what runs in theirs; the model and the layout answer when the test says
 * so, and reject at once when they are stopped.
 */
export function standInWorkers() {
  const drawings: Drawing[] = []
  const encoder = { come: Promise.resolve() }
  vi.spyOn(documentReader, 'readPasted').mockImplementation(async (text, { taken } = {}) => readPasted(text, { taken }))
  vi.spyOn(documentReader, 'readBlob').mockImplementation(async (file, { taken } = {}) =>
    readFile(new Uint8Array(await file.arrayBuffer()), file.name, { taken }),
  )
  vi.spyOn(documentReader, 'regrain').mockImplementation(async (document, grain) => regrain(document, grain))
  vi.spyOn(modelClient, 'load').mockImplementation(async () => {
    await encoder.come
    return { name: 'encoder', sha256: 'abc', backend: 'wasm', threads: 1 }
  })
  const embed = vi.spyOn(modelClient, 'embed').mockImplementation((texts, { signal } = {}) =>
    heeding(
      signal,
      encoder.come.then(() => ({ vectors: unitVectors(texts.length, texts.join('').length), truncated: [] })),
    ),
  )
  const draw = (vectors: Float32Array, options: LayoutOptions = {}) => {
    const count = vectors.length / DIMENSIONS
    return new Promise<MapLayout>((resolve, reject) => {
      drawings.push({
        options,
        show: () => options.stream?.(places(count, 100), 0.5),
        finish: () => {
          resolve(mapOf(count))
          return rest()
        },
      })
      heeding(options.signal, new Promise(() => undefined)).catch(reject)
    })
  }
  const map = vi.spyOn(layoutClient, 'map').mockImplementation(draw)
  vi.spyOn(layoutClient, 'extend').mockImplementation((_, __, vectors, options) => draw(vectors, options))
  return { drawings, encoder, embed, map }
}
