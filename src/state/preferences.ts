import { persist } from 'zustand/middleware'
import { createStore } from 'zustand/vanilla'

/** What holds for this person on this device, over all projects. */
export interface Preferences {
  theme: 'night' | 'paper' | 'system'
  reducedMotion: 'system' | 'always' | 'never'
  /** Hints already shown once: look, read, pull. */
  hintsSeen: string[]
  turn: 'snap30' | 'snap45' | 'smooth'
  leftHanded: boolean
  /** Soft sounds that double what a controller lets the hand feel. */
  sounds: boolean
}

export const preferencesStore = createStore<Preferences>()(
  persist(
    (): Preferences => ({
      theme: 'night',
      reducedMotion: 'system',
      hintsSeen: [],
      turn: 'snap45',
      leftHanded: false,
      sounds: true,
    }),
    { name: 'noema-preferences' },
  ),
)
