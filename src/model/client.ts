import * as Comlink from 'comlink'
import type { InvertRequest, ModelClient, ModelInfo } from './api.ts'
import type { Folder } from './weights.ts'
import type { ModelWorker, Plan } from './worker.ts'

/** A started worker, as far as the client needs it. */
export interface WorkerLike extends Comlink.Endpoint {
  terminate(): void
}

export interface ClientOptions {
  /** Address of the app's folder. */
  base: string
  spawn(): WorkerLike
  /** Ways to run, best first: the next is tried where one fails its start-up probe. */
  plans(): Promise<Plan[]>
}

type Progress = (done: number, total: number) => void

interface Room {
  worker: WorkerLike
  remote: Comlink.Remote<ModelWorker>
  /** Rejects when the worker dies, so that no call waits for ever. */
  death: Promise<never>
  loads: Map<Folder, Promise<ModelInfo>>
}

const STOPPED = 'The model stopped unexpectedly and was started again. Please try that once more.'

/** Talks to the model worker: starts it at the first call, restarts it after a crash, aborts by id. */
export class WorkerClient implements ModelClient {
  private room: Room | null = null
  private plans: Promise<Plan[]> | null = null
  /** The plan in use; a plan that failed is never tried again. */
  private plan = 0
  private lastId = 0
  private preview_: AbortController | null = null

  constructor(private readonly options: ClientOptions) {}

  async load(what: Folder, progress?: Progress): Promise<ModelInfo> {
    for (;;) {
      const room = await this.opened()
      try {
        return await this.loadIn(room, what, progress)
      } catch (error) {
        const plans = await this.options_()
        if ((error as Error).name !== 'WrongBackend' || this.plan + 1 >= plans.length) throw error
        // Two calls may meet the same failure; only the first moves on.
        if (this.room === room) {
          this.plan++
          this.close()
        }
      }
    }
  }

  async embed(texts: string[], { progress, signal }: { progress?: Progress; signal?: AbortSignal } = {}) {
    signal?.throwIfAborted()
    await this.load('encoder')
    return this.abortable(signal, (remote, id) => remote.embed(id, texts, callback(progress)))
  }

  async lens(vector: Float32Array, count: number) {
    return this.call((remote) => remote.lens(vector, count))
  }

  async lensChange(from: Float32Array, to: Float32Array, count: number) {
    return this.call((remote) => remote.lensChange(from, to, count))
  }

  async pickUp(source: string, vector: Float32Array) {
    return this.call((remote) => remote.pickUp(source, vector))
  }

  async preview(request: InvertRequest, partial?: (text: string) => void) {
    this.preview_?.abort()
    const controller = new AbortController()
    this.preview_ = controller
    await this.load('encoder')
    return this.abortable(controller.signal, (remote, id) =>
      remote.preview(
        id,
        request,
        callback((text: string) => {
          if (!controller.signal.aborted) partial?.(text)
        }),
      ),
    )
  }

  async settle(request: InvertRequest, signal?: AbortSignal) {
    signal?.throwIfAborted()
    // What is settled supersedes its preview.
    this.preview_?.abort()
    await this.load('encoder')
    return this.abortable(signal, (remote, id) => remote.settle(id, request))
  }

  /** Ends the worker; the next call starts a new one. */
  close(): void {
    this.room?.worker.terminate()
    this.room = null
  }

  private options_(): Promise<Plan[]> {
    this.plans ??= this.options.plans()
    return this.plans
  }

  private loadIn(room: Room, what: Folder, progress?: Progress): Promise<ModelInfo> {
    const known = room.loads.get(what)
    if (known) return known
    const loading = Promise.race([room.remote.load(what, callback(progress)), room.death])
    room.loads.set(what, loading)
    loading.catch(() => room.loads.delete(what))
    return loading
  }

