import { createStore } from 'zustand/vanilla'
import type { Candidate, Move, Vec3, Word } from '../meaning/types.ts'

/**
 * A pull in progress: the hand carries a branch-to-be while the original stays. Written by `gestures/pull.ts`,
 * read by the space, the panels and the headset alike.
 */
export interface Pull {
  /** The node that was taken. */
  node: string
  /** Where it was taken, and where the hand has it now, in space coordinates. */
  from: Vec3
  at: Vec3
  move: Move
  /** Asked activation change in σ per feature, for the read-out beside the hand. */
  sigmas: Record<string, number>
  asked: Float32Array
  /** The lens' words at once. */
  words: { gained: Word[]; lost: Word[] }
  /** The newest text for where the hand is, or was a moment ago. */
  preview: Candidate | null
  phase: 'held' | 'settling'
  /** The way along which the hand slides, where it does: from where it took the node to where it met the other. */
  filament?: { from: Vec3; to: Vec3 } | null
}

export const pullStore = createStore<{ pull: Pull | null }>(() => ({ pull: null }))
