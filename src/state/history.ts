import { createStore } from 'zustand/vanilla'
import { type Project, projectStore } from './project.ts'

interface Step {
  /** What was done, in words for the person: "Pull towards formal". */
  label: string
  before: Project
  after: Project
}

interface History {
  past: Step[]
  future: Step[]
}

/**
 * Undo and redo over whole project values. A project shares all unchanged arrays with the one before,
 * so that a step costs a few records, not a copy of the vectors.
 */
export const historyStore = createStore<History>(() => ({ past: [], future: [] }))

/** Steps kept; older ones are let go. */
const DEPTH = 500

/** Make one undoable change. `recipe` gets the project and returns the new one (the same value: nothing happened). */
export function change(label: string, recipe: (project: Project) => Project): void {
  const before = projectStore.getState().project
  const next = recipe(before)
  if (next === before) return
  const after = { ...next, changed: new Date().toISOString() }
  projectStore.setState({ project: after })
  historyStore.setState(({ past }) => ({ past: [...past, { label, before, after }].slice(-DEPTH), future: [] }))
}

/** Replace the project without a step: opening another one, or filling in computed vectors and layouts. */
export function replaceProject(project: Project, { keepHistory = false } = {}): void {
  projectStore.setState({ project })
  if (!keepHistory) historyStore.setState({ past: [], future: [] })
}

export function undo(): string | null {
  const { past, future } = historyStore.getState()
  const step = past.at(-1)
  if (!step) return null
  projectStore.setState({ project: step.before })
  historyStore.setState({ past: past.slice(0, -1), future: [step, ...future] })
  return step.label
}

export function redo(): string | null {
  const { past, future } = historyStore.getState()
  const step = future[0]
  if (!step) return null
  projectStore.setState({ project: step.after })
  historyStore.setState({ past: [...past, step], future: future.slice(1) })
  return step.label
}
