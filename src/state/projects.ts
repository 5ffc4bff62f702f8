import { forgetVectors } from '../model/cache.ts'
import { finishReading } from './fill.ts'
import { change, replaceProject } from './history.ts'
import { notify } from './notices.ts'
import { claim } from './ownership.ts'
import type { Opened } from './parts.ts'
import { ProjectFileError } from './plain.ts'
import { emptyProject, projectStore } from './project.ts'
import { projectsDb } from './projectsDb.ts'
import { markUntouched, neverKeep } from './saved.ts'
import { firstView, viewStore } from './view.ts'

/** The person's projects, as the panels use them. The list itself is `projectsDb.list()`. */

const LAST = 'noema-last-project'

/** Remember what to open next time; a browser that keeps nothing is no trouble here. */
export function rememberLast(id: string | null): void {
  try {
    if (id) localStorage.setItem(LAST, id)
    else localStorage.removeItem(LAST)
  } catch {
    // Storage is switched off; the newest project is opened then, if there is any.
  }
}

function lastId(): string | null {
  try {
    return localStorage.getItem(LAST)
  } catch {
    return null
  }
}

/**
 * Put a decoded project into the room: project, view, and what is to be said about it. One that was left in the middle
 * of reading is read to its end.
 */
export function showOpened({ project, view, notices }: Opened): void {
  replaceProject(project)
  // Where the project names no axes, those on show stay.
  const named = Object.values(view.axes).some(Boolean)
  viewStore.setState({ ...firstView, ...view, axes: named ? view.axes : viewStore.getState().axes })
  for (const notice of notices) notify(notice, 'warning')
  void finishReading()
}

/**
 * Open a kept project as it was left, without computing anything. In a second window it opens as a copy.
 * @throws ProjectFileError in plain words when it is missing or damaged.
 */
export async function openProject(id: string): Promise<void> {
  const opened = await projectsDb.open(id)
  if (await claim(id)) {
    showOpened(opened)
    rememberLast(id)
    return
  }
  const { project } = opened
  const copy = { ...project, id: crypto.randomUUID(), name: `${project.name} (copy)` }
  showOpened({ ...opened, project: markUntouched(copy) })
  notify('This project is open in another window. What you change here is kept as a copy.', 'warning')
}

/**
 * Open what was open last or, where that is no longer kept, the newest; false when there is nothing to open. A damaged
 * project is told, and stays kept.
 */
export async function reopenLast(): Promise<boolean> {
  try {
    const last = lastId()
    const id = last && (await projectsDb.find(last)) ? last : (await projectsDb.list())[0]?.id
    if (!id) return false
    await openProject(id)
    return true
  } catch (error) {
    if (error instanceof ProjectFileError) notify(error.message, 'trouble')
    return false
  }
}

/** Another name for a project, open or not. That of the open one is a step like any other. */
export async function renameProject(id: string, name: string): Promise<void> {
  if (projectStore.getState().project.id === id) {
    change('Rename the project', (now) => (now.name === name ? now : { ...now, name }))
  }
  await projectsDb.rename(id, name)
}

/** Delete a project for good; where it is the open one, an empty room is left. */
export async function deleteProject(id: string): Promise<void> {
  if (projectStore.getState().project.id === id) leave()
  await projectsDb.delete(id)
}

/** All projects, and what is remembered of their words. */
export async function deleteAllProjects(): Promise<void> {
  leave()
  await projectsDb.deleteAll()
  await forgetVectors()
}

function leave(): void {
  neverKeep(projectStore.getState().project)
  replaceProject(emptyProject())
  viewStore.setState(firstView)
  rememberLast(null)
}
