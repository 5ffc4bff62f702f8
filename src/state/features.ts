import { createStore } from 'zustand/vanilla'
import type { Feature } from '../meaning/types.ts'
import { projectStore } from './project.ts'

/** The shipped features, loaded once at start from `models/features`. */
export const featuresStore = createStore<{ shipped: Feature[]; mean: Float32Array | null }>(() => ({
  shipped: [],
  mean: null,
}))

/** All features of the open project: the shipped ones and the person's own. */
export function allFeatures(): Feature[] {
  return [...featuresStore.getState().shipped, ...projectStore.getState().project.contrasts]
}

export function featureById(id: string): Feature | undefined {
  return allFeatures().find((feature) => feature.id === id)
}
