import type { Branch, Vec3 } from '../meaning/types.ts'
import type { Project } from './project.ts'

/** Branches and the passages they grew from, when the text is cut anew or its map is drawn anew. */

type Drawn = Pick<Project, 'vectors' | 'map'>

/** The branches that can be seen: those whose passage is there. The others wait until the text is cut that way again. */
export function standing({ branches, vectors }: Pick<Project, 'branches' | 'vectors'>): Branch[] {
  if (branches.length === 0) return branches
  const there = new Set(vectors.ids)
  // Parents come before what grew from them.
  const seen = branches.filter(({ id, parent }) => there.has(parent) && there.add(id))
  return seen.length === branches.length ? branches : seen
}

/** Branches that know where in the source their passages stand, so that what was adopted finds its place in any cut. */
export function rooted({ documents, branches }: Pick<Project, 'documents' | 'branches'>): Branch[] {
  if (branches.length === 0) return branches
  const places = new Map(
    documents.flatMap(({ id: document, passages }) =>
      passages.map(({ id, span }) => [id, { document, span }] as const),
    ),
  )
  return branches.map((branch) => {
    const stood = places.get(branch.parent)
    return stood ? { ...branch, stood } : branch
  })
}

/** Branches go with the passages they grew from when those stand elsewhere in a new map; those in `still` do not. */
export function carried(branches: Branch[], from: Drawn, to: Drawn, still?: ReadonlySet<string>): Branch[] {
  const [before, after] = [from.map?.positions, to.map?.positions]
  if (branches.length === 0 || !before || !after) return branches
  const rowBefore = new Map(from.vectors.ids.map((id, row) => [id, row]))
  const rowAfter = new Map(to.vectors.ids.map((id, row) => [id, row]))
  const roots = new Map<string, string>()
  return branches.map((branch) => {
    const root = roots.get(branch.parent) ?? branch.parent
    roots.set(branch.id, root)
    const [was, is] = [rowBefore.get(root), rowAfter.get(root)]
    if (was === undefined || is === undefined || still?.has(branch.id)) return branch
    const along = (at: Vec3) => at.map((value, k) => value + after[is * 3 + k] - before[was * 3 + k]) as Vec3
    return { ...branch, landedAt: along(branch.landedAt), askedAt: along(branch.askedAt) }
  })
}
