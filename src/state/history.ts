import { createStore } from 'zustand/vanilla'
import { type Project, projectStore } from './project.ts'
import { isUntouched, markUntouched } from './saved.ts'

type Recipe = (project: Project) => Project

interface Step {
  id: number
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

let last = 0

/**
 * Make one undoable change. `recipe` gets the project and returns the new one (the same value: nothing happened).
 * @returns the step's id, or null where nothing happened.
 */
export function change(label: string, recipe: Recipe): number | null {
  const before = projectStore.getState().project
  const next = recipe(before)
  if (next === before) return null
  const id = ++last
  const after = { ...next, changed: new Date().toISOString() }
  projectStore.setState({ project: after })
  historyStore.setState(({ past }) => ({ past: [...past, { id, label, before, after }].slice(-DEPTH), future: [] }))
  return id
}

/** The same change to many states, made once for each: neighbours in the history go on sharing what they share. */
function once(recipe: Recipe): Recipe {
  const made = new Map<Project, Project>()
  return (project) => {
    const next = made.get(project) ?? recipe(project)
    made.set(project, next)
    return next
  }
}

/**
 * Put what was computed into the project without a step, and into every state that undo and redo lead to: it is nothing
 * the person did, and nothing they could take back.
 */
export function fillIn(recipe: Recipe): void {
  // What is only being looked at still is.
  const renew = once((project) => (isUntouched(project) ? markUntouched(recipe(project)) : recipe(project)))
  const step = (step: Step): Step => ({ ...step, before: renew(step.before), after: renew(step.after) })
  projectStore.setState(({ project }) => ({ project: renew(project) }))
  historyStore.setState(({ past, future }) => ({ past: past.map(step), future: future.map(step) }))
}

/** A change that comes bit by bit and is one step: undo takes back all of it, whatever was done in between. */
export interface LongStep {
  /** False where the step was undone meanwhile, or another project is open: then nothing happens. */
  add(recipe: Recipe): boolean
  stands(): boolean
}

export function beginStep(label: string): LongStep {
  let id: number | null = null
  const place = () => historyStore.getState().past.findIndex((step) => step.id === id)
  const stands = () => id === null || place() >= 0
  return {
    stands,
    add: (recipe) => {
      if (!stands()) return false
      if (id === null) id = change(label, recipe)
      else addAt(place(), recipe)
      return true
    },
  }
}

/** More of the past step at `place`: it is there in every state since. */
function addAt(place: number, recipe: Recipe): void {
  const changed = new Date().toISOString()
  const renew = once((project) => ({ ...recipe(project), changed }))
  const whole = (step: Step): Step => ({ ...step, before: renew(step.before), after: renew(step.after) })
  projectStore.setState(({ project }) => ({ project: renew(project) }))
  historyStore.setState(({ past, future }) => ({
    past: past.map((step, i) => (i < place ? step : i > place ? whole(step) : { ...step, after: renew(step.after) })),
    future: future.map(whole),
  }))
}

/** Replace the project and forget its history: another one is opened. */
export function replaceProject(project: Project): void {
  projectStore.setState({ project })
  historyStore.setState({ past: [], future: [] })
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
