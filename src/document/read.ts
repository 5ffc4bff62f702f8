import type { Document, Grain, Section } from '../meaning/types.ts'
import { decode } from './decode.ts'
import { DocumentError } from './errors.ts'
import { documentId } from './ids.ts'
import { frontMatterLength } from './markdown.ts'
import { type Progress, segment } from './segment.ts'

export interface ReadOptions {
  /** 'sentence' unless told. */
  grain?: Grain
  /** Document ids already in the project, so that a second file of the same name does not take the first one's. */
  taken?: ReadonlySet<string>
  progress?: Progress
}

/**
 * A file as a document. `bytes` is kept as it is.
 * @throws DocumentError in plain words when it is empty, too large, or no text.
 */
export function readFile(bytes: Uint8Array, name: string, options: ReadOptions = {}): Document {
  const { text, encoding, notices } = decode(bytes)
  const format = /\.(?:md|markdown|mdown|mkd)$/i.test(name) ? 'markdown' : 'text'
  const document = build(text, name, format, documentId(name, options.taken), options)
  if (/\.html?$/i.test(name))
    notices.push('This is a web page; its tags are shown as text. Paste the page’s words instead.')
  return finish({ ...document, encoding, bytes, notices })
}

/**
 * Text from the clipboard as a document; Markdown when it has headings, lists with links, or emphasis of that kind.
 * @throws DocumentError when there is nothing in it.
 */
export function readPasted(text: string, options: ReadOptions = {}): Document {
  if (!/\S/.test(text)) throw new DocumentError('empty', 'There was no text to paste.')
  const bytes = new TextEncoder().encode(text)
  // Half a surrogate pair has no bytes of its own: the text is what its bytes say, here and after reopening.
  const decoded = decode(bytes)
  const firstLine = /\S.*/.exec(text)![0].slice(0, 80)
  const format = looksLikeMarkdown(text) ? 'markdown' : 'text'
  const id = documentId(`pasted\n${firstLine}`, options.taken)
  const document = build(decoded.text, 'pasted', format, id, options)
  return finish({ ...document, encoding: decoded.encoding, bytes, notices: decoded.notices })
}

function looksLikeMarkdown(text: string): boolean {
  return (
    /^#{1,6} \S/m.test(text) ||
    /\[[^\]\n]+\]\(\S+?\)/.test(text) ||
    /^```/m.test(text) ||
    /\*\*\S[^*\n]*\S\*\*/.test(text)
  )
}

function build(text: string, origin: string, format: Document['format'], id: string, options: ReadOptions) {
  const { grain = 'sentence', progress } = options
  const { passages, sections } = segment(text, grain, format, id, progress)
  const title = titleOf(text, origin, format, sections)
  return { id, title, origin, format, text, grain, passages, sections }
}

function finish(document: Document): Document {
  if (document.passages.length === 0) {
    throw new DocumentError('empty', 'There are no sentences in this text, only marks and blank space.')
  }
  return document
}

function titleOf(text: string, origin: string, format: Document['format'], sections: Section[]): string {
  if (format === 'markdown') {
    const matter = text.slice(0, frontMatterLength(text))
    const named = /^title:\s*(["']?)(.+?)\1\s*$/m.exec(matter)?.[2]
    if (named) return named
  }
  const [first] = sections
  // A heading far down is a chapter's, not the document's.
  if (first && first.span.start < 400 && (first.level === 1 || origin === 'pasted')) return first.title
  if (origin !== 'pasted') return origin.replace(/^.*[\\/]/, '').replace(/\.[^.]{1,8}$/, '') || origin
  const words = text.trim().split(/\s+/, 8)
  const opening = words.slice(0, 7).join(' ').slice(0, 60)
  return words.length > 7 ? `${opening}…` : opening
}
