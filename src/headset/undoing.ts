import { redo, undo } from '../state/history.ts'
import { notify } from '../state/notices.ts'

/** What is undone may lie out of sight: say what it was. */
function step(way: () => string | null, done: string, nothing: string): void {
  const label = way()
  notify(label ? `${done}: ${label}` : nothing)
}

export const undoAndSay = (): void => step(undo, 'Undone', 'Nothing to undo.')
export const redoAndSay = (): void => step(redo, 'Done again', 'Nothing to redo.')
