import { nodeById } from '../../state/nodes.ts'
import type { View } from '../../state/view.ts'

/** What the wall's brush and the search leave lit; null = everything. */
export function litIds({ brush, search }: Pick<View, 'brush' | 'search'>): ((id: string) => boolean) | null {
  const hits = search && search.hits.length > 0 ? new Set(search.hits) : null
  if (!brush && !hits) return null
  return (id) => {
    const row = nodeById(id)?.row ?? -1
    return (!hits || hits.has(id)) && (!brush || (row >= brush.first && row <= brush.last))
  }
}

function mark(root: Element, name: string, before: string[], now: string[]): void {
  for (const id of before)
    if (!now.includes(id))
      for (const element of root.querySelectorAll(`[data-id="${CSS.escape(id)}"]`)) element.removeAttribute(name)
  for (const id of now)
    for (const element of root.querySelectorAll(`[data-id="${CSS.escape(id)}"]`)) element.setAttribute(name, '')
}

/**
 * Show hover, selection and light on the passages that are set under `root`, by attributes alone. Without `before`
 * everything is painted; with it, only what changed.
 */
export function paint(root: HTMLElement, view: View, before?: View): void {
  if (view.hovered !== before?.hovered)
    mark(root, 'data-hovered', before?.hovered ? [before.hovered] : [], view.hovered ? [view.hovered] : [])
  if (view.selection !== before?.selection) mark(root, 'data-selected', before?.selection ?? [], view.selection)
  if (before && view.brush === before.brush && view.search === before.search) return
  const lit = litIds(view)
  for (const element of root.querySelectorAll<HTMLElement>('[data-id]'))
    element.toggleAttribute('data-faint', lit !== null && !lit(element.dataset.id!))
}
