import { describe, expect, test } from 'vitest'
import { sentences } from '../../../src/document/sentences.ts'

const cut = (text: string) => sentences(text).map(({ start, end }) => text.slice(start, end).trim())

describe('abbreviations do not end a sentence', () => {
  test.each([
    [['Dr. Smith met Mr. Jones.', 'They left.']],
    [['It was found by J. K. Rowling and George W. Bush in St. Ives.', 'Nobody laughed.']],
    [['The U.S. Government said so.', 'It was wrong.']],
    [['She moved to the U.S.', 'The winters were milder.']],
    [['We sell fruit, e.g. Apples and pears, i.e. Food.', 'Come in.']],
    [['See Fig. 3 and p. 12, cf. Smith et al. 2004.', 'The rest is noise.']],
    [['Ring at 5 p.m. Monday.', 'He rang at 5 p.m.', 'The bell was broken.']],
    [['Acme Inc. Holdings fell.', 'He worked at Acme Inc.', 'She did not.']],
    [['It costs 3.5 dollars, No. 7 is dearer.', 'No.', 'I mean it.']],
    [['Prof. Dr. Weber spoke.', 'So do I.', 'Then we ate.']],
    [['Choose plan B.', 'Plan A has failed.']],
    [['I have a Ph.D. in history.', 'It is of no use.']],
    [['Lt. Col. Brown, Sen. Reed and Rev. King Jr. Agreed on Jan. 3.', 'They shook hands.']],
  ])('%j', (expected) => {
    expect(cut(expected.join(' '))).toEqual(expected)
  })
})

describe('dialogue', () => {
  test.each([
    [['"Are you coming?" she asked.', '"No."', 'He left.']],
    [['“Stop!” John said.', '“Why?” Mrs. Dalloway asked.', 'Nobody answered.']],
    [['"Useless?" she said.', '"How do you think we know?"']],
    [['He said, "I am leaving."', 'Then he sat down.']],
    [['“It is late,” he said, “and I am tired.”', '“Sleep, then.”']],
    [['She shouted "Run!" and ran.', '(He did not.)', 'That was all.']],
    [['Did he ask "Why?"', 'I forget.']],
  ])('%j', (expected) => {
    expect(cut(expected.join(' '))).toEqual(expected)
  })
})

describe('ellipses, marks and small letters', () => {
  test.each([
    [["Well... I don't know.", 'Perhaps it will.']],
    [['He waited for a long while…', 'The door stayed shut.']],
    [['It was … odd … and then it was not.', 'Good.']],
    [['What?!', 'You cannot mean it!!!', 'I do.']],
    [['Great! :)', 'Next one.']],
    [['i went home.', 'it was late.', 'ok?', 'fine.']],
    [['Write to a.b@c.org or see example.com/x.html?y=1 today.', 'Version 2.0.1 is out.']],
    [['One; two; three.', 'Yahoo! is a company.']],
    [['¿Qué?', 'Nada.']],
  ])('%j', (expected) => {
    expect(cut(expected.join(' '))).toEqual(expected)
  })
})

test('sentences cover the text without gap or overlap', () => {
  const text = ' "Hm... Dr. A. said (see p. 3)." \n Then?  '
  const spans = sentences(text)
  expect(spans.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text)
})

test('a sentence longer than the encoder reads is cut at pauses', () => {
  const text = `${'and so it went on, one word after the other, '.repeat(200)}until it ended.`
  const parts = sentences(text)
  expect(parts.length).toBeGreaterThan(5)
  for (const { start, end } of parts) expect(end - start).toBeLessThanOrEqual(1500)
  expect(parts.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text)
})
