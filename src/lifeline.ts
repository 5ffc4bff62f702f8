/**
 * How a page knows that a worker of its has died. A worker that closes, or that the browser ends for want of memory,
 * gives no event, and what was asked of it would be waited for without end. So a worker holds a Web Lock for as long as
 * it lives, and the page stands in line for it: the browser lets a lock go when its holder is gone, however it went.
 */

/**
 * In a worker, once, as it starts: hold a lock of one's own, and tell the page its name. Resolves when that is done; a
 * worker that works in one long breath waits for it first, or it could not be heard of until it is through.
 */
export function holdLifeline(): Promise<void> {
  // Pages that are no secure context have no locks; there the worker's `error` event has to do.
  if (!globalThis.navigator?.locks || !globalThis.crypto?.randomUUID) return Promise.resolve()
  const lifeline = `noema-lifeline-${crypto.randomUUID()}`
  return new Promise((held) => {
    navigator.locks
      .request(lifeline, () => {
        self.postMessage({ lifeline })
        held()
        return new Promise<never>(() => undefined)
      })
      .catch(() => held())
  })
}

/** A worker that has not said a word this long after it was made has died as it started, milliseconds. */
const LONGEST_START = 60_000

/** In the page: calls back once when a worker that holds its lifeline is gone, or when something in it broke unheeded. */
export function onGone(worker: Worker, gone: () => void): void {
  let told = false
  const tell = () => {
    if (told) return
    told = true
    gone()
  }
  worker.addEventListener('error', tell)
  worker.addEventListener('messageerror', tell)
  const waiting = globalThis.navigator?.locks && setTimeout(tell, LONGEST_START)
  worker.addEventListener('message', ({ data }: MessageEvent<{ lifeline?: unknown } | null>) => {
    if (typeof data?.lifeline !== 'string') return
    clearTimeout(waiting)
    void navigator.locks.request(data.lifeline, tell).catch(() => undefined)
  })
}

type Listener = (message: string) => void

const listeners = new Set<Listener>()

/** Hear, in words for the person, that a worker was started again under what it was doing. Returns what ends it. */
export function onRestart(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function tellRestart(message: string): void {
  for (const listener of listeners) listener(message)
}
