import type { Branch } from '../../meaning/types.ts'

/** A branch in the tree of its passage. */
export interface Twig {
  branch: Branch
  /** 1 = grown from the passage itself. */
  depth: number
}

/** The passage that a branch grew from, through all branches between. */
export function rootOf(branch: Branch, byId: Map<string, Branch>): string {
  let { parent } = branch
  for (let above = byId.get(parent); above; above = byId.get(parent)) parent = above.parent
  return parent
}

/** Branches by the passage they grew from, in the order they were made. */
export function branchesByPassage(branches: Branch[]): Map<string, Branch[]> {
  const byId = new Map(branches.map((branch) => [branch.id, branch]))
  const byPassage = new Map<string, Branch[]>()
  for (const branch of branches) {
    const root = rootOf(branch, byId)
    byPassage.set(root, [...(byPassage.get(root) ?? []), branch])
  }
  return byPassage
}

/** The tree under a node, each branch before those that grew from it. */
export function treeUnder(parent: string, branches: Branch[], depth = 1): Twig[] {
  return branches
    .filter((branch) => branch.parent === parent)
    .flatMap((branch) => [{ branch, depth }, ...treeUnder(branch.id, branches, depth + 1)])
}
