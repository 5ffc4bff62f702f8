import { DocumentError } from './errors.ts'

/** Largest file taken in; the text, its passages and their vectors must fit beside the models in memory. */
export const LARGEST_FILE = 20 * 1024 * 1024

export interface Decoded {
  text: string
  encoding: 'UTF-8' | 'UTF-16 LE' | 'UTF-16 BE' | 'Windows-1252'
  notices: string[]
}

/** First bytes of common files that are not text, with the words a person has for them. */
const KNOWN: [start: number[], what: string, wayOn: string][] = [
  [[0x25, 0x50, 0x44, 0x46], 'a PDF', 'Copy its text and paste it here, or save it as a text file.'],
  [
    [0x50, 0x4b, 0x03, 0x04],
    'a Word document, an e-book or another packed file',
    'Open it and save it as plain text or Markdown, or copy its text and paste it here.',
  ],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an older Word document', 'Open it and save it as plain text, or paste its text here.'],
  [[0x7b, 0x5c, 0x72, 0x74, 0x66], 'a rich-text (RTF) document', 'Save it as plain text, or paste its text here.'],
  [[0x89, 0x50, 0x4e, 0x47], 'a picture', 'Noema reads text and Markdown files.'],
  [[0xff, 0xd8, 0xff], 'a picture', 'Noema reads text and Markdown files.'],
  [[0x47, 0x49, 0x46, 0x38], 'a picture', 'Noema reads text and Markdown files.'],
  [[0x1f, 0x8b], 'a compressed file', 'Unpack it first.'],
]

const startsWith = (bytes: Uint8Array, start: number[]) => start.every((byte, i) => bytes[i] === byte)

/**
 * The text of a file: UTF-8 (with or without byte-order mark), UTF-16 with a mark or recognised by its zero bytes,
 * else Windows-1252, told in a notice. The mark is no part of the text.
 * @throws DocumentError when the file is empty, larger than {@link LARGEST_FILE} or not text.
 */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes.length === 0) throw new DocumentError('empty', 'This file is empty. There is nothing to read in it.')
  refuseLarge(bytes.length)
  for (const [start, what, wayOn] of KNOWN) {
    if (startsWith(bytes, start)) throw new DocumentError('not text', `This looks like ${what}, not a text. ${wayOn}`)
  }
  const decoded = decodeText(bytes)
  refuseBinary(decoded.text)
  if (!/\S/.test(decoded.text)) {
    throw new DocumentError('empty', 'There is only blank space in this file. There is nothing to read in it.')
  }
  return decoded
}

/**
 * The text of bytes whose encoding is known, as {@link decode} gave it: for opening a saved document.
 * A name that is none of {@link Decoded.encoding} is read as UTF-8.
 */
export function decodeAs(bytes: Uint8Array, encoding: string): string {
  const labels: Record<string, string> = {
    'UTF-16 LE': 'utf-16le',
    'UTF-16 BE': 'utf-16be',
    'Windows-1252': 'windows-1252',
  }
  const text = new TextDecoder(labels[encoding] ?? 'utf-8').decode(bytes)
  return encoding === 'Windows-1252' ? text.replace(/[\x80-\x9f]/g, (c) => HIGH[c.charCodeAt(0) - 0x80]) : text
}

/** Windows-1252 from 0x80 to 0x9f (WHATWG Encoding); Node 20 reads these as Latin-1 controls. */
const HIGH =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f' +
  '\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178'

/** @throws DocumentError with the size in words, when `size` bytes are more than can be taken in. */
export function refuseLarge(size: number): void {
  if (size <= LARGEST_FILE) return
  const megabytes = Math.round(size / 1024 / 1024)
  throw new DocumentError(
    'too large',
    `This file has ${megabytes} MB; Noema reads up to ${LARGEST_FILE / 1024 / 1024} MB at a time. ` +
      'Nothing was changed. Split the text into parts, and bring in one after another.',
  )
}

function decodeText(bytes: Uint8Array): Decoded {
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) return utf8(bytes.subarray(3))
  const wide = wideOrder(bytes)
  if (wide) {
    const label = wide === 'UTF-16 LE' ? 'utf-16le' : 'utf-16be'
    return { text: new TextDecoder(label).decode(bytes), encoding: wide, notices: [] }
  }
  return utf8(bytes)
}

/** UTF-16 by its mark, or by zero bytes that stand nearly all on one side of the pairs, as in Latin text. */
function wideOrder(bytes: Uint8Array): 'UTF-16 LE' | 'UTF-16 BE' | null {
  if (startsWith(bytes, [0xff, 0xfe])) return 'UTF-16 LE'
  if (startsWith(bytes, [0xfe, 0xff])) return 'UTF-16 BE'
  const length = Math.min(bytes.length, 4096) & ~1
  const zeros = [0, 0]
  for (let i = 0; i < length; i++) if (bytes[i] === 0) zeros[i & 1]++
  const half = length / 2
  if (zeros[1] > 0.7 * half && zeros[0] < 0.05 * half) return 'UTF-16 LE'
  if (zeros[0] > 0.7 * half && zeros[1] < 0.05 * half) return 'UTF-16 BE'
  return null
}

function utf8(bytes: Uint8Array): Decoded {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'UTF-8', notices: [] }
  } catch {
    return damagedOrOlder(bytes)
  }
}

/** Not valid UTF-8: either UTF-8 with a few broken characters, or the older one-byte encoding. */
function damagedOrOlder(bytes: Uint8Array): Decoded {
  const lenient = new TextDecoder('utf-8').decode(bytes)
  const broken = lenient.split('\ufffd').length - 1
  let sound = 0
  for (let i = 0; i < lenient.length; i++) {
    const unit = lenient.charCodeAt(i)
    if (unit > 0x7f && unit !== 0xfffd) sound++
  }
  if (sound > 10 * broken) {
    const count = broken === 1 ? 'One character' : `${broken} characters`
    return {
      text: lenient,
      encoding: 'UTF-8',
      notices: [`${count} in this file could not be read; they show as “\ufffd”.`],
    }
  }
  return {
    text: decodeAs(bytes, 'Windows-1252'),
    encoding: 'Windows-1252',
    notices: [
      'This file is in an older encoding (Windows-1252). If letters look wrong, save it as UTF-8 and try again.',
    ],
  }
}

/** Text has next to no control characters; a file with a NUL, or with more than 2 % of the others, is something else. */
function refuseBinary(text: string): void {
  const length = Math.min(text.length, 65536)
  let controls = 0
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i)
    if (unit === 0) controls += length
    else if (unit < 32 && (unit < 9 || unit > 13) && unit !== 27) controls++
  }
  if (controls > 0.02 * length) {
    throw new DocumentError('not text', 'This file is not a text. Noema reads text and Markdown files.')
  }
}
