/**
 * Keys and values of what a decoder has read: float32 [rows, batch, width], time first, so that reading on appends at
 * the end, and taking back is to count fewer rows.
 */
export class Keys {
  rows = 0
  private data: Float32Array

  /** @param width numbers a token and batch entry has: 2 · layers · kvHeads · headDim */
  constructor(
    readonly batch: number,
    readonly width: number,
    capacity = 128,
  ) {
    this.data = new Float32Array(capacity * batch * width)
  }

  /** The rows so far, as a view. */
  view(): Float32Array {
    return this.data.subarray(0, this.rows * this.batch * this.width)
  }

  /** @param fresh [n, batch, width] */
  append(fresh: Float32Array): void {
    const stride = this.batch * this.width
    const rows = this.rows + fresh.length / stride
    if (rows * stride > this.data.length) {
      const more = new Float32Array(Math.max(rows, (1.5 * this.data.length) / stride) * stride)
      more.set(this.view())
      this.data = more
    }
    this.data.set(fresh, this.rows * stride)
    this.rows = rows
  }

  /** Forget all but the first `rows` rows. */
  crop(rows: number): void {
    if (rows > this.rows) throw new RangeError(`Cannot keep ${rows} of ${this.rows} rows.`)
    this.rows = rows
  }

  /** A new cache made of entries of others, all with equally many rows, in the order given (repeats allowed). */
  static gather(entries: [keys: Keys, entry: number][], extra = 64): Keys {
    const { rows, width } = entries[0][0]
    if (entries.some(([keys]) => keys.rows !== rows))
      throw new RangeError('Caches of different lengths cannot be joined.')
    const out = new Keys(entries.length, width, rows + extra)
    let to = 0
    for (let row = 0; row < rows; row++)
      for (const [keys, entry] of entries) {
        const from = (row * keys.batch + entry) * width
        out.data.set(keys.data.subarray(from, from + width), to)
        to += width
      }
    out.rows = rows
    return out
  }
}
