import { createStore } from 'zustand/vanilla'
import { activations } from '../meaning/features.ts'
import { DIMENSIONS, type Feature } from '../meaning/types.ts'
import { allFeatures, featuresStore } from '../state/features.ts'
import { projectStore } from '../state/project.ts'

/** Activations of all passages on all features: n×F in σ, row by row in the order of the vector table. */
export interface Readings {
  values: Float32Array
  count: number
  features: Feature[]
}

export const readingsStore = createStore<Readings>(() => ({ values: new Float32Array(0), count: 0, features: [] }))

/** Longest stretch of work between two breaths of the page, milliseconds: well under the 50 of a long task. */
const BREATH = 12
const ROWS = 64

let turn = 0

/** Work out the readings in small portions; a newer text or feature makes an older turn stop. */
async function refresh(): Promise<void> {
  const mine = ++turn
  const features = allFeatures()
  const { ids, vectors } = projectStore.getState().project.vectors
  const count = ids.length
  const values = new Float32Array(count * features.length)
  let began = performance.now()
  for (let row = 0; row < count; row += ROWS) {
    const last = Math.min(count, row + ROWS)
    values.set(activations(vectors.subarray(row * DIMENSIONS, last * DIMENSIONS), features), row * features.length)
    if (performance.now() - began > BREATH) {
      await new Promise((resolve) => setTimeout(resolve))
      if (mine !== turn) return
      began = performance.now()
    }
  }
  readingsStore.setState({ values, count, features })
}

/** Keep {@link readingsStore} in step with the project. Returns the way to stop. */
export function startReadings(): () => void {
  let vectors = projectStore.getState().project.vectors.vectors
  let contrasts = projectStore.getState().project.contrasts
  void refresh()
  const stops = [
    featuresStore.subscribe(() => void refresh()),
    projectStore.subscribe(({ project }) => {
      if (project.vectors.vectors === vectors && project.contrasts === contrasts) return
      vectors = project.vectors.vectors
      contrasts = project.contrasts
      void refresh()
    }),
  ]
  return () => {
    turn++
    for (const stop of stops) stop()
  }
}
