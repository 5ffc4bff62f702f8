import { createStore } from 'zustand/vanilla'
import { select, viewStore } from '../state/view.ts'

/**
 * The selection that what is pointed out next joins. It holds for that very selection: when something else is selected
 * (a branch has landed, all is put away), the next choice stands alone again, and nobody need switch anything off.
 */
export const joiningStore = createStore<{ to: string[] | null }>(() => ({ to: null }))

/** Whether what is pointed out joins the selection, rather than taking its place. */
export const joins = (): boolean => joiningStore.getState().to === viewStore.getState().selection

export function toggleJoining(): void {
  joiningStore.setState({ to: joins() ? null : viewStore.getState().selection })
}

/** A hand has pointed this node out: it is selected, or joins what is; pointed out once more, it leaves it again. */
export function pointOut(id: string): void {
  const add = joins()
  select([id], { add })
  if (add) joiningStore.setState({ to: viewStore.getState().selection })
}
