import fc from 'fast-check'
import { expect, test } from 'vitest'
import { englishShare, languageNotice } from '../../../src/document/language.ts'
import { markdownBlocks } from '../../../src/document/markdown.ts'
import { pack, unpack } from '../../../src/document/packed.ts'
import { readFile, readPasted } from '../../../src/document/read.ts'
import { segment } from '../../../src/document/segment.ts'
import type { Document } from '../../../src/meaning/types.ts'

/** Pieces that break naive cutters, in any order. */
const piece = fc.oneof(
  fc.constantFrom(
    ...[
      '. ',
      '? ',
      '! ',
      '… ',
      '... ',
      '\n',
      '\r\n',
      '\n\n',
      '\r\n\r\n',
      ' ',
      '\t',
      '"',
      '“',
      '”',
      '(',
      ')',
      '*',
      '**',
    ],
    ...[
      '_',
      '`',
      '```\n',
      '# ',
      '## ',
      '- ',
      '1. ',
      '> ',
      '---\n',
      '| a | b |\n|---|---|\n',
      '[',
      '](http://a.b)',
      '<b>',
    ],
    ...[
      '<!-- ',
      ' -->',
      'Dr. ',
      'e.g. ',
      'U.S. ',
      'J. ',
      'I said',
      'The end',
      'MARA: ',
      'JON: ',
      '\u2060',
      '\ufeff',
      '\\',
    ],
    ...['&amp;', '👍', '🏳️‍🌈', 'é', '日本語。', '\u2028', '\ud800', '    ', '~~~\n', '===\n', '![x](y)', '\u0000'],
  ),
  fc.string({ maxLength: 12, unit: 'grapheme' }),
  fc.lorem({ maxCount: 6 }),
)
const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''))
const format = fc.constantFrom<Document['format']>('text', 'markdown')
const grain = fc.constantFrom<Document['grain']>('sentence', 'paragraph')

test('spans and the gaps between them give the text back; nothing overlaps; every passage says something', () => {
  fc.assert(
    fc.property(text, format, grain, (source, format, grain) => {
      const { passages, sections } = segment(source, grain, format)
      let joined = ''
      let at = 0
      for (const { span, text, section, paragraph } of passages) {
        expect(span.start).toBeGreaterThanOrEqual(at)
        expect(span.end).toBeGreaterThan(span.start)
        expect(text).toBe(source.slice(span.start, span.end))
        expect(text).toMatch(/\S/)
        expect(section).toBeLessThan(sections.length)
        expect(paragraph).toBeGreaterThanOrEqual(0)
        joined += source.slice(at, span.start) + text
        at = span.end
      }
      expect(joined + source.slice(at)).toBe(source)
      expect(new Set(passages.map((passage) => passage.id)).size).toBe(passages.length)
    }),
    { numRuns: 600 },
  )
})

test('a long Markdown text read in pieces is read the same', () => {
  const block = fc.constantFrom(
    ...['# Head\n', 'Plain words here. And [more][ref].\n', '- one\n\n  still one\n- two\n', '> quoted\nlazily\n'],
    ...[
      '```\ncode\n\nMore code\n```\n',
      '~~~md\n```\n\nInside\n~~~\n',
      '1. one\n   - deep\n\n     deeper\n',
      '    indented\n',
    ],
    ...[
      'Wrapped\nover lines. *Yes*.\n',
      '[ref]: http://a.b\n',
      '***\n',
      'Setext\n---\n',
      '| a | b |\n|---|---|\n| c | d |\n',
    ],
  )
  fc.assert(
    fc.property(fc.array(block, { maxLength: 12 }), fc.boolean(), (blocks, windows) => {
      const source = windows ? blocks.join('\n').replaceAll('\n', '\r\n') : blocks.join('\n')
      expect(markdownBlocks(source, undefined, 1)).toEqual(markdownBlocks(source))
    }),
    { numRuns: 300 },
  )
})

test('no word is lost: every letter of a text stands in a passage', () => {
  fc.assert(
    fc.property(
      fc.array(fc.lorem({ maxCount: 8, mode: 'sentences' }), { minLength: 1, maxLength: 8 }),
      grain,
      (lines, grain) => {
        const source = lines.join('\n\n')
        const said = segment(source, grain, 'text').passages.map((passage) => passage.text)
        expect(said.join('').replace(/\s/g, '')).toBe(source.replace(/\s/g, ''))
      },
    ),
  )
})

test('the file’s bytes are kept as they are', () => {
  fc.assert(
    fc.property(fc.lorem({ mode: 'sentences', maxCount: 5 }), fc.boolean(), (words, marked) => {
      const bytes = new TextEncoder().encode((marked ? '\ufeff' : '') + words)
      const copy = bytes.slice()
      const document = readFile(bytes, 'a.txt')
      expect(document.bytes).toEqual(copy)
      expect(document.text).toBe(words)
    }),
  )
})

test('an edit elsewhere leaves ids alone', () => {
  const sentence = fc.integer({ min: 0, max: 1e6 }).map((n) => `Sentence number ${n} stands here.`)
  fc.assert(
    fc.property(fc.uniqueArray(sentence, { minLength: 3, maxLength: 20 }), fc.nat(), fc.nat(), (all, where, how) => {
      const i = where % all.length
      const edited = [...all]
      if (how % 3 === 0) edited.splice(i, 1)
      else if (how % 3 === 1) edited.splice(i, 0, 'A new one comes in.')
      else edited[i] = 'This one was rewritten.'
      const ids = (sentences: string[]) =>
        new Map(
          readFile(new TextEncoder().encode(sentences.join(' ')), 'a.txt').passages.map(({ text, id }) => [text, id]),
        )
      const [before, after] = [ids(all), ids(edited)]
      for (const [text, id] of before) if (edited.includes(text)) expect(after.get(text)).toBe(id)
    }),
  )
})

test('equal sentences have ids of their own, and a second file of one name too', () => {
  const document = readPasted('Yes. No. Yes. Yes.')
  expect(new Set(document.passages.map((passage) => passage.id)).size).toBe(4)
  const bytes = new TextEncoder().encode('One. Two.')
  const first = readFile(bytes, 'a.txt')
  const second = readFile(bytes, 'a.txt', { taken: new Set([first.id]) })
  expect(second.id).not.toBe(first.id)
  expect(readFile(bytes, 'a.txt')).toEqual(first)
})

test('crossing from the worker changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.lorem({ mode: 'sentences', maxCount: 30 }), async (words) => {
      const document = readPasted(words)
      expect(await unpack(structuredClone(pack(document)))).toEqual(document)
    }),
    { numRuns: 30 },
  )
})

test('a text that is mostly not English is remarked on', () => {
  const english = 'The harbour was quiet that morning, and nobody on the pier had anything to say about the weather. '
  const german = 'Der Hafen war an diesem Morgen still, und niemand auf dem Steg hatte etwas über das Wetter zu sagen. '
  const russian = 'Гавань в то утро была тихой, и никто на пирсе не хотел говорить о погоде, потому что все молчали. '
  expect(languageNotice(english.repeat(20))).toBeNull()
  expect(languageNotice(german.repeat(20))).toMatch(/not English/)
  expect(languageNotice(russian.repeat(20))).toMatch(/not English/)
  expect(englishShare(english.repeat(30) + german.repeat(10))).toBeGreaterThan(0.5)
  expect(languageNotice('Ja. Nein.')).toBeNull()
})
