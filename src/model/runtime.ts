import type { Env, InferenceSession, Tensor } from 'onnxruntime-web'

/** The part of onnxruntime-web that is used here; each of its builds (Node, WASM, WebGPU) offers it. */
export interface Ort {
  env: Env
  InferenceSession: { create(bytes: Uint8Array, options?: InferenceSession.SessionOptions): Promise<InferenceSession> }
  Tensor: new (type: 'int64' | 'float32', data: BigInt64Array | Float32Array, dims: readonly number[]) => Tensor
}

export type Backend = 'webgpu' | 'wasm'
export type Session = InferenceSession
export type Feeds = Record<string, Tensor>

/** One build of the runtime, set up: sessions and tensors are made through it alone. */
export interface Runtime {
  backend: Backend
  threads: number
  session(bytes: Uint8Array): Promise<Session>
  int64(values: ArrayLike<number>, dims: number[]): Tensor
  float32(values: Float32Array, dims: number[]): Tensor
}

/**
 * @param threads number of WASM threads; more than one needs SharedArrayBuffer
 * @param paths where the runtime's own .wasm and .mjs lie (ends with a slash); Node finds them by itself
 */
export function makeRuntime(ort: Ort, backend: Backend, threads: number, paths?: string): Runtime {
  ort.env.wasm.numThreads = threads
  ort.env.logLevel = 'error'
  // Threads that never start (a host without the right headers) would otherwise be waited for without end.
  if (threads > 1) ort.env.wasm.initTimeout = 30_000
  if (paths) ort.env.wasm.wasmPaths = paths
  return {
    backend,
    threads,
    session: (bytes) =>
      ort.InferenceSession.create(bytes, {
        executionProviders: [backend],
        graphOptimizationLevel: 'all',
        // Every length of text is a shape of its own: planning memory for each would only hoard it.
        enableMemPattern: false,
      }),
    int64: (values, dims) => {
      const data = new BigInt64Array(values.length)
      for (let i = 0; i < values.length; i++) data[i] = BigInt(values[i])
      return new ort.Tensor('int64', data, dims)
    },
    float32: (values, dims) => new ort.Tensor('float32', values, dims),
  }
}
