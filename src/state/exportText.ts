import type { Branch, Document, Span } from '../meaning/types.ts'
import type { Project } from './project.ts'

export interface ExportOptions {
  /**
   * Show each change as CriticMarkup, `{~~what it was~>what it is~~}`, which editors of Markdown know how to accept
   * or reject.
   */
  marked?: boolean
}

/**
 * A document with its adopted branches in their passages' places. Everything else is the source's text, byte for byte.
 */
export function exportDocument(project: Project, document: Document, { marked = false }: ExportOptions = {}): string {
  let out = ''
  let at = 0
  for (const { span, text } of changes(project.branches, document)) {
    const was = document.text.slice(span.start, span.end)
    if (text === was) continue
    out += document.text.slice(at, span.start) + (marked ? mark(was, text) : text)
    at = span.end
  }
  return out + document.text.slice(at)
}

/** All documents of a project; more than one are parted by a rule and headed by their titles. */
export function exportMarkdown(project: Project, options: ExportOptions = {}): string {
  const [only, ...others] = project.documents
  if (!only) return ''
  if (others.length === 0) return exportDocument(project, only, options)
  return project.documents
    .map(
      (document) => `<!-- ${document.title.replaceAll('--', '—')} -->\n\n${exportDocument(project, document, options)}`,
    )
    .join('\n\n---\n\n')
}

interface Change {
  span: Span
  text: string
}

/**
 * What was adopted, in reading order. A branch of a branch stands for the passage they both grew from, also where the
 * text is cut another way now.
 */
function changes(branches: Branch[], { id, passages }: Document): Change[] {
  const spans = new Map(passages.map((passage) => [passage.id, passage.span]))
  const byId = new Map(branches.map((branch) => [branch.id, branch]))
  let found: Change[] = []
  for (const branch of branches) {
    if (!branch.adopted) continue
    let first = branch
    for (let step = 0; byId.has(first.parent) && step < branches.length; step++) first = byId.get(first.parent)!
    const span = spans.get(first.parent) ?? (first.stood?.document === id ? first.stood.span : undefined)
    if (!span) continue
    // Where several are adopted for the same words, the last made counts.
    found = found.filter((other) => other.span.end <= span.start || span.end <= other.span.start)
    found.push({ span, text: branch.text })
  }
  return found.sort((a, b) => a.span.start - b.span.start)
}

function mark(was: string, is: string): string {
  // A substitution cannot hold its own marks, nor can it be written where one side is empty.
  const clash = /~>|~~|\{--|--\}|\{\+\+|\+\+\}/
  if (was && is && !clash.test(was) && !clash.test(is)) return `{~~${was}~>${is}~~}`
  return `{--${was}--}{++${is}++}`
}
