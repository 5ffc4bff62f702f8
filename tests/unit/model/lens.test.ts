import { expect, test } from 'vitest'
import { change, logits, parseLens, sigmoid, top, words } from '../../../src/meaning/lens.ts'

const V = 37

/** A lens.bin of seeded numbers, laid out as the contract says. */
function made(): Uint8Array {
  const bytes = new Uint8Array(4 * (384 + 2 * V) + V * 384)
  const view = new DataView(bytes.buffer)
  const wave = (i: number) => Math.sin(1.7 * i + 0.3)
  for (let i = 0; i < 384; i++) view.setFloat32(4 * i, wave(i) / 40, true)
  for (let v = 0; v < V; v++) view.setFloat32(4 * (384 + v), 0.002 + 0.001 * Math.abs(wave(v)), true)
  for (let v = 0; v < V; v++) view.setFloat32(4 * (384 + V + v), -3 + wave(2 * v), true)
  for (let i = 0; i < V * 384; i++) view.setInt8(4 * (384 + 2 * V) + i, Math.round(127 * wave(0.9 * i)))
  return bytes
}

test('logits are those of the formula, number by number', () => {
  const bytes = made()
  const view = new DataView(bytes.buffer)
  const lens = parseLens(bytes, V, [0, 5])
  const x = Float32Array.from({ length: 384 }, (_, i) => Math.cos(i) / 14)
  const fast = logits(lens, x)
  for (let v = 0; v < V; v++) {
    let sum = 0
    for (let i = 0; i < 384; i++)
      sum += view.getInt8(4 * (384 + 2 * V) + v * 384 + i) * 20 * (x[i] - view.getFloat32(4 * i, true))
    const expected = view.getFloat32(4 * (384 + V + v), true) + view.getFloat32(4 * (384 + v), true) * sum
    expect(fast[v]).toBeCloseTo(expected, 3)
  }
  expect(top(fast, 5, lens.stop)).toEqual(
    [...fast.keys()]
      .filter((v) => v !== 0 && v !== 5)
      .sort((a, b) => fast[b] - fast[a])
      .slice(0, 5),
  )
})

test('a file that is cut off is refused', () => {
  expect(() => parseLens(made().subarray(1), V, [])).toThrow('expected')
})

test('spellings of one word count once, and only gains are gained', () => {
  const before = Float32Array.of(0, 0, 0, 2)
  const after = Float32Array.of(3, 2, 1, -2)
  const difference = change(before, after)
  expect(difference[0]).toBeCloseTo(sigmoid(3) - 0.5)
  const spelled = ['Her', 'her', '', 'his']
  expect(words(difference, spelled, 3).map(([word]) => word)).toEqual(['Her'])
})
