import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sentences } from '../../../src/document/sentences.ts'
import { parseCalibrations } from '../../../src/meaning/confidence.ts'
import { normalise } from '../../../src/meaning/vector.ts'
import { Draft } from '../../../src/model/draft.ts'
import { Keys } from '../../../src/model/keys.ts'
import { exchange } from '../../../src/model/passage.ts'
import { search } from '../../../src/model/search.ts'
import { settle } from '../../../src/model/settle.ts'
import { closeness, dress } from '../../../src/model/style.ts'
import { units } from '../../../src/model/units.ts'

describe('dress', () => {
  test('a sentence of its own is in its own clothes already', () => {
    const folder = new URL('../../../assets/samples/', import.meta.url)
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.txt'))) {
      const text = readFileSync(new URL(name, folder), 'utf8')
      for (const { start, end } of sentences(text)) {
        const one = text.slice(start, end).replace(/\s+/g, ' ').trim()
        expect(dress(one, one)).toBe(one)
      }
    }
  })

  test.each([
    ['She said "no" -- and left.', '“Yes,” he said — and stayed.', 'She said “no” — and left.'],
    ['It was late', 'It is late.', 'It was late.'],
    ['It was late.', 'It is late', 'It was late'],
    ['Was it late?', 'It is late.', 'Was it late?'],
    ['In 1908 she had 3 cats.', 'In 1998 he had 4 cats.', 'In 1998 she had 4 cats.'],
    ['the rain stopped.', 'The rain stops.', 'The rain stopped.'],
    ['The rain stopped', 'the rain stops,', 'the rain stopped,'],
    ['I came home', 'he came home', 'I came home'],
    ['He had 3 dogs in 1991.', 'In 1990 he had 3 dogs.', 'He had 3 dogs in 1990.'],
    ['She said "no."', 'He agreed.', 'She said "no."'],
    ['He left (at noon)', 'He left.', 'He left (at noon).'],
    ['"Stop" was what he said.', 'He told them to "stop."', '"Stop" was what he said.'],
    [
      'From 1914–1918 it -- then a port -- grew.',
      'From 1914–1918 it — a port — grew.',
      'From 1914–1918 it — then a port — grew.',
    ],
    ["“It's early,” he said.", "“It's late,” he said.", "“It's early,” he said."],
    ['Paris was not lovely', 'then Paris was lovely', 'Paris was not lovely'],
  ])('%s like %s', (written, source, expected) => expect(dress(written, source)).toBe(expected))

  test.each([
    ['There were 7 of them.', 'There were some.', 'invented numbers'],
    ['See https://example.org now.', 'See it now.', 'invented links'],
    ['See it now.', 'See https://example.org now.', 'lost links'],
    ['It was very very very good.', 'It was good.', 'a stutter'],
    ['It was so good it was so good it was so good.', 'It was good.', 'a run that comes back'],
    ['It was \uFFFD good.', 'It was good.', 'broken characters'],
    ['It was {good}.', 'It was good.', 'marks of code'],
    ['   ', 'It was good.', 'nothing'],
  ])('refuses %s (%s → %s)', (written, source) => expect(dress(written, source)).toBeNull())

  test('leaves a plain sentence as it is', () => {
    for (const text of ['Nobody at the table laughed.', "I don't believe a word of it.", 'They said: “Why not?”'])
      expect(dress(text, text)).toBe(text)
  })
})

describe('units', () => {
  const size = (text: string) => text.split(/\s+/).length

  test('cover sentences, cut long ones at pauses, and leave code and other scripts closed', () => {
    const text =
      '- One short sentence here.  Another one follows it!\n\nRun `for (let i = 0; i < n; i++) { a[i] }` twice. ' +
      '今天天气很好。 When the long winter was over, we walked down to the river; the ice had gone, and the boats were back.'
    const all = units(text, size, 12)
    for (const { span, text: piece } of all) expect(text.slice(span.start, span.end)).toBe(piece)
    const open = all.filter((unit) => unit.open).map((unit) => unit.text)
    expect(open.slice(0, 2)).toEqual(['One short sentence here.', 'Another one follows it!'])
    expect(open).toContain('When the long winter was over, we walked down to the river;')
    expect(open.join(' ')).not.toMatch(/[{}今]/u)
  })

  test('names of other countries do not close an English sentence; another language does', () => {
    const open = (text: string) => units(text, size, 40).some((unit) => unit.open)
    for (const text of [
      'The Yoruba are a prominent ethnic group in Nigeria and other locations in sub-Saharan Africa.',
      'The ruling Movement for Democracy, led by prime minister Ulisses Correia e Silva, seeks a third term.',
    ])
      expect(open(text), text).toBe(true)
    for (const text of [
      'Der Hafen lag still, und niemand glaubte mehr daran, dass die Brücke jemals fertig werden würde.',
      'Le port était calme, et personne ne croyait plus que le pont serait un jour terminé par la ville.',
      'El puerto estaba tranquilo y nadie creía ya que el puente se terminaría algún día en la ciudad.',
      'De haven was stil en niemand geloofde nog dat de brug ooit klaar zou zijn, of dat we hem zouden zien.',
      'O porto estava calmo e ninguém acreditava mais que a ponte ficaria pronta um dia para as pessoas.',
      'Der Hund ist müde.',
      'Elle chante très bien.',
      'El perro está cansado.',
      'Jag har inte tid.',
    ])
      expect(open(text), text).toBe(false)
    for (const text of ['Tom is Mary’s son.', 'Los Angeles burned.', 'He wanted to die.', 'Sounds good to me.'])
      expect(open(text), text).toBe(true)
  })

  test('exchanging a unit leaves all else byte for byte', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('A cat sat.', 'Why not go?', '  ', '\n\n', '“No,” she said.', '1. '), {
          maxLength: 12,
        }),
        (parts) => {
          const text = parts.join(' ')
          const pieces = units(text, size, 40)
          expect(
            exchange(
              text,
              pieces.map((piece) => [piece, piece.text]),
            ),
          ).toBe(text)
          if (!pieces.length) return
          const [{ span }] = pieces
          expect(exchange(text, [[pieces[0], 'X']])).toBe(`${text.slice(0, span.start)}X${text.slice(span.end)}`)
        },
      ),
    )
  })
})

