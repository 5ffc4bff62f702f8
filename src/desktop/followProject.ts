import { nodeById } from '../state/nodes.ts'
import { type Project, projectStore } from '../state/project.ts'
import { type AxisName, type View, viewStore } from '../state/view.ts'

/**
 * The view is no part of undo, so it may name what a step has just taken away. A branch that is gone gives way to what
 * it grew from; a feature of one's own that is gone is let go.
 */

/** The node itself, or the nearest one under it that still stands; null where none does. */
function standing(id: string, before: Project): string | null {
  const parents = new Map(before.branches.map((branch) => [branch.id, branch.parent]))
  let at: string | undefined = id
  while (at !== undefined && !nodeById(at)) at = parents.get(at)
  return at ?? null
}

function selectionNow({ selection }: View, before: Project): Partial<View> {
  if (selection.every((id) => nodeById(id))) return {}
  return { selection: [...new Set(selection.flatMap((id) => standing(id, before) ?? []))] }
}

function featuresNow({ axes, colour, heldFeature }: View, before: Project, now: Project): Partial<View> {
  if (before.contrasts === now.contrasts) return {}
  const left = new Set(now.contrasts.map(({ id }) => id))
  const gone = new Set(before.contrasts.flatMap(({ id }) => (left.has(id) ? [] : id)))
  const isGone = (id: string | null): boolean => id !== null && gone.has(id)
  const names = (Object.keys(axes) as AxisName[]).filter((name) => isGone(axes[name]))
  return {
    ...(names.length > 0 && { axes: { ...axes, ...Object.fromEntries(names.map((name) => [name, null])) } }),
    ...(colour.by === 'feature' && isGone(colour.feature) && { colour: { by: 'group' } }),
    ...(isGone(heldFeature) && { heldFeature: null }),
  }
}

/** Keep the view to what the project has. Returns the way to stop. */
export function followProject(): () => void {
  return projectStore.subscribe(({ project }, { project: before }) => {
    const view = viewStore.getState()
    const changed: Partial<View> = { ...selectionNow(view, before), ...featuresNow(view, before, project) }
    if (view.hovered !== null && !nodeById(view.hovered)) changed.hovered = null
    if (Object.keys(changed).length > 0) viewStore.setState(changed)
  })
}
