import { createStore } from 'zustand/vanilla'

export type Layer = 'palette' | 'projects' | 'paste' | 'help' | 'feature' | 'contrast' | null

/** What lies over the space now: at most one dialog, and on a phone at most one sheet. */
export const layersStore = createStore<{
  open: Layer
  /** The feature whose evidence is shown. */
  feature: string | null
  sheet: 'text' | 'wall' | 'inspector' | null
}>(() => ({ open: null, feature: null, sheet: null }))

export const openLayer = (open: Layer): void => layersStore.setState({ open })
export const closeLayer = (): void => layersStore.setState({ open: null })

export const showFeature = (feature: string): void => layersStore.setState({ open: 'feature', feature })
