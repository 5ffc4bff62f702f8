import type { Document, Passage } from '../meaning/types.ts'
import type { Project } from '../state/project.ts'

/** What colour by group means here: documents where there are several, else the sections of the one. */
export interface Groups {
  kind: 'document' | 'section'
  names: string[]
  /** Group of a passage by its id; −1 where it stands before the first heading. */
  of: Map<string, number>
}

/**
 * The sections that divide a document: those of the shallowest level that has at least two, so that one title over
 * everything is not a group of its own.
 */
function dividing({ sections }: Document): number[] {
  const levels = [...new Set(sections.map(({ level }) => level))].sort((a, b) => a - b)
  const level = levels.find((candidate) => sections.filter((section) => section.level === candidate).length > 1)
  return sections.flatMap((section, index) => (section.level === (level ?? levels[0]) ? [index] : []))
}

export function groupsOf({ documents }: Pick<Project, 'documents'>): Groups {
  const of = new Map<string, number>()
  if (documents.length > 1) {
    documents.forEach(({ passages }, index) => {
      for (const { id } of passages) of.set(id, index)
    })
    return { kind: 'document', names: documents.map(({ title }) => title), of }
  }
  const document = documents[0]
  if (!document) return { kind: 'section', names: [], of }
  const heads = dividing(document)
  // Sections are in reading order: a passage belongs to the last dividing section that is not after its own.
  const groupOf = ({ section }: Passage) => heads.findLastIndex((head) => head <= section)
  for (const passage of document.passages) of.set(passage.id, groupOf(passage))
  return { kind: 'section', names: heads.map((head) => document.sections[head]!.title), of }
}
