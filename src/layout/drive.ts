import type { Moment } from '../meaning/layout/umap.ts'

export interface Drive {
  /** Positions as they settle, at most every 60 ms, and the newest progress with them. */
  stream?: (positions: Float32Array, progress: number) => void
  aborted?: () => boolean
}

/** Between two looks at the world outside. A step of the work itself takes a few milliseconds. */
const BREATH = 40
/** A little less than the work's own measure (`SHOWN_EVERY`), so that not every second one is left out. */
const BEAT = 60

/** Lets messages in: a turn of the event loop without a timer's minimum of 4 ms. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}

/**
 * Do long work in steps, breathing in between, so that it can be followed and stopped.
 * @throws DOMException AbortError as soon as `aborted` says so
 */
export async function drive<T>(
  steps: Generator<Moment | number, T, void>,
  { stream, aborted }: Drive = {},
): Promise<T> {
  let breath = performance.now()
  let beat = 0
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
    const now = performance.now()
    if (typeof value !== 'number' && value.positions && now - beat >= BEAT) {
      stream?.(value.positions, value.progress)
      beat = now
    }
    if (now - breath < BREATH) continue
    await pause()
    breath = performance.now()
    if (aborted?.()) throw new DOMException('The layout was stopped.', 'AbortError')
  }
}
