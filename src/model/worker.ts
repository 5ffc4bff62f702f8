import * as Comlink from 'comlink'
import { holdLifeline } from '../lifeline.ts'
import type { InvertRequest } from './api.ts'
import { storedVectors } from './cache.ts'
import { Model } from './core.ts'
import { WrongBackend } from './parity.ts'
import { type Backend, makeRuntime, type Ort, type Runtime } from './runtime.ts'
import { type Folder, fetchedShelf } from './weights.ts'

/** How a worker is to run: the client tries several, best first. */
export interface Plan {
  backend: Backend
  threads: number
}

type Report = ((done: number, total: number) => void) & Partial<Comlink.ProxyMarked>

/**
 * A session on a graphics card that let go may answer wrongly, or never: the worker ends itself then, and the page
 * starts another.
 */
function endsWithDevice(runtime: Runtime, ort: Ort): Runtime {
  return {
    ...runtime,
    session: async (bytes) => {
      const session = await runtime.session(bytes)
      const device = (await ort.env.webgpu.device) as { lost?: Promise<unknown> } | undefined
      void device?.lost?.then(() => self.close())
      return session
    },
  }
}

/** A thin shell over {@link Model}: runtime builds for the browser, and aborts by id. */
export class ModelWorker {
  private readonly running = new Map<number, AbortController>()
  private model: Model | undefined

  /** @param base address of the app's folder: the runtime is in ort/, the weights are in models/ */
  open(base: string, plan: Plan): void {
    const paths = new URL('ort/', base).href
    const made = new Map<Backend, Promise<Runtime>>()
    const runtime = (backend: Backend) => {
      let known = made.get(backend)
      if (!known) {
        const build = backend === 'webgpu' ? import('onnxruntime-web/webgpu') : import('onnxruntime-web/wasm')
        known = build
          .then((ort) => {
            const runtime = makeRuntime(ort as unknown as Ort, backend, plan.threads, paths)
            return backend === 'webgpu' ? endsWithDevice(runtime, ort as unknown as Ort) : runtime
          })
          .catch((cause) => {
            throw new WrongBackend(`The ${backend} runtime could not be loaded.`, { cause })
          })
        made.set(backend, known)
      }
      return known
    }
    this.model = new Model({
      // Small decoders are slower on WebGPU than on WASM, and int8 ones can be wrong there without an error.
      runtime: (what) => runtime(what === 'encoder' ? plan.backend : 'wasm'),
      shelf: fetchedShelf(base),
      vectors: storedVectors(),
    })
  }

  load(what: Folder, again?: boolean, progress?: Report) {
    return this.opened().load(what, { again, progress })
  }

  embed(id: number, texts: string[], progress?: Report) {
    return this.abortable(id, async (signal) => {
      const result = await this.opened().embed(texts, { signal, progress })
      return Comlink.transfer(result, [result.vectors.buffer])
    })
  }

  lens(vector: Float32Array, count: number) {
    return this.opened().lens(vector, count)
  }

  lensChange(from: Float32Array, to: Float32Array, count: number) {
    return this.opened().lensChange(from, to, count)
  }

  pickUp(source: string, vector: Float32Array) {
    return this.opened().pickUp(source, vector)
  }

  preview(id: number, request: InvertRequest, partial?: (text: string) => void) {
    return this.abortable(id, (signal) => this.opened().preview(request, { signal, partial }))
  }

  settle(id: number, request: InvertRequest) {
    return this.abortable(id, (signal) => this.opened().settle(request, { signal }))
  }

  abort(id: number): void {
    this.running.get(id)?.abort()
  }

  private opened(): Model {
    if (!this.model) throw new Error('The model worker is not open yet.')
    return this.model
  }

  private async abortable<T>(id: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController()
    this.running.set(id, controller)
    try {
      return await work(controller.signal)
    } finally {
      this.running.delete(id)
    }
  }
}

// Threads of the runtime load this file's chunk too, under a name of their own.
if (typeof WorkerGlobalScope !== 'undefined' && self instanceof WorkerGlobalScope && self.name !== 'em-pthread') {
  void holdLifeline()
  Comlink.expose(new ModelWorker())
}
