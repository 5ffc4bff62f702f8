import { createStore } from 'zustand/vanilla'
import type { Confidence, Word } from '../meaning/types.ts'

/**
 * The point of the sheet that is being read: what lies there, between three or four passages. Written by
 * `gestures/sheetPoint.ts`, read by the space, the desktop and the headset alike.
 */
export interface ReadPoint {
  /** The nodes the sheet goes through, and how much each counts at the point; the weights sum to 1. */
  anchors: string[]
  weights: number[]
  /** The lens' words at once. */
  words: Word[]
  /** The newest sentence for the point; null while there is none. */
  text: string | null
  /** How near the sentence comes to the point; null before it is settled, and at an anchor. */
  sure: Confidence['word'] | null
  /** Still looked for; found, or given up where there is no text; being made a branch. */
  phase: 'looking' | 'found' | 'keeping'
}

export const sheetPointStore = createStore<{ point: ReadPoint | null }>(() => ({ point: null }))
