/** A node must be rested on this long before letting go there means to blend with it, as with a mouse. Milliseconds. */
const DWELL = 320

/** Opening the fingers moves them off it: what was rested on so short a time ago still counts. Milliseconds. */
const MEMORY = 150

/** Tells resting on a node from passing over it. */
export class Resting {
  private on: string | null = null
  private since = 0
  private meant: string | null = null
  private left = 0

  /** What is carried is on this node now, or on none. @returns what letting go would blend it with. */
  meet(node: string | null, now: number): string | null {
    if (node !== this.on) {
      if (this.on === this.meant) this.left = now
      this.on = node
      this.since = now
    }
    if (node && now - this.since >= DWELL) this.meant = node
    this.meant = this.means(now)
    return this.meant
  }

  /** What letting go would blend it with, or null. */
  means(now: number): string | null {
    return this.on === this.meant || now - this.left < MEMORY ? this.meant : null
  }
}
