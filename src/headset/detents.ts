/** The feature that a pull moves most, and by how much in σ; null where it moves none by name. */
export function leading(sigmas: Record<string, number>): { feature: string; sigma: number } | null {
  let most: { feature: string; sigma: number } | null = null
  for (const [feature, sigma] of Object.entries(sigmas)) {
    if (!most || Math.abs(sigma) > Math.abs(most.sigma)) most = { feature, sigma }
  }
  return most
}

/** How far past a mark a hand must go back before the mark can be felt again, in σ: a resting hand trembles. */
const SLACK = 0.12

/**
 * The marks of a scale, felt as they are passed: every σ lightly, the feature's natural step firmly.
 * Keeps which mark the hand rests at, so that trembling on one is felt once.
 */
export class Detents {
  private whole = 0
  private beyond = false

  /** @returns what passing from the last value to `sigma` feels like, or null. */
  feel(sigma: number, naturalStep: number): 'detent' | 'step' | null {
    const size = Math.abs(sigma)
    const beyond = size >= naturalStep - (this.beyond ? SLACK : 0)
    const stepped = beyond !== this.beyond
    this.beyond = beyond
    const nearest = Math.round(sigma)
    const passed = nearest !== this.whole && Math.abs(sigma - this.whole) > 1 - SLACK
    if (passed) this.whole = sigma > this.whole ? Math.floor(sigma + SLACK) : Math.ceil(sigma - SLACK)
    if (stepped && beyond) return 'step'
    return passed && this.whole !== 0 ? 'detent' : null
  }
}
