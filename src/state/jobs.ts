import { createStore } from 'zustand/vanilla'
import { projectStore } from './project.ts'

/** A piece of long work as the person sees it. */
export interface Job {
  id: string
  /** In their words: "Reading your text". */
  label: string
  /** 0…total, in the unit of the work (passages, bytes, epochs). */
  done: number
  total: number
  unit: string
  cancel?: () => void
}

export const jobsStore = createStore<{ jobs: Job[] }>(() => ({ jobs: [] }))

let last = 0

export interface JobHandle {
  progress(done: number, total?: number): void
  end(): void
  /** As the person does it: aborts `signal`. */
  cancel(): void
  signal: AbortSignal
}

/** Announce long work; call `end()` in a `finally`. Cancelling aborts `signal`. */
export function beginJob(label: string, total: number, unit: string, { cancellable = true } = {}): JobHandle {
  const id = `job-${++last}`
  const controller = new AbortController()
  const cancel = () => controller.abort()
  const job: Job = { id, label, done: 0, total, unit, cancel: cancellable ? cancel : undefined }
  jobsStore.setState(({ jobs }) => ({ jobs: [...jobs, job] }))
  return {
    progress: (done, newTotal) =>
      jobsStore.setState(({ jobs }) => ({
        jobs: jobs.map((job) => (job.id === id ? { ...job, done, total: newTotal ?? job.total } : job)),
      })),
    end: () => jobsStore.setState(({ jobs }) => ({ jobs: jobs.filter((job) => job.id !== id) })),
    cancel,
    signal: controller.signal,
  }
}

/** Long work on the open project: opening another one stops it, for nobody waits for it there. */
export function beginWork(label: string, total: number, unit: string): JobHandle {
  const { id } = projectStore.getState().project
  const job = beginJob(label, total, unit)
  const stopWatching = projectStore.subscribe(({ project }) => {
    if (project.id !== id) job.cancel()
  })
  const end = () => {
    stopWatching()
    job.end()
  }
  return { ...job, end }
}
