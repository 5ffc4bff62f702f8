import { describe, expect, test } from 'vitest'
import { decode, decodeAs, LARGEST_FILE } from '../../../src/document/decode.ts'
import { DocumentError } from '../../../src/document/errors.ts'
import { readFile, readPasted } from '../../../src/document/read.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const wide = (text: string, little: boolean, mark = true) => {
  const units = [...(mark ? '\ufeff' : ''), ...text].join('')
  const view = new DataView(new ArrayBuffer(units.length * 2))
  for (let i = 0; i < units.length; i++) view.setUint16(i * 2, units.charCodeAt(i), little)
  return new Uint8Array(view.buffer)
}
const refusal = (bytes: Uint8Array, name = 'a.txt') => {
  try {
    readFile(bytes, name)
  } catch (error) {
    return error
  }
  return null
}

describe('encodings', () => {
  const words = 'Über die Brücke — “so far”, said Zoë. 🌍 Done.'
  test.each([
    ['UTF-8', utf8(words)],
    ['UTF-8', utf8(`\ufeff${words}`)],
    ['UTF-16 LE', wide(words, true)],
    ['UTF-16 BE', wide(words, false)],
  ])('%s', (encoding, bytes) => {
    const decoded = decode(bytes)
    expect(decoded).toEqual({ text: words, encoding, notices: [] })
    expect(decodeAs(bytes, encoding)).toBe(words)
  })

  test('UTF-16 without a mark is known by its zero bytes', () => {
    const text = 'A plain sentence in Latin letters. And another one.'
    expect(decode(wide(text, true, false))).toMatchObject({ text, encoding: 'UTF-16 LE' })
    expect(decode(wide(text, false, false))).toMatchObject({ text, encoding: 'UTF-16 BE' })
  })

  test('Windows-1252 is told', () => {
    const bytes = Uint8Array.from([...'caf\xe9 na\xefve \x93quoted\x94 \x96 fin.'].map((c) => c.charCodeAt(0)))
    const decoded = decode(bytes)
    expect(decoded.text).toBe('café naïve “quoted” – fin.')
    expect(decoded.encoding).toBe('Windows-1252')
    expect(decoded.notices[0]).toMatch(/older encoding/)
  })

  test('UTF-8 with one broken character stays UTF-8', () => {
    const bytes = utf8('Größe, Straße, Äpfel, Öl, übrig, Füße, Maß, Süße, Flöße, öde. Ende X hier.')
    bytes[bytes.indexOf(0x58)] = 0xff
    expect(decode(bytes)).toMatchObject({ encoding: 'UTF-8', notices: [expect.stringMatching(/One character/)] })
  })
})

describe('what cannot be read is refused in plain words', () => {
  const random = Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919 + (i >> 3)) & 255)
  test.each([
    ['empty', new Uint8Array(0), /empty/],
    ['empty', utf8(' \n\t \r\n'), /blank space/],
    ['empty', utf8('*** --- …'), /only marks/],
    ['not text', utf8('%PDF-1.7 abc'), /PDF/],
    ['not text', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0]), /Word document/],
    ['not text', utf8('{\\rtf1 hello}'), /rich-text/],
    ['not text', random, /not a text/],
    ['not text', utf8('abc\u0000def'), /not a text/],
  ])('%s: %#', (trouble, bytes, message) => {
    const error = refusal(bytes)
    expect(error).toBeInstanceOf(DocumentError)
    expect(error).toMatchObject({ trouble, message: expect.stringMatching(message) })
  })

  test('50 MB, with its size and a way on; the bytes stay as they were', () => {
    const bytes = new Uint8Array(50 * 1024 * 1024).fill(0x61)
    const error = refusal(bytes) as DocumentError
    expect(error.trouble).toBe('too large')
    expect(error.message).toMatch(/50 MB.*up to 20 MB.*Split the text/s)
    expect(bytes.every((byte) => byte === 0x61)).toBe(true)
    expect(LARGEST_FILE).toBe(20 * 1024 * 1024)
  })

  test('nothing pasted', () => {
    expect(() => readPasted('  ')).toThrow(DocumentError)
  })
})

describe('titles', () => {
  test.each([
    ['notes.md', '# The *real* name\n\nWords here.', 'The real name'],
    ['notes.md', '---\ntitle: "From the front"\n---\n\nWords here.', 'From the front'],
    ['C:\\texts\\my notes.final.txt', 'just some words, nothing more', 'my notes.final'],
    ['a.txt', 'A Short Title\n\nThen there is a paragraph that is clearly longer than it.', 'A Short Title'],
  ])('%s', (name, text, title) => {
    expect(readFile(utf8(text), name).title).toBe(title)
  })

  test('pasted text is named by its first words', () => {
    expect(readPasted('one two three four five six seven eight nine.').title).toBe('one two three four five six seven…')
    expect(readPasted('# Head\n\nBody.')).toMatchObject({ title: 'Head', origin: 'pasted', format: 'markdown' })
  })
})
