import { type Branch, DIMENSIONS, type Passage, type Vec3 } from '../meaning/types.ts'
import { type Project, projectStore } from './project.ts'
import { standing } from './standing.ts'

/** A passage or a branch as it stands in the space. */
export interface Node {
  id: string
  kind: 'passage' | 'branch'
  text: string
  vector: Float32Array
  /** Place in map coordinates. */
  at: Vec3
  /** Row in the node order: passages in table order, then branches in project order. */
  row: number
  passage?: Passage
  branch?: Branch
}

interface Listing {
  project: Project
  list: Node[]
  byId: Map<string, Node>
}

let listing: Listing | null = null

function listNodes(project: Project): Listing {
  const passages = new Map(project.documents.flatMap((document) => document.passages.map((p) => [p.id, p] as const)))
  const { ids, vectors } = project.vectors
  const positions = project.map?.positions
  const list: Node[] = []
  ids.forEach((id, row) => {
    const passage = passages.get(id)
    if (!passage) return
    const vector = vectors.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS)
    const at: Vec3 = positions ? [positions[row * 3]!, positions[row * 3 + 1]!, positions[row * 3 + 2]!] : [0, 0, 0]
    list.push({ id, kind: 'passage', text: passage.text, vector, at, row, passage })
  })
  for (const branch of standing(project)) {
    const { id, text, landing, landedAt } = branch
    list.push({ id, kind: 'branch', text, vector: landing, at: landedAt, row: list.length, branch })
  }
  return { project, list, byId: new Map(list.map((node) => [node.id, node])) }
}

function current(): Listing {
  const { project } = projectStore.getState()
  if (listing?.project !== project) listing = listNodes(project)
  return listing
}

/** All nodes of the open project in row order; branches whose passage is cut away are none. */
export function nodes(): Node[] {
  return current().list
}

export function nodeById(id: string): Node | undefined {
  return current().byId.get(id)
}
