import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { evaluate } from '../../eval/evaluate.ts'

const folder = mkdtempSync(join(tmpdir(), 'noema-eval-'))
afterAll(() => rmSync(folder, { recursive: true }))

const texts = [
  'The ferry left at six, as it had for forty years.',
  'Nobody at the harbour believed that the bridge would be finished.',
  'Was it the fog that kept the boats in?',
  'I was never happier than on that wet deck.',
  'Tickets are sold at the kiosk beside the church.',
]

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const plain = file('plain.txt', `\ufeff${texts.join('\r\n')}\n\n`)

/** What the command line does, and the JSON it leaves. */
async function written(kind: string, input: string, ...options: string[]) {
  const json = join(folder, `${kind}.json`)
  await evaluate([kind, '--input', input, '--json', json, ...options])
  return JSON.parse(readFileSync(json, 'utf8'))
}

const hash = expect.stringMatching(/^[0-9a-f]{64}$/)
const head = {
  machine: {
    ...{ cpu: expect.any(String), cores: expect.any(Number), memoryGB: expect.any(Number) },
    ...{ platform: expect.any(String), node: process.version },
  },
  backend: expect.stringContaining('wasm'),
}

test('encoder: a unit vector for each line', async () => {
  const { items, ...top } = await written('encoder', plain)
  expect(top).toMatchObject({ ...head, models: { 'all-MiniLM-L6-v2': hash } })
  expect(items.map(({ text }: { text: string }) => text)).toEqual(texts)
  for (const { vector } of items) {
    expect(vector).toHaveLength(384)
    expect(Math.hypot(...vector)).toBeCloseTo(1, 5)
  }
})

test('layout: a position and its trust for each line, the quality of all', async () => {
  const options = ['--neighbours', '3', '--epochs', '20', '--later', '1']
  const { items, ...top } = await written('layout', plain, ...options)
  expect(top).toMatchObject({ ...head, models: { 'all-MiniLM-L6-v2': hash } })
  expect(top.parameters).toMatchObject({ neighbours: 3, seed: 1 })
  for (const figure of [top.quality.trustworthiness, top.quality.continuity]) {
    expect(figure).toBeGreaterThanOrEqual(0)
    expect(figure).toBeLessThanOrEqual(1)
  }
  for (const [i, item] of items.entries()) {
    const later = i === 4 ? { later: true } : {}
    expect(item).toEqual({ text: texts[i], position: expect.any(Array), trust: expect.any(Number), ...later })
    expect(item.position.filter(Number.isFinite)).toHaveLength(3)
  }
  // What stands stays where it is.
  expect(top.summary.oldMoved).toBe(0)
})

test('lens: words with scores, highest first', async () => {
  const { items, models } = await written('lens', plain, '--count', '7')
  expect(models).toEqual({ 'all-MiniLM-L6-v2': hash, lens: hash })
  for (const [i, { text, words }] of items.entries()) {
    expect(text).toBe(texts[i])
    expect(words).toHaveLength(7)
    expect(words.every(([word]: [unknown]) => typeof word === 'string')).toBe(true)
    const scores = words.map(([, score]: [string, number]) => score)
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
  }
})

test('features: plain lines give every activation', async () => {
  const { items, models, heldout } = await written('features', plain)
  const ids = JSON.parse(readFileSync('models/features/card.json', 'utf8')).features.map(({ id }: { id: string }) => id)
  expect(models).toEqual({ 'all-MiniLM-L6-v2': hash, features: hash })
  expect(heldout).toBeUndefined()
  for (const [i, { text, activations }] of items.entries()) {
    expect(text).toBe(texts[i])
    expect(Object.keys(activations)).toEqual(ids)
    expect(Object.values(activations).every(Number.isFinite)).toBe(true)
  }
  const question = items.map((item: { activations: { question: number } }) => item.activations.question)
  expect(question.indexOf(Math.max(...question))).toBe(2)
})

test('features: labelled lines give the figures of a feature', async () => {
  const rewrites = [
    ['The gate is open.', 'The gate is not open.'],
    ['We saw the harbour from the road.', 'We did not see the harbour from the road.'],
  ]
  const lines = rewrites.flatMap((sides, pair) =>
    sides.map((text, label) => JSON.stringify({ feature: 'negation', set: 'test', label, pair, text })),
  )
  const { items, heldout } = await written('features', file('labelled.jsonl', lines.join('\n')))
  expect(items[1]).toMatchObject({ text: rewrites[0][1], feature: 'negation', set: 'test', label: 1, pair: 0 })
  const step = (low: number, high: number) => items[high].activations.negation - items[low].activations.negation
  const { measured, card } = heldout.negation
  expect(measured).toEqual({ auc: 1, n: 4, judge: 1, naturalStep: expect.any(Number), purity: expect.any(Number) })
  expect(measured.naturalStep).toBeCloseTo((step(0, 1) + step(2, 3)) / 2, 4)
  // Four texts are not those of the card, so its figures do not stand beside these.
  expect(card).toEqual({})
})

test('what cannot be evaluated is said in a sentence', async () => {
  const refused = (kind: string, ...words: string[]) =>
    evaluate([kind, ...words]).then(
      () => 'nothing was refused',
      ({ message }: Error) => message,
    )
  const path = (name: string) => join(folder, name)
  expect(await refused('spectrum', '--input', plain)).toContain('"spectrum" is no kind of evaluation')
  expect(await refused('encoder')).toContain('--input FILE')
  expect(await refused('encoder', '--input', path('none.txt'))).toBe(`There is no file ${path('none.txt')}.`)
  expect(await refused('encoder', '--input', folder)).toContain('is a folder')
  expect(await refused('encoder', '--input', file('empty.txt', ''))).toContain('empty')
  expect(await refused('encoder', '--input', file('blank.txt', '\n \n'))).toContain('only blank space')
  expect(await refused('encoder', '--input', file('bytes', Uint8Array.of(0, 1, 0, 2, 0, 0)))).toContain('not a text')
  expect(await refused('encoder', '--input', plain, '--json', path('no/where.json'))).toContain('There is no folder')
  expect(await refused('layout', '--input', plain, '--neighbors', '3')).toContain('layout knows no --neighbors')
  expect(await refused('layout', '--input', plain, '--neighbours', '1')).toContain('a whole number from 2 up')
  expect(await refused('layout', '--input', plain, '--later', '5')).toContain('leaves no line')
  expect(await refused('lens', '--input', plain, '--count', 'many')).toContain('"many"')
  expect(await refused('inverter', '--input', plain, '--mode', 'sideways')).toContain('--mode is invert, greedy, edit')
  const mixed = file('mixed.jsonl', `${JSON.stringify({ text: texts[0] })}\n${texts[1]}\n`)
  expect(await refused('features', '--input', mixed)).toBe('Item 2 of the input is no JSON object, as the first is.')
  const strange = file('strange.jsonl', JSON.stringify({ text: texts[0], feature: 'wit', label: 1 }))
  expect(await refused('features', '--input', strange)).toContain('names the feature "wit"')
})
