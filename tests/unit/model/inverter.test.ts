import { beforeAll, describe, expect, test } from 'vitest'
import { slice } from '../../../src/meaning/moves.ts'
import { dot, normalise } from '../../../src/meaning/vector.ts'
import { argmax, begin, writeBatch, writeGreedy } from '../../../src/model/decode.ts'
import type { Inverter } from '../../../src/model/inverter.ts'
import { Keys } from '../../../src/model/keys.ts'
import { nodeModel } from '../../../src/model/node.ts'
import { type DecoderProbe, probeDecoder } from '../../../src/model/parity.ts'
import { priorities } from '../../../src/model/turns.ts'
import { writingShelf } from './shelves.ts'

const elsewhere = writingShelf()
const sentences = [
  'She was late, and this time nobody pretended not to notice.',
  'The bridge was closed after cracks were found.',
]
const options = { limit: 32, priority: priorities.settle }

describe.skipIf(!elsewhere)('the inverter on its real weights', () => {
  const model = nodeModel({ elsewhere: elsewhere ?? {} })
  let inverter: Inverter
  let probes: DecoderProbe[]
  let vectors: Float32Array[]

  beforeAll(async () => {
    const { part } = await model.inverter()
    inverter = part.inverter
    probes = part.probes
    const { vectors: all } = await model.embed(sentences)
    vectors = sentences.map((_, i) => all.slice(i * 384, (i + 1) * 384))
  }, 120_000)

  /** A target halfway to the other sentence. */
  const target = (i: number) => normalise(vectors[i].map((value, k) => value + 0.7 * vectors[1 - i][k]))

  /** One token a pass, the cache as it comes: what every shortcut must equal. */
  async function plainly(source: Keys, i: number): Promise<number[]> {
    const { decoder } = inverter
    const { start, end } = decoder.shape.tokens
    const size = decoder.shape.vocabulary
    const keys = Keys.gather([[source, 0]])
    const out: number[] = []
    let prompts: ReturnType<typeof inverter.prompt>[] | undefined = [inverter.prompt(target(i), vectors[i])]
    for (let next = start; ; prompts = undefined) {
      const logits = await decoder.read(keys, { ids: [[next]], prompts, keep: 1, priority: 0 })
      next = argmax(logits, 0, size)
      if (next === end) return out
      out.push(next)
      if (out.length >= options.limit) return out
    }
  }

  test('gives the tokens that its card promises', async () => {
    expect(probes).toHaveLength(5)
    for (const probe of probes) await probeDecoder(inverter.decoder, probe)
  }, 60_000)

  test('with the source as draft writes exactly the greedy text, in fewer passes', async () => {
    for (const i of [0, 1]) {
      const { keys, tokens } = await inverter.read(sentences[i], vectors[i])
      const plain = await plainly(keys, i)
      const prompt = inverter.prompt(target(i), vectors[i])
      const fast = await writeGreedy(inverter.decoder, Keys.gather([[keys, 0]]), prompt, tokens, options)
      expect(fast.ids).toEqual(plain)
      const perfect = await writeGreedy(inverter.decoder, Keys.gather([[keys, 0]]), prompt, plain, options)
      expect(perfect.ids).toEqual(plain)
      expect(perfect.passes).toBeLessThan(1 + plain.length / 4)
      expect(perfect.fluency).toBeCloseTo(fast.fluency, 3)
    }
  }, 120_000)

  test('a batch writes what each of its texts would be alone', async () => {
    const { keys } = await inverter.read(sentences[0], vectors[0])
    const prompts = [0.2, 1].map((share) =>
      inverter.prompt(normalise(vectors[0].map((value, k) => value + share * vectors[1][k])), vectors[0]),
    )
    const beginnings = await begin(inverter.decoder, keys, prompts, options)
    const batch = await writeBatch(inverter.decoder, beginnings, [{}, {}], options)
    for (const [i, prompt] of prompts.entries()) {
      const alone = await writeGreedy(inverter.decoder, Keys.gather([[keys, 0]]), prompt, [], options)
      expect(batch[i].ids).toEqual(alone.ids)
      expect(batch[i].ended).toBe(alone.ended)
    }
  }, 120_000)

  test('a movement speaks for words that the text does not have, no movement for none', async () => {
    const source = await inverter.read(sentences[0], vectors[0])
    const rows = source.keys.rows
    const found = await inverter.forks(target(0), source, sentences[0])
    expect(found.length).toBeGreaterThan(3)
    for (const { ids } of found) {
      const at = ids.length - 1
      expect(ids.slice(0, at)).toEqual(source.tokens.slice(0, at))
      expect(ids[at]).not.toBe(source.tokens[at])
    }
    expect(found.map(({ worth }) => worth)).toEqual(found.map(({ worth }) => worth).sort((a, b) => b - a))
    expect(source.keys.rows).toBe(rows)
    const [still] = await inverter.forks(vectors[0], source, sentences[0])
    expect(still?.worth ?? -1).toBeLessThan(0)
    expect(found[0].worth).toBeGreaterThan(still?.worth ?? -1)

    const beginnings = await begin(inverter.decoder, source.keys, [inverter.prompt(target(0), vectors[0])], options)
    const [other] = await writeBatch(inverter.decoder, beginnings, [{ first: found[0].ids }], options)
    expect(other.ids.slice(0, found[0].ids.length)).toEqual(found[0].ids)
  }, 120_000)

  test('knows where a text may leave words out', async () => {
    const words = sentences[1].split(' ')
    const source = await inverter.read(sentences[1], vectors[1])
    const from = await inverter.beginning(vectors[1], { source })
    const jump = (await inverter.jumps(words, from))!
    const cracks = words.indexOf('cracks')
    // As it stands goes before all else; "was closed." reads better than "was were found."
    for (const [i] of words.entries()) expect(jump(i, i)).toBeGreaterThan(jump(i, words.length - 1) - 1e-6)
    expect(jump(cracks - 1, words.length)).toBeGreaterThan(jump(2, cracks + 1))
    expect(await inverter.jumps(Array(200).fill('word'), from)).toBeNull()
  }, 60_000)

  test('reads its own text as fluent as it was when it wrote it', async () => {
    const from = await inverter.beginning(vectors[0])
    const [written] = await inverter.several([], null, [{ from, chooser: {} }])
    expect(await inverter.fluency(written.text, from)).toBeCloseTo(written.fluency, 3)
    expect(await inverter.fluency('So it goes. '.repeat(40), from)).toBeNaN()
  }, 120_000)

  describe('between two texts', () => {
    const between = async (texts: string[], weights: number[]) => {
      const { vectors: all } = await model.embed(texts)
      const ends = texts.map((text, i) => ({ text, vector: all.slice(i * 384, (i + 1) * 384) }))
      const asked = slice(
        ends.map(({ vector }) => vector),
        weights,
      )
      const move = { kind: 'slice' as const, anchors: texts, weights }
      const request = { source: ends[0], asked, along: [], move, between: ends, seed: 1 }
      return { ends, asked, settled: await model.settle(request, { budget: 20_000 }) }
    }

    test('finds words nearer to the middle than either end, no longer than a third more, and neither end again', async () => {
      const { ends, asked, settled } = await between(sentences, [0.5, 0.5])
      const [best] = settled.candidates
      expect(best.cosine).toBeGreaterThan(Math.max(...ends.map(({ vector }) => dot(vector, asked))))
      for (const { text, writer } of settled.candidates) {
        expect(text.split(/\s+/).length).toBeLessThanOrEqual(1.3 * 11)
        if (writer !== 'source') expect(sentences).not.toContain(text)
      }
    }, 120_000)

    test('gives the end itself at an end', async () => {
      const { settled } = await between(sentences, [0, 1])
      expect(settled.candidates[0]).toMatchObject({ text: sentences[1], writer: 'echo' })
      expect(settled.confidence).toEqual({ value: 1, word: 'close' })
    }, 120_000)

    test('does not cut up what is no English prose', async () => {
      const german =
        'Die Brücke über den Fluss wurde gestern gesperrt, nachdem Risse in zwei Pfeilern gefunden worden waren.'
      const { settled } = await between([german, 'if (open) { close(bridge) }'], [0.5, 0.5])
      expect(settled.candidates.map(({ text }) => text)).toEqual([german])
    }, 120_000)
  })

  test('a cancelled settling rejects', async () => {
    const controller = new AbortController()
    const request = {
      source: { text: sentences[0], vector: vectors[0] },
      asked: target(0),
      along: [],
      move: { kind: 'hand' as const },
      seed: 1,
    }
    const settling = model.settle(request, { signal: controller.signal })
    setTimeout(() => controller.abort(), 50)
    await expect(settling).rejects.toMatchObject({ name: 'AbortError' })
  })
})
