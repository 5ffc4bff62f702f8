import { type Endpoint, proxy, type Remote, wrap } from 'comlink'
import { onGone, tellRestart } from '../lifeline.ts'
import type { MapLayout, Vec3 } from '../meaning/types.ts'
import type { LayoutClient, LayoutOptions } from './api.ts'
import type { LayoutService, Stream } from './service.ts'

/** A worker, or what stands for one in a test. */
export interface Peer {
  endpoint: Endpoint
  /** Calls back when the other side has died. */
  onCrash(callback: () => void): void
  end(): void
}

/** Numbers in one message: 4 MB take about a millisecond to copy. */
const PIECE = 1 << 20

/** Tables kept on the other side: vectors and positions of the map before and after a change. */
const KEPT = 4

const CRASHED = 'The map could not be drawn: its worker stopped twice. Your text is safe; please try again.'
const BEGAN_AGAIN = 'Drawing the map stopped unexpectedly and was begun again. Nothing is lost.'

/** The worker is gone; a new one is started at the next call. */
class Crash extends Error {}

class Client implements LayoutClient {
  private peer: Peer | null = null
  private service: Remote<LayoutService> | null = null
  /** Tables the worker has, by identity: they are never changed once made. */
  private tables: { id: number; data: Float32Array }[] = []
  private ids = 0
  private readonly failures = new Set<(error: Error) => void>()
  /** Stops the map being made, if any: only the latest counts. */
  private latest: ((reason: unknown) => void) | null = null

  constructor(private readonly spawn: () => Peer) {}

  map(vectors: Float32Array, options: LayoutOptions = {}): Promise<MapLayout> {
    return this.only(options, async (service, job, stream) =>
      service.map(job, await this.send(service, vectors), plain(options), stream),
    )
  }

  extend(old: MapLayout, oldCount: number, vectors: Float32Array, options: LayoutOptions = {}): Promise<MapLayout> {
    return this.only(options, async (service, job, stream) =>
      service.extend(job, old, oldCount, await this.send(service, vectors), plain(options), stream),
    )
  }

  place(vectors: Float32Array, map: MapLayout, vector: Float32Array): Promise<Vec3> {
    return this.guarded(async (service) => {
      const table = await this.send(service, vectors)
      return service.place(table, await this.send(service, map.positions), vector)
    })
  }

  /** One map at a time; a newer one, or the caller's signal, stops it with an AbortError. */
  private only(
    { signal, stream }: LayoutOptions,
    call: (service: Remote<LayoutService>, job: number, stream?: Stream) => Promise<MapLayout>,
  ): Promise<MapLayout> {
    // Who was stopped before asking asks for nothing: the map that is being made goes on.
    if (signal?.aborted) return Promise.reject(signal.reason)
    this.latest?.(new DOMException('A newer layout was asked for.', 'AbortError'))
    const job = ++this.ids
    let stop: (reason: unknown) => void = () => {}
    const stopped = new Promise<never>((_, reject) => {
      stop = (reason) => {
        void this.service?.stop(job)
        reject(reason)
      }
    })
    this.latest = stop
    const onAbort = () => stop(signal?.reason ?? new DOMException('The layout was stopped.', 'AbortError'))
    signal?.addEventListener('abort', onAbort, { once: true })
    const streamed = stream && proxy(stream)
    const result = this.guarded(
      (service) => call(service, job, streamed),
      () => this.latest === stop,
    )
    return Promise.race([result, stopped]).finally(() => {
      signal?.removeEventListener('abort', onAbort)
      if (this.latest === stop) this.latest = null
    })
  }

  /**
   * A call that is made once more when the worker dies under it (where Comlink would wait for ever), if it is still
   * wanted then, and fails in plain words when that one dies too.
   */
  private async guarded<T>(call: (service: Remote<LayoutService>) => Promise<T>, wanted = () => true): Promise<T> {
    try {
      return await this.once(call)
    } catch (error) {
      if (!(error instanceof Crash) || !wanted()) throw error
      tellRestart(BEGAN_AGAIN)
      return this.once(call)
    }
  }

  private async once<T>(call: (service: Remote<LayoutService>) => Promise<T>): Promise<T> {
    const service = this.start()
    let fail: (error: Error) => void = () => {}
    const crash = new Promise<never>((_, reject) => {
      fail = reject
      this.failures.add(reject)
    })
    try {
      return await Promise.race([call(service), crash])
    } finally {
      this.failures.delete(fail)
    }
  }

  private start(): Remote<LayoutService> {
    if (this.service) return this.service
    const peer = this.spawn()
    peer.onCrash(() => {
      if (this.peer !== peer) return
      peer.end()
      this.peer = null
      this.service = null
      this.tables = []
      for (const fail of this.failures) fail(new Crash(CRASHED))
    })
    this.peer = peer
    this.service = wrap<LayoutService>(peer.endpoint)
    return this.service
  }

  /** Make sure the worker has a table; its number there. Sent in pieces, so that no copy holds up a frame. */
  private async send(service: Remote<LayoutService>, data: Float32Array): Promise<number> {
    const known = this.tables.find((table) => table.data === data)
    if (known) return known.id
    const id = ++this.ids
    for (let offset = 0; offset < Math.max(1, data.length); offset += PIECE) {
      await service.put(id, data.length, offset, data.slice(offset, offset + PIECE))
    }
    this.tables.push({ id, data })
    if (this.tables.length > KEPT) {
      const [oldest] = this.tables.splice(0, 1)
      await service.drop(oldest.id)
    }
    return id
  }
}

function plain({ seed, neighbours, minDist }: LayoutOptions) {
  return { seed, neighbours, minDist }
}

/** A client over any peer; the app's own is {@link layoutClient}. */
export function createLayoutClient(spawn: () => Peer): LayoutClient {
  return new Client(spawn)
}

/** The app's layout worker, started at the first call. */
export const layoutClient: LayoutClient = createLayoutClient(() => {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'layout' })
  return {
    endpoint: worker,
    onCrash: (callback) => onGone(worker, callback),
    end: () => worker.terminate(),
  }
})
