import * as Comlink from 'comlink'
import { onGone, tellRestart } from '../lifeline.ts'
import type { InvertRequest, ModelClient, ModelInfo } from './api.ts'
import type { Folder } from './weights.ts'
import type { ModelWorker, Plan } from './worker.ts'

export interface ClientOptions {
  /** Address of the app's folder. */
  base: string
  spawn(): Worker
  /** Ways to run, best first: the next is tried where one fails its start-up probe. */
  plans(): Promise<Plan[]>
}

type Progress = (done: number, total: number) => void

interface Asking {
  /** Also where it failed a moment ago. */
  again?: boolean
  progress?: Progress
}

interface Room {
  worker: Worker
  remote: Comlink.Remote<ModelWorker>
  /** Rejects when the worker dies, so that no call waits for ever. */
  death: Promise<never>
  die(): void
  dead: boolean
  loads: Map<Folder, Promise<ModelInfo>>
}

const AGAIN = 'The model stopped unexpectedly and was started again. Nothing is lost; what you asked for goes on.'
const TWICE =
  'The model stopped unexpectedly, and once more after it was started again. Nothing is lost; please try later.'

/** A worker died under a call. */
class Died extends Error {}

/** What leaves the runtime unusable though its worker lives: a trap in WebAssembly, a graphics card that let go. */
const hopeless = (error: Error) =>
  error.name === 'RuntimeError' || /Aborted\(|out of bounds|device (is|was) lost|GPUDevice/i.test(error.message)

/** Talks to the model worker: starts it at the first call, restarts it after a crash, aborts by id. */
export class WorkerClient implements ModelClient {
  private room: Room | null = null
  private plans: Promise<Plan[]> | null = null
  /** The plan in use; a plan that failed is never tried again. */
  private plan = 0
  private lastId = 0
  /** How many workers have died, and the last of those deaths that the person was told of. */
  private deaths = 0
  private told = 0
  private preview_: AbortController | null = null

  constructor(private readonly options: ClientOptions) {}

  load(what: Folder, progress?: Progress): Promise<ModelInfo> {
    return this.persistently(() => this.loadBest(what, { again: true, progress }))
  }

  async embed(texts: string[], { progress, signal }: { progress?: Progress; signal?: AbortSignal } = {}) {
    return this.abortable(signal, (remote, id) => remote.embed(id, texts, callback(progress)))
  }

  async lens(vector: Float32Array, count: number) {
    return this.persistently(() => this.call((remote) => remote.lens(vector, count)))
  }

  async lensChange(from: Float32Array, to: Float32Array, count: number) {
    return this.persistently(() => this.call((remote) => remote.lensChange(from, to, count)))
  }

  async pickUp(source: string, vector: Float32Array) {
    return this.persistently(() => this.call((remote) => remote.pickUp(source, vector)))
  }

  async preview(request: InvertRequest, partial?: (text: string) => void) {
    this.dropPreview()
    const controller = new AbortController()
    this.preview_ = controller
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

  dropPreview() {
    this.preview_?.abort()
  }

  async settle(request: InvertRequest, signal?: AbortSignal) {
    // What is settled supersedes its preview.
    this.dropPreview()
    return this.abortable(signal, (remote, id) => remote.settle(id, request))
  }

  /** Ends the worker and fails what was asked of it; the next call starts a new one. */
  private bury(room: Room): void {
    if (this.room === room) this.room = null
    room.worker.terminate()
    room.die()
    if (!room.dead) this.deaths++
    room.dead = true
  }

  private options_(): Promise<Plan[]> {
    this.plans ??= this.options.plans()
    return this.plans
  }

  /** Loads by the best plan that passes its start-up probe. */
  private async loadBest(what: Folder, asking: Asking = {}): Promise<ModelInfo> {
    for (;;) {
      const room = await this.opened()
      try {
        return await this.loadIn(room, what, asking)
      } catch (error) {
        if ((error as Error).name !== 'WrongBackend') throw error
        // Two calls may meet the same failure; only the first moves on.
        if (this.room === room) {
          if (!(await this.nextPlan())) throw error
          this.bury(room)
          // A way to run that does not serve here is no mishap.
          this.told = this.deaths
        }
      }
    }
  }

  /** False where there is none left. */
  private async nextPlan(): Promise<boolean> {
    const plans = await this.options_()
    if (this.plan + 1 >= plans.length) return false
    this.plan++
    return true
  }

  private loadIn(room: Room, what: Folder, { again, progress }: Asking): Promise<ModelInfo> {
    const known = room.loads.get(what)
    if (known) return known
    const loading = this.within(room, room.remote.load(what, again, callback(progress)))
    room.loads.set(what, loading)
    loading.catch(() => room.loads.delete(what))
    return loading
  }

  private async opened(): Promise<Room> {
    const plans = await this.options_()
    if (this.room) return this.room
    const worker = this.options.spawn()
    let die = () => {}
    const death = new Promise<never>((_, reject) => {
      die = () => reject(new Died(TWICE))
    })
    death.catch(() => undefined)
    const room: Room = { worker, remote: Comlink.wrap<ModelWorker>(worker), death, die, dead: false, loads: new Map() }
    this.room = room
    const plan = plans[this.plan]
    onGone(worker, () => {
      // What died on the graphics card goes on without it.
      if (this.room === room && plan.backend === 'webgpu') void this.nextPlan()
      this.bury(room)
    })
    await this.within(room, room.remote.open(this.options.base, plan))
    return room
  }

  /** An answer of the room's worker, or its death. */
  private async within<T>(room: Room, answer: Promise<T>): Promise<T> {
    try {
      return await Promise.race([answer, room.death])
    } catch (error) {
      if (!hopeless(error as Error)) throw error
      this.bury(room)
      throw new Died(TWICE, { cause: error })
    }
  }

  private async call<T>(work: (remote: Comlink.Remote<ModelWorker>, id: number) => Promise<T>, id = 0): Promise<T> {
    const room = await this.opened()
    return this.within(room, work(room.remote, id))
  }

  /** Does it once more where the worker died under it: every call gives the same answer the second time. */
  private async persistently<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Died) || signal?.aborted) throw error
      // However many calls met this death, it is told once.
      if (this.told !== this.deaths) tellRestart(AGAIN)
      this.told = this.deaths
      return work()
    }
  }

  /** A call that can be cancelled; it needs the encoder. */
  private abortable<T>(
    signal: AbortSignal | undefined,
    work: (remote: Comlink.Remote<ModelWorker>, id: number) => Promise<T>,
  ): Promise<T> {
    const id = ++this.lastId
    const whole = async () => {
      await this.loadBest('encoder')
      signal?.throwIfAborted()
      return this.call(work, id)
    }
    if (!signal) return this.persistently(whole)
    return new Promise<T>((resolve, reject) => {
      const abort = () => {
        reject(new DOMException('This was cancelled.', 'AbortError'))
        this.room?.remote.abort(id).catch(() => undefined)
      }
      if (signal.aborted) return abort()
      signal.addEventListener('abort', abort, { once: true })
      this.persistently(whole, signal)
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
    dropPreview: () => client?.dropPreview(),
    settle: (request, signal) => get().settle(request, signal),
  }
}

export const modelClient: ModelClient = browserClient()
