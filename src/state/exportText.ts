import type { Branch, Document } from '../meaning/types.ts'
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
  const adopted = adoptedTexts(project.branches)
  let out = ''
  let at = 0
  for (const { id, span, text } of document.passages) {
    const now = adopted.get(id)
    if (now === undefined || now === text) continue
    out += document.text.slice(at, span.start) + (marked ? mark(text, now) : now)
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

/** Passage id → the text that takes its place. A branch of a branch stands for the passage they both grew from. */
function adoptedTexts(branches: Branch[]): Map<string, string> {
  const byId = new Map(branches.map((branch) => [branch.id, branch]))
  const texts = new Map<string, string>()
  for (const branch of branches) {
    if (!branch.adopted) continue
    let root = branch.parent
    for (let step = 0; byId.has(root) && step < branches.length; step++) root = byId.get(root)!.parent
    // Where several are adopted, the last made counts.
    texts.set(root, branch.text)
  }
  return texts
}

function mark(was: string, is: string): string {
  // A substitution cannot hold its own marks, nor can it be written where one side is empty.
  const clash = /~>|~~|\{--|--\}|\{\+\+|\+\+\}/
  if (was && is && !clash.test(was) && !clash.test(is)) return `{~~${was}~>${is}~~}`
  return `{--${was}--}{++${is}++}`
}
