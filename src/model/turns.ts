/** Lets messages that wait (an abort, a newer request) be heard before the next piece of work. */
export function breathe(): Promise<void> {
  if (typeof setImmediate === 'function') return new Promise((resolve) => setImmediate(resolve))
  // setTimeout would be held back to 4 ms when nested; a message is not.
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(0)
  })
}

interface Waiting {
  priority: number
  start(): void
}

/**
 * Sessions run one at a time. Whoever waits with the highest priority goes next, so a preview slips in between two
 * batches of a long reading.
 */
export class Turns {
  private busy = false
  private readonly waiting: Waiting[] = []

  async take<T>(priority: number, work: () => Promise<T>): Promise<T> {
    if (this.busy) {
      await new Promise<void>((start) => {
        const at = this.waiting.findIndex((other) => other.priority < priority)
        this.waiting.splice(at < 0 ? this.waiting.length : at, 0, { priority, start })
      })
    }
    this.busy = true
    try {
      return await work()
    } finally {
      await breathe()
      const next = this.waiting.shift()
      if (next) next.start()
      else this.busy = false
    }
  }
}

export const priorities = { preview: 3, settle: 2, ask: 1, read: 0 }
