import { notify } from './notices.ts'

/** What was stopped on purpose is no trouble. */
export const aborted = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError'

/** Tell what went wrong, with a way on: what was to be done is kept, and can be done again. */
export const tell = (error: unknown, again?: () => Promise<void>): void =>
  notify(
    error instanceof Error ? error.message : String(error),
    'trouble',
    again && { label: 'Try again', run: () => void again() },
  )

/** Wait no longer once the signal says so; what was waited for goes on for others who want it. */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
