import type { Calibrations } from '../meaning/confidence.ts'
import type { Inverter, ReadSource } from './inverter.ts'
import type { LensReader } from './lensReader.ts'

/** What writing needs of the model. */
export interface Desk {
  inverter: Inverter | null
  lens: LensReader | null
  calibrations: Calibrations
  embed(texts: string[]): Promise<Float32Array>
  /** A unit of the source, read by the inverter; the latest are remembered. */
  read(text: string, vector: Float32Array): Promise<ReadSource>
  signal?: AbortSignal
  /** Milliseconds for all: later stages are left out where a machine is slow. */
  budget: number
}

/** A text with its vector. */
export interface Text {
  text: string
  vector: Float32Array
}

/** One text to be written. */
export interface Task {
  /** null: there is no source, only a place. */
  source: Text | null
  asked: Float32Array
  along: Float32Array[]
  /** A "not" may come or go. */
  mayNegate: boolean
  seed: number
}
