import { createStore } from 'zustand/vanilla'

/** Whether the beginning is over: what was open last, or a sample, is open now or could not be. */
export const startedStore = createStore<{ started: boolean }>(() => ({ started: false }))
