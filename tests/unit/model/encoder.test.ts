import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { cosine, row } from '../../../src/meaning/vector.ts'
import { nodeModel } from '../../../src/model/node.ts'
import { parseReferences, worstAgreement } from '../../../src/model/parity.ts'

const references = parseReferences(new Uint8Array(readFileSync('models/encoder/reference.json')))
const model = nodeModel()

test('all 200 references agree with the original', async () => {
  const { part: encoder } = await model.encoder()
  const all = references.texts.map((_, index) => index)
  expect(all).toHaveLength(200)
  expect(await worstAgreement(encoder, references, all)).toBeGreaterThanOrEqual(0.9999)
}, 120_000)

test('texts keep their order, equal texts are read once, long ones are reported', async () => {
  const long = 'The hills were blue, then grey, then gone. '.repeat(60)
  const texts = ['We will need more chairs.', long, 'Yes.', 'We will need more chairs.']
  const steps: number[] = []
  const { vectors, truncated } = await model.embed(texts, { progress: (done) => steps.push(done) })
  expect(truncated).toEqual([1])
  expect(row(vectors, 0)).toEqual(row(vectors, 3))
  expect(steps.at(-1)).toBe(3)
  const alone = await model.embed(['Yes.'])
  expect(cosine(row(vectors, 2), alone.vectors)).toBeGreaterThan(0.999999)
})

test('a reading that is cancelled rejects and ends early', async () => {
  const controller = new AbortController()
  const texts = Array.from({ length: 300 }, (_, i) => `Sentence number ${i} of a text that nobody waits for.`)
  let last = 0
  const reading = model.embed(texts, {
    signal: controller.signal,
    progress: (done) => {
      last = done
      controller.abort()
    },
  })
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
  expect(last).toBeLessThan(texts.length)
})
