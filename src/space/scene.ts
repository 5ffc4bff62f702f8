import { type Project, projectStore } from '../state/project.ts'
import { standing } from '../state/standing.ts'
import { groupsOf } from '../wall/groups.ts'

/**
 * The open project as the space sees it: numbered rows. First the passages in table order, then the branches, then what
 * the hand carries and where that would land, then once more a row per branch for the place that was asked for; so that
 * everything drawn can name its ends by row.
 */
export interface Scene {
  /** With those branches alone that can be seen. */
  project: Project
  ids: string[]
  rowOf: Map<string, number>
  passages: number
  /** Passages and branches: what can be pointed at. */
  nodes: number
  /** Nodes, hand, reach and asked places: what has a position. */
  rows: number
  /** Group of each node (section, or document where there are several); -1 = under no heading. */
  groups: Int16Array
  groupNames: string[]
  /** 1 where the passage opens a document: the thread of reading breaks there. */
  opens: Uint8Array
  headings: Uint8Array
  /** Row of each branch's parent, by branch index; -1 where it is not drawn yet. */
  parents: Int32Array
  texts: string[]
}

let scene: Scene | null = null
let read: Project | null = null

function readScene(project: Project): Scene {
  const { documents, branches } = project
  const tableIds = project.vectors.ids
  const count = project.map ? Math.min(tableIds.length, project.map.positions.length / 3) : 0
  const divided = groupsOf(project)

  const nodes = count + branches.length
  const ids = tableIds.slice(0, count)
  const texts = new Array<string>(nodes).fill('')
  const groups = new Int16Array(nodes).fill(-1)
  const opens = new Uint8Array(nodes)
  const headings = new Uint8Array(nodes)
  const rowOf = new Map(ids.map((id, row) => [id, row]))
  documents.forEach((document) => {
    document.passages.forEach((passage, order) => {
      const row = rowOf.get(passage.id)
      if (row === undefined) return
      texts[row] = passage.text
      groups[row] = divided.of.get(passage.id) ?? -1
      opens[row] = order === 0 ? 1 : 0
      headings[row] = passage.kind === 'heading' ? 1 : 0
    })
  })
  branches.forEach((branch, index) => {
    const row = count + index
    ids.push(branch.id)
    rowOf.set(branch.id, row)
    texts[row] = branch.text
  })
  const parents = Int32Array.from(branches, ({ parent }) => rowOf.get(parent) ?? -1)
  // A branch belongs where the passage it grew from belongs; parents come before their branches.
  parents.forEach((parent, index) => {
    if (parent >= 0) groups[count + index] = groups[parent]
  })
  const rows = nodes + 2 + branches.length
  return {
    project,
    ids,
    rowOf,
    passages: count,
    nodes,
    rows,
    groups,
    groupNames: divided.names,
    opens,
    headings,
    parents,
    texts,
  }
}

/** The scene of the open project; read anew only when the project is another value. */
export function currentScene(): Scene {
  const { project } = projectStore.getState()
  if (!scene || read !== project) {
    const branches = standing(project)
    scene = readScene(branches === project.branches ? project : { ...project, branches })
    read = project
  }
  return scene
}

/** The rows of the node in the hand, and of the place where the words found for it would land. */
export const handRow = ({ nodes }: Scene): number => nodes
export const reachRow = ({ nodes }: Scene): number => nodes + 1

/** The row of the place that was asked for by the branch at `row`. */
export const askedRow = ({ passages, nodes }: Scene, row: number): number => nodes + 2 + row - passages
