import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { diskShelf } from '../../../src/model/node.ts'
import { makeTokenizer } from '../../../src/model/tokenizer.ts'
import { readAll, type Shelf, verify } from '../../../src/model/weights.ts'
import { writingShelf } from './shelves.ts'

const bytes = new TextEncoder().encode('weights of a very small model')
const entry = { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length }

test('sound weights pass, a short file and a foreign one are told in plain words', async () => {
  await verify('encoder', 'model.onnx', bytes, entry)
  await expect(verify('encoder', 'model.onnx', bytes.subarray(0, 9), entry)).rejects.toThrow(
    'The download of the encoder (it reads your text) stopped early: model.onnx has 9 of 29 bytes.',
  )
  const foreign = bytes.map((byte, i) => (i === 3 ? byte ^ 1 : byte))
  await expect(verify('inverter', 'model.onnx', foreign, entry)).rejects.toThrow(
    'model.onnx is not the file that belongs to the inverter (it rewrites passages)',
  )
})

test('progress counts the bytes of all files', async () => {
  const shelf: Shelf = {
    card: async () => ({ what: '', files: { a: { sha256: '', bytes: 10 }, b: { sha256: '', bytes: 30 } } }),
    read: async (_folder, _name, { bytes: size }, progress) => {
      progress?.(size)
      return new Uint8Array(size)
    },
  }
  const seen: [number, number][] = []
  await readAll(shelf, 'encoder', ['a', 'b'], (loaded, total) => seen.push([loaded, total]))
  expect(seen.at(-1)).toEqual([40, 40])
  await expect(readAll(shelf, 'encoder', ['c'])).rejects.toThrow('does not list c')
})

test('a copy without a model says so', async () => {
  await expect(diskShelf('models/none').card('inverter')).rejects.toThrow(
    'This copy of Noema comes without the inverter (it rewrites passages).',
  )
})

const elsewhere = writingShelf()
test.skipIf(!elsewhere)('the inverter’s tokens spell every text back', async () => {
  const { files } = await readAll(diskShelf('models', elsewhere ?? {}), 'inverter', [
    'tokenizer.json',
    'tokenizer_config.json',
  ])
  const tokens = makeTokenizer(files['tokenizer.json'], files['tokenizer_config.json'])
  for (const text of [
    'She was late.',
    'naïve café — “quoted”, 1,234.56',
    '東京 and 😀',
    "  two  spaces, can't",
    'a\nb',
  ])
    expect(tokens.decode(tokens.encode(text))).toBe(text)
})
