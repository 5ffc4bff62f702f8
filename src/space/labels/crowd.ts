/** Side of a bin, pixels. */
const BIN = 18

/** How many nodes lie where in the view, coarsely: labels look for places where they hide few. */
export class Crowd {
  private columns = 0
  private lines = 0
  private bins = new Uint16Array(0)

  /** @param screen rows of x, y and distance; NaN where out of view. */
  count(screen: Float32Array, count: number, width: number, height: number): void {
    this.columns = Math.ceil(width / BIN)
    this.lines = Math.ceil(height / BIN)
    if (this.bins.length < this.columns * this.lines) this.bins = new Uint16Array(this.columns * this.lines)
    this.bins.fill(0)
    for (let i = 0; i < count * 3; i += 3) {
      const column = Math.floor(screen[i] / BIN)
      const line = Math.floor(screen[i + 1] / BIN)
      if (column >= 0 && column < this.columns && line >= 0 && line < this.lines)
        this.bins[line * this.columns + column]++
    }
  }

  /** About how many nodes a box would hide. */
  under(x: number, y: number, width: number, height: number): number {
    const left = Math.max(0, Math.floor(x / BIN))
    const right = Math.min(this.columns - 1, Math.floor((x + width) / BIN))
    const top = Math.max(0, Math.floor(y / BIN))
    const bottom = Math.min(this.lines - 1, Math.floor((y + height) / BIN))
    let sum = 0
    for (let line = top; line <= bottom; line++) {
      for (let column = left; column <= right; column++) sum += this.bins[line * this.columns + column]
    }
    // Bins reach beyond the box: count what part of them it covers.
    const bins = Math.max(1, (right - left + 1) * (bottom - top + 1))
    return (sum * (width * height)) / (bins * BIN * BIN)
  }
}
