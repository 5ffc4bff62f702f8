import { createStore } from 'zustand/vanilla'

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
  signal: AbortSignal
}

/** Announce long work; call `end()` in a `finally`. Cancelling aborts `signal`. */
export function beginJob(label: string, total: number, unit: string, { cancellable = true } = {}): JobHandle {
  const id = `job-${++last}`
  const controller = new AbortController()
  const cancel = cancellable ? () => controller.abort() : undefined
  jobsStore.setState(({ jobs }) => ({ jobs: [...jobs, { id, label, done: 0, total, unit, cancel }] }))
  return {
    progress: (done, newTotal) =>
      jobsStore.setState(({ jobs }) => ({
        jobs: jobs.map((job) => (job.id === id ? { ...job, done, total: newTotal ?? job.total } : job)),
      })),
    end: () => jobsStore.setState(({ jobs }) => ({ jobs: jobs.filter((job) => job.id !== id) })),
    signal: controller.signal,
  }
}
