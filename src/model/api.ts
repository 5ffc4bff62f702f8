import type { Candidate, Move, Word } from '../meaning/types.ts'

/**
 * What the model worker offers, as its typed client shows it. All calls reject with a plain-worded Error;
 * an aborted call rejects with an AbortError.
 */
export interface ModelClient {
  /** Start loading the encoder (and after it lens and inverter); safe to call again. Progress in bytes. */
  load(what: 'encoder' | 'lens' | 'inverter', progress?: (loaded: number, total: number) => void): Promise<ModelInfo>
  /** texts → unit vectors, n×384 in the order given. Sorted by length inside; cached by content and model hash. */
  embed(
    texts: string[],
    options?: { progress?: (done: number, total: number) => void; signal?: AbortSignal },
  ): Promise<{ vectors: Float32Array; truncated: number[] }>
  /** The words a vector most likely carries; some milliseconds. */
  lens(vector: Float32Array, count: number): Promise<Word[]>
  /** The words a movement brings in and lets go. */
  lensChange(from: Float32Array, to: Float32Array, count: number): Promise<{ gained: Word[]; lost: Word[] }>
  /** Source text picked up: its keys and values are computed once and kept for the gesture. */
  pickUp(source: string, vector: Float32Array): Promise<void>
  /** The first (greedy) text for the asked vector, streamed; latest-only: an older call in flight is dropped. */
  preview(request: InvertRequest, partial?: (text: string) => void): Promise<Candidate>
  /** Nobody waits for the preview under way any more. */
  dropPreview(): void
  /** Candidates at several strengths with corrections, or a search between texts; embedded again, best first. */
  settle(request: InvertRequest, signal?: AbortSignal): Promise<Settled>
}

export interface ModelInfo {
  name: string
  sha256: string
  backend: 'webgpu' | 'wasm'
  threads: number
}

export interface InvertRequest {
  /** null: invert the vector alone (an empty place of the space). */
  source: { text: string; vector: Float32Array } | null
  asked: Float32Array
  /** Unit directions of the features the move is about (rows of 384): progress is measured along them; else along Δ. */
  along: Float32Array[]
  move: Move
  /** The texts between which the place lies, the source among them: of a blend or a slice. */
  between?: { text: string; vector: Float32Array }[]
  seed: number
}

export interface Settled {
  candidates: Candidate[]
  confidence: { value: number; word: 'close' | 'near' | 'off the map' }
  timing: { first: number; settled: number }
}