  private async opened(): Promise<Room> {
    const plans = await this.options_()
    if (this.room) return this.room
    const worker = this.options.spawn()
    let die: (error: Error) => void
    const death = new Promise<never>((_, reject) => {
      die = reject
    })
    death.catch(() => undefined)
    const room: Room = { worker, remote: Comlink.wrap<ModelWorker>(worker), death, loads: new Map() }
    this.room = room
    worker.addEventListener('error', () => {
      if (this.room === room) this.close()
      die(new Error(STOPPED))
    })
    await Promise.race([room.remote.open(this.options.base, plans[this.plan]), death])
    return room
  }

  private async call<T>(work: (remote: Comlink.Remote<ModelWorker>, id: number) => Promise<T>, id = 0): Promise<T> {
    const room = await this.opened()
    try {
      return await Promise.race([work(room.remote, id), room.death])
    } catch (error) {
      // A trap inside WebAssembly leaves the module unusable, though the worker lives.
      if (/^RuntimeError$/.test((error as Error).name) || /Aborted\(|memory access out of bounds/.test(`${error}`)) {
        if (this.room === room) this.close()
        throw new Error(STOPPED, { cause: error })
      }
      throw error
    }
  }

  private abortable<T>(
    signal: AbortSignal | undefined,
    work: (remote: Comlink.Remote<ModelWorker>, id: number) => Promise<T>,
  ): Promise<T> {
    const id = ++this.lastId
    if (!signal) return this.call(work, id)
    return new Promise<T>((resolve, reject) => {
      const abort = () => {
        reject(new DOMException('This was cancelled.', 'AbortError'))
        this.room?.remote.abort(id).catch(() => undefined)
      }
      if (signal.aborted) return abort()
      signal.addEventListener('abort', abort, { once: true })
      this.call(work, id)
        .then(resolve, reject)
        .finally(() => signal.removeEventListener('abort', abort))
    })
  }
}

function callback<F extends (...args: never[]) => void>(report?: F): (F & Comlink.ProxyMarked) | undefined {
  return report && Comlink.proxy(report)
}

/**
 * WebGPU where there is a true adapter (the software one is some forty times slower than WASM), then WASM with threads
 * where the page is cross-origin isolated, then WASM on one thread.
 */
async function browserPlans(): Promise<Plan[]> {
  // Beyond four threads the encoder gains little and the rest of the page loses.
  const threads = globalThis.crossOriginIsolated ? Math.min(4, navigator.hardwareConcurrency || 1) : 1
  const plans: Plan[] = [{ backend: 'wasm', threads: 1 }]
  if (threads > 1) plans.unshift({ backend: 'wasm', threads })
  if (await hasGpu()) plans.unshift({ backend: 'webgpu', threads })
  return plans
}

interface Gpu {
  requestAdapter(): Promise<{ info?: { isFallbackAdapter?: boolean; architecture?: string } } | null>
}

async function hasGpu(): Promise<boolean> {
  const { gpu } = navigator as Navigator & { gpu?: Gpu }
  const adapter = await gpu?.requestAdapter().catch(() => null)
  return !!adapter && !adapter.info?.isFallbackAdapter && adapter.info?.architecture !== 'swiftshader'
}

/** A client of this page's own worker; nothing starts before the first call. @param plans overrides the choice of backend */
export function browserClient(plans: () => Promise<Plan[]> = browserPlans): ModelClient {
  let client: WorkerClient | undefined
  const get = () => {
    client ??= new WorkerClient({
      base: document.baseURI,
      spawn: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'model' }),
      plans,
    })
    return client
  }
  return {
    load: (what, progress) => get().load(what, progress),
    embed: (texts, options) => get().embed(texts, options),
    lens: (vector, count) => get().lens(vector, count),
    lensChange: (from, to, count) => get().lensChange(from, to, count),
    pickUp: (source, vector) => get().pickUp(source, vector),
    preview: (request, partial) => get().preview(request, partial),
    settle: (request, signal) => get().settle(request, signal),
  }
}

export const modelClient: ModelClient = browserClient()
