/** How far the source is searched for the token that was chosen instead of the proposed one. */
const AHEAD = 8
const BEHIND = 3

/**
 * Proposes what comes next in a text that mostly copies its source. Where the text departs, the place in the source is
 * found again by the next token that they share.
 */
export class Draft {
  private at = 0

  constructor(
    private readonly source: number[],
    private readonly end: number,
  ) {}

  /** Up to `count` tokens of the source from here on, and its end. Nothing for an empty source. */
  next(count: number): number[] {
    if (!this.source.length || count <= 0) return []
    const tokens = this.source.slice(this.at, this.at + count)
    return tokens.length < count ? [...tokens, this.end] : tokens
  }

  /** Told each token that the text really goes on with. */
  chosen(token: number): void {
    if (this.source[this.at] === token) {
      this.at++
      return
    }
    for (let i = this.at + 1; i <= this.at + AHEAD && i < this.source.length; i++)
      if (this.source[i] === token) {
        this.at = i + 1
        return
      }
    for (let i = this.at - 1; i >= this.at - BEHIND && i >= 0; i--)
      if (this.source[i] === token) {
        this.at = i + 1
        return
      }
    // Neither ahead nor just behind: most likely one word stands for another.
    this.at = Math.min(this.at + 1, this.source.length)
  }
}