test('a movement within the dead zone gives the source back byte for byte, whatever the text', async () => {
  const fail = () => Promise.reject(new Error('no model is asked'))
  const desk = {
    inverter: null,
    lens: null,
    calibrations: parseCalibrations(null),
    embed: fail,
    read: fail,
    budget: 1000,
  }
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }),
      fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 384, maxLength: 384 }),
      async (text, numbers) => {
        const vector = normalise(numbers.map((value, i) => value + Number(i === 0)))
        const asked = normalise(vector.map((value, i) => value + (i === 5 ? 0.01 : 0)))
        for (const target of [vector, asked]) {
          const request = {
            source: { text, vector },
            asked: target,
            along: [],
            move: { kind: 'hand' as const },
            seed: 1,
          }
          const { candidates, confidence } = await settle(desk, request)
          expect(candidates.map((one) => one.text)).toEqual([text])
          expect(candidates[0].writer).toBe('source')
          expect(confidence.word).toBe('close')
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('the search finds the word that makes the difference', async () => {
  // A toy encoder: one axis a word.
  const words = ['his', 'her', 'authority', 'is', 'beyond', 'exception']
  const embedOne = (text: string) => {
    const vector = new Float32Array(384)
    for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? []) vector[words.indexOf(word) + 1] += 1
    return normalise(vector)
  }
  const text = 'His authority is beyond exception.'
  const found = await search(
    {
      text,
      vector: embedOne(text),
      asked: embedOne(text.replace('His', 'Her')),
      along: [],
      gained: [['her', 0.9]],
      lost: [['his', 0.9]],
    },
    async (texts) => Float32Array.from(texts.flatMap((one) => [...embedOne(one)])),
  )
  expect(found[0].text).toBe('Her authority is beyond exception.')
  expect(found[0].measure.progress).toBeCloseTo(1)
})

test('a cache crops, grows and gathers its rows in order', () => {
  const keys = new Keys(2, 3, 1)
  keys.append(Float32Array.of(1, 1, 1, 2, 2, 2))
  keys.append(Float32Array.of(3, 3, 3, 4, 4, 4, 5, 5, 5, 6, 6, 6))
  expect(keys.rows).toBe(3)
  keys.crop(2)
  expect([...keys.view()]).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4])
  const gathered = Keys.gather([
    [keys, 1],
    [keys, 1],
    [keys, 0],
  ])
  expect([...gathered.view()]).toEqual([2, 2, 2, 2, 2, 2, 1, 1, 1, 4, 4, 4, 4, 4, 4, 3, 3, 3])
  gathered.append(new Float32Array(9).fill(7))
  expect(gathered.rows).toBe(3)
  expect(() => keys.crop(5)).toThrow(RangeError)
})

test('a draft goes on after an exchange, an addition and a removal', () => {
  const draft = new Draft([10, 11, 12, 13, 14, 15], 2)
  expect(draft.next(3)).toEqual([10, 11, 12])
  draft.chosen(10)
  draft.chosen(99)
  expect(draft.next(2)).toEqual([12, 13])
  draft.chosen(13)
  expect(draft.next(4)).toEqual([14, 15, 2])
})

test('closeness is 1 for the same wording and 0 for nothing in common', () => {
  expect(closeness('abc', 'abc')).toBe(1)
  expect(closeness('abc', 'xyz')).toBe(0)
  expect(closeness('He went.', 'She went.')).toBeCloseTo(1 - 2 / 9)
})
