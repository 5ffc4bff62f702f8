import { createStore } from 'zustand/vanilla'
import type { Project } from './project.ts'

/** Whether the open project stands in this browser: for a word in the corner. */
export const savedStore = createStore<{
  state: 'untouched' | 'waiting' | 'saved' | 'failed'
  /** ISO date of the last write. */
  at: string | null
}>(() => ({ state: 'untouched', at: null }))

const untouched = new WeakSet<Project>()

/** A project that is only being looked at, such as a sample: it is kept from the first change on. */
export function markUntouched(project: Project): Project {
  untouched.add(project)
  return project
}

export const isUntouched = (project: Project): boolean => untouched.has(project)

const letGo = new WeakSet<Project>()

/** The last state of a project that is not to be kept: a write that waits for it is not made, nor tried again. */
export function neverKeep(project: Project): void {
  letGo.add(project)
}

export const isLetGo = (project: Project): boolean => letGo.has(project)
