import { describe, expect, test } from 'vitest'
import { readFile } from '../../../src/document/read.ts'
import { regrain, segment } from '../../../src/document/segment.ts'
import type { Grain } from '../../../src/meaning/types.ts'

const cut = (text: string, format: 'text' | 'markdown', grain: Grain = 'sentence') => {
  const { passages } = segment(text, grain, format)
  for (const { span, text: own } of passages) expect(own).toBe(text.slice(span.start, span.end))
  return passages.map(({ kind, text: own }) => [kind, own])
}

describe('text without markup', () => {
  test('verse keeps its lines, wrapped prose does not', () => {
    const poem = 'The woods are lovely, dark and deep,\nBut I have promises to keep,\nAnd miles to go before I sleep'
    const prose =
      'This is a paragraph of prose that somebody has wrapped at the width of\nan old terminal, so that its lines end where they had to and not where\nthey wanted to. It has two sentences.'
    expect(cut(`${poem}\n\n${prose}`, 'text')).toEqual([
      ['verse', 'The woods are lovely, dark and deep,'],
      ['verse', 'But I have promises to keep,'],
      ['verse', 'And miles to go before I sleep'],
      ['prose', prose.slice(0, prose.indexOf(' It has'))],
      ['prose', 'It has two sentences.'],
    ])
    expect(cut(`${poem}\n\n${prose}`, 'text', 'paragraph')).toEqual([
      ['verse', poem],
      ['prose', prose],
    ])
  })

  test('a paragraph on each line', () => {
    const text = 'I love this.\nNot sure about it. Really.\nIs it good?\nno idea at all'
    expect(cut(text, 'text', 'paragraph').map(([, own]) => own)).toEqual(text.split('\n'))
  })

  test('lists: marks stay outside', () => {
    const text = 'To buy:\n1. Milk. Two litres.\n2) Bread\n   from the corner\n- Eggs\n• Tea'
    expect(cut(text, 'text')).toEqual([
      ['prose', 'To buy:'],
      ['item', 'Milk.'],
      ['item', 'Two litres.'],
      ['item', 'Bread\n   from the corner'],
      ['item', 'Eggs'],
      ['item', 'Tea'],
    ])
  })

  test('headings and their sections', () => {
    const text = `Chapter 1\n\nIt began with rain. It went on.\n\nTwo\n===\n\nIt ended. That is all there is to say.\n\nWhy though?\n\nNobody knows.`
    const { sections, passages } = segment(text, 'sentence', 'text')
    expect(sections.map(({ title, level }) => [title, level])).toEqual([
      ['Chapter 1', 1],
      ['Two', 1],
    ])
    expect(passages.map(({ section, kind }) => `${section}${kind[0]}`).join(' ')).toBe('0h 0p 0p 1h 1p 1p 1p 1p')
  })

  test('a transcript: labels stay outside, turns are paragraphs', () => {
    const text =
      'ANNA: How was it?\n\nMr. Ode: Cold. Very cold.\nANNA: Note: I was there.\n\n[00:12] Mr. Ode: No you were not.'
    expect(cut(text, 'text', 'paragraph')).toEqual([
      ['speech', 'How was it?'],
      ['speech', 'Cold. Very cold.'],
      ['speech', 'Note: I was there.'],
      ['speech', 'No you were not.'],
    ])
  })

  test('quoted mail and CRLF', () => {
    const text = '> I said that it was fine\r\n> and it was. Truly.\r\n\r\nIt was not.\r\n'
    expect(cut(text, 'text')).toEqual([
      ['quote', 'I said that it was fine\r\n> and it was.'],
      ['quote', 'Truly.'],
      ['prose', 'It was not.'],
    ])
  })
})

describe('Markdown', () => {
  test('structure without its marks', () => {
    const text = [
      '---\ntags: [a]\n---\n# One *two*\n',
      '**Bold first.** Then [a link](http://a.b/c_d?e.f "T. T."). **Note** this, `a. B` too.\n',
      '- item one. More.\n- [Whole.](http://x.y)\n  1. nested\n',
      '> quoted\n> on. End.\n',
      '```js\nlet a = 1. B\n```\n',
      '| a | b |\n|---|:-:|\n| one. Two | three |\n',
      '![picture. Of](x.png)\n\n[ref]: http://x.y\n\n***\n\n<!-- unseen -->\n',
      'Line one  \nLine two\\\nline three\n',
      'Setext\n------\n',
    ].join('\n')
    expect(cut(text, 'markdown')).toEqual([
      ['heading', 'One *two*'],
      ['prose', 'Bold first.'],
      ['prose', 'Then [a link](http://a.b/c_d?e.f "T. T.").'],
      ['prose', '**Note** this, `a. B` too.'],
      ['item', 'item one.'],
      ['item', 'More.'],
      ['item', 'Whole.'],
      ['item', 'nested'],
      ['quote', 'quoted\n> on.'],
      ['quote', 'End.'],
      ['code', 'let a = 1. B'],
      ['item', 'a | b'],
      ['item', 'one. Two | three'],
      ['verse', 'Line one'],
      ['verse', 'Line two'],
      ['verse', 'line three'],
      ['heading', 'Setext'],
    ])
  })

  test('hostile HTML is text like any other', () => {
    const text =
      'Hello <img src=x onerror=alert(1)> there.\n\n<script>alert("x")</script>\n\n[click](javascript:alert(1)) me.'
    expect(cut(text, 'markdown')).toEqual([
      ['prose', 'Hello <img src=x onerror=alert(1)> there.'],
      ['code', '<script>alert("x")</script>'],
      ['prose', '[click](javascript:alert(1)) me.'],
    ])
  })

  test('a conversation in bold labels', () => {
    const text = '**Mara:** Hello. You?\n\n**Jon:** Fine.\n\n**Mara:** Good.\n\n**Jon:** Yes.'
    expect(cut(text, 'markdown').map(([kind, own]) => `${kind} ${own}`)).toEqual([
      'speech Hello.',
      'speech You?',
      'speech Fine.',
      'speech Good.',
      'speech Yes.',
    ])
  })

  test('ten thousand nested quotes do not break it', () => {
    const { passages } = segment(`${'>'.repeat(10_000)} deep. Very.`, 'sentence', 'markdown')
    expect(passages.at(-1)!.text).toContain('Very.')
  })
})

test('regrain there and back gives the same document', () => {
  const text = '# A\n\nOne. Two.\n\nThree.\n\n- four\n- five. six.'
  const document = readFile(new TextEncoder().encode(text), 'a.md')
  const paragraphs = regrain(document, 'paragraph')
  expect(paragraphs.passages.map((passage) => passage.text)).toEqual(['A', 'One. Two.', 'Three.', 'four', 'five. six.'])
  expect(regrain(paragraphs, 'sentence')).toEqual(document)
  const kept = document.passages.find((passage) => passage.text === 'Three.')!
  expect(paragraphs.passages.find((passage) => passage.text === 'Three.')!.id).toBe(kept.id)
})
