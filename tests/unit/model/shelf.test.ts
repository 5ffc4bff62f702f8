import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Folder, fetchedShelf } from '../../../src/model/weights.ts'

/** What a host sends and what the browser keeps, for the shelf that fetches. */
const sound = new TextEncoder().encode('weights of a very small model')
const entry = { sha256: createHash('sha256').update(sound).digest('hex'), bytes: sound.length }
const truncated = sound.subarray(0, 9)
const swapped = sound.map((byte, i) => (i === 3 ? byte ^ 1 : byte))
const folders: [Folder, RegExp][] = [
  ['encoder', /the encoder \(it reads your text\)/],
  ['lens', /the lens/],
  ['inverter', /the inverter/],
]
const key = (folder: Folder) => `http://noema/models/${folder}/file?sha256=${entry.sha256}`

let sent: Uint8Array
let fetched = 0
let kept: Map<string, Uint8Array>
let full = false
const cache = {
  match: async (address: string) => kept.has(address) && new Response(kept.get(address) as Uint8Array<ArrayBuffer>),
  delete: async (address: string) => kept.delete(address),
  put: async (address: string, response: Response) => {
    if (full) throw new DOMException('full', 'QuotaExceededError')
    kept.set(address, new Uint8Array(await response.arrayBuffer()))
  },
}

beforeEach(() => {
  sent = sound
  fetched = 0
  kept = new Map()
  full = false
  vi.stubGlobal('caches', { open: async () => cache })
  vi.stubGlobal('fetch', async () => {
    fetched++
    return new Response(sent as Uint8Array<ArrayBuffer>)
  })
})
afterEach(() => vi.unstubAllGlobals())

const read = (folder: Folder) => fetchedShelf('http://noema/').read(folder, 'file', entry)

test.each(folders)(
  'a truncated and a swapped file of the %s are told, never kept, and fetched anew',
  async (folder, name) => {
    for (const [bytes, words] of [
      [truncated, /stopped early: file has 9 of 29 bytes/],
      [swapped, /is not the file that belongs to/],
    ] as const) {
      sent = bytes
      await expect(read(folder)).rejects.toThrow(words)
      await expect(read(folder)).rejects.toThrow(name)
      expect(kept.size).toBe(0)
    }
    sent = sound
    expect(await read(folder)).toEqual(sound)
    expect(kept.has(key(folder))).toBe(true)
  },
)

test.each(folders)('a damaged copy of the %s kept by the browser is fetched again once', async (folder) => {
  for (const damaged of [truncated, swapped]) {
    kept.set(key(folder), damaged)
    const before = fetched
    expect(await read(folder)).toEqual(sound)
    expect(fetched).toBe(before + 1)
    expect(kept.get(key(folder))).toEqual(sound)
  }
})

test('with a full disk the weights are used all the same', async () => {
  full = true
  expect(await read('encoder')).toEqual(sound)
  expect(kept.size).toBe(0)
})
