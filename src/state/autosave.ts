import { notify } from './notices.ts'
import { claim } from './ownership.ts'
import { type Project, projectStore } from './project.ts'
import { rememberLast } from './projects.ts'
import { projectsDb } from './projectsDb.ts'
import { isLetGo, isUntouched, savedStore } from './saved.ts'
import { type View, viewStore } from './view.ts'

export { reopenLast } from './projects.ts'

/** Rest after the last change before writing, and the longest a change waits while others follow it. */
const REST_MS = 800
const LONGEST_MS = 5_000
/** After a failure the next try comes by itself. */
const AGAIN_MS = 30_000

export interface AutosaveOptions {
  /** The way on when the browser keeps no more: save everything to a file. */
  saveToFile?: () => void
}

/**
 * Keep the open project in this browser as it changes: shortly after each change, and at once when the page is hidden
 * or left. A failure is told with a way on and tried again; it is never silent. Returns a function that stops it.
 */
export function startAutosave({ saveToFile }: AutosaveOptions = {}): () => void {
  let waiting: { project: Project; view: View; since: number } | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let told = false
  const kept = new Set<string>()

  async function write(project: Project, view: View, leaving: boolean): Promise<void> {
    if (isLetGo(project)) return
    try {
      await projectsDb.save(project, view, { leaving })
      told = false
      kept.add(project.id)
      if (projectStore.getState().project.id === project.id) {
        if (!waiting) savedStore.setState({ state: 'saved', at: new Date().toISOString() })
        rememberLast(project.id)
        void claim(project.id)
      }
      void askToPersist()
    } catch (error) {
      failed(project, view, error)
    }
  }

  function failed(project: Project, view: View, error: unknown): void {
    savedStore.setState({ state: 'failed' })
    if (!waiting) waiting = { project, view, since: Date.now() }
    clearTimeout(timer)
    timer = setTimeout(flush, AGAIN_MS)
    if (told) return
    told = true
    notify(reason(error), 'trouble', saveToFile && { label: 'Save to a file', run: saveToFile })
  }

  function flush({ leaving = false } = {}): void {
    clearTimeout(timer)
    if (!waiting) return
    const { project, view } = waiting
    waiting = null
    void write(project, view, leaving)
  }

  function later(project: Project, view: View): void {
    if (project.documents.length === 0 && project.branches.length === 0) return
    // A sample is kept once it was changed; undoing that change is a change to keep as well.
    if (isUntouched(project) && !kept.has(project.id) && waiting?.project.id !== project.id) return
    const since = waiting?.since ?? Date.now()
    waiting = { project, view, since }
    if (savedStore.getState().state !== 'failed') savedStore.setState({ state: 'waiting' })
    clearTimeout(timer)
    timer = setTimeout(flush, Math.max(0, Math.min(REST_MS, since + LONGEST_MS - Date.now())))
  }

  const stopProject = projectStore.subscribe(({ project }, { project: before }) => {
    if (project.id !== before.id) {
      // Another project comes in: what the last one still had to say is written first.
      flush()
      savedStore.setState({ state: 'untouched', at: null })
    }
    later(project, viewStore.getState())
  })
  const stopView = viewStore.subscribe((view, before) => {
    if (sameToKeep(view, before)) return
    const { project } = projectStore.getState()
    // Opening sets view and project in one breath; such a view belongs to the project that comes.
    queueMicrotask(() => {
      const now = projectStore.getState().project
      if (now.id === project.id) later(now, view)
    })
  })
  const onHidden = () => {
    if (document.visibilityState === 'hidden') flush({ leaving: true })
  }
  const onGone = () => flush({ leaving: true })
  const onLeaving = (event: BeforeUnloadEvent) => {
    if (savedStore.getState().state === 'failed') event.preventDefault()
  }
  globalThis.document?.addEventListener('visibilitychange', onHidden)
  globalThis.addEventListener?.('pagehide', onGone)
  globalThis.addEventListener?.('beforeunload', onLeaving)

  return () => {
    flush()
    stopProject()
    stopView()
    globalThis.document?.removeEventListener('visibilitychange', onHidden)
    globalThis.removeEventListener?.('pagehide', onGone)
    globalThis.removeEventListener?.('beforeunload', onLeaving)
  }
}

/** Hovering changes nothing that is kept. */
function sameToKeep(view: View, before: View): boolean {
  const names = Object.keys(view) as (keyof View)[]
  return names.every((name) => name === 'hovered' || view[name] === before[name])
}

function reason(error: unknown): string {
  if (error instanceof DOMException && error.name === 'QuotaExceededError') {
    return 'There is no room left in this browser to keep your changes. Save the project to a file, or delete one you no longer need.'
  }
  return 'This browser does not keep your changes just now. Save the project to a file to be safe.'
}

let asked = false

/** Ask the browser not to clear what is kept here when space runs short: once, when there is first something to lose. */
async function askToPersist(): Promise<void> {
  if (asked) return
  asked = true
  await globalThis.navigator?.storage?.persist?.().catch(() => false)
}
