import { createStore } from 'zustand/vanilla'
import type { StripOrder } from '../meaning/spectrogram.ts'

/** What the wall keeps for itself: how it is ordered, where its cursor is, and the bands dragged up or down. */
export const wallStore = createStore<{
  order: StripOrder
  /** Gaussian over passages, in passages; 0 = none. */
  smoothing: number
  /** The cell under the pointer or the keys: a band (from the top) and a passage row. */
  cell: { band: number; passage: number } | null
  /** Gains in σ asked over the brushed span, by feature. */
  gains: Record<string, number>
}>(() => ({ order: 'liveliest', smoothing: 0, cell: null, gains: {} }))

/** Bands move by quarters of a σ, as keys do everywhere; no further than ± 3 σ. */
export const GAIN_STEP = 0.25
const GAIN_LIMIT = 3

export function setGain(feature: string, sigma: number): void {
  const stepped = Math.round(sigma / GAIN_STEP) * GAIN_STEP
  const gain = Math.max(-GAIN_LIMIT, Math.min(GAIN_LIMIT, stepped))
  wallStore.setState(({ gains: { [feature]: _, ...others } }) => ({
    gains: gain === 0 ? others : { ...others, [feature]: gain },
  }))
}

export const clearGains = (): void => wallStore.setState({ gains: {} })
