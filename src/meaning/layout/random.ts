/**
 * Marsaglia's xorshift32, with its seed spread by one round of a 32-bit mixer (so that seeds 1 and 2 do not start
 * alike). Integers only: the same numbers in every engine.
 */
export class Random {
  private state: number

  constructor(seed: number) {
    let mixed = (seed ^ 0x9e3779b9) | 0
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
    this.state = (mixed ^ (mixed >>> 16)) | 0 || 1
  }

  /** 32 bits, as an unsigned integer. */
  bits(): number {
    let x = this.state
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    this.state = x
    return x >>> 0
  }

  /** In [0, 1). */
  next(): number {
    return this.bits() / 4_294_967_296
  }

  /** An integer in [0, count). */
  below(count: number): number {
    return Math.floor(this.next() * count)
  }

  /** Standard normal (Box and Muller). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next())
  }

  /** `count` different integers in [0, of), ascending. */
  sample(of: number, count: number): Uint32Array {
    const all = Uint32Array.from({ length: of }, (_, i) => i)
    const size = Math.min(of, count)
    for (let i = 0; i < size; i++) {
      const other = i + this.below(of - i)
      const swapped = all[i]
      all[i] = all[other]
      all[other] = swapped
    }
    return all.slice(0, size).sort()
  }
}
