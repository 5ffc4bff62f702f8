import type { WebGLRenderer } from 'three'
import { sight } from '../sight.ts'
import { themeName } from '../theme.ts'
import { CARDS, LabelAtlas, type LabelText, SLOTS } from './atlas.ts'
import { chooseLabels } from './choose.ts'
import { LabelMesh } from './mesh.ts'
import { gatherWishes, type LabelWish, labelBudget } from './wishes.ts'

interface Shown {
  wish: LabelWish
  slot: number
  opacity: number
  /** Whether it is to stay; else it fades away and frees its slot. */
  wanted: boolean
}

/** Keeps the labels on show: which, in which slot of the atlas, how faded. */
export class LabelKeeper {
  readonly mesh: LabelMesh
  stale = true
  renewed = -1
  seen = -1
  private readonly renderer: WebGLRenderer
  private readonly atlas: LabelAtlas
  private readonly shown = new Map<string, Shown>()
  private readonly sizes = new Map<string, { text: string; width: number; height: number }>()
  private readonly free: number[] = []

  constructor(renderer: WebGLRenderer) {
    this.renderer = renderer
    this.atlas = new LabelAtlas(Math.min(2, Math.max(1, Math.ceil(renderer.getPixelRatio()))))
    this.mesh = new LabelMesh(this.atlas.texture, this.atlas.size)
    this.forget()
  }

  /** Everything is to be drawn anew: another theme, a font that has come. */
  forget(): void {
    this.shown.clear()
    this.sizes.clear()
    this.free.length = 0
    for (let slot = SLOTS - 1; slot >= 0; slot--) this.free.push(slot)
  }

  private measure = (key: string, label: LabelText): { width: number; height: number } => {
    let size = this.sizes.get(key)
    if (!size || size.text !== label.text) {
      if (this.sizes.size > 4000) this.sizes.clear()
      size = { text: label.text, ...this.atlas.measure(label) }
      this.sizes.set(key, size)
    }
    return { width: size.width, height: size.height }
  }

  private takeSlot(card: boolean): number {
    for (let i = this.free.length - 1; i >= 0; i--) {
      if (this.free[i] < CARDS === card) return this.free.splice(i, 1)[0]
    }
    return -1
  }

  /** Choose anew. */
  renew(): void {
    this.stale = false
    const onShow = new Set<string>()
    for (const [key, { wanted }] of this.shown) if (wanted) onShow.add(key)
    const chosen = chooseLabels(gatherWishes(this.measure, onShow), onShow, labelBudget()) as LabelWish[]
    for (const entry of this.shown.values()) entry.wanted = false
    const fresh: Shown[] = []
    for (const wish of chosen) {
      const entry = this.shown.get(wish.key)
      if (entry) {
        const changed = entry.wish.label.text !== wish.label.text
        entry.wish = wish
        entry.wanted = true
        if (changed) fresh.push(entry)
        continue
      }
      const slot = this.takeSlot(wish.label.style === 'card')
      if (slot < 0) continue
      const added = { wish, slot, opacity: 0, wanted: true }
      this.shown.set(wish.key, added)
      fresh.push(added)
    }
    fresh.forEach(({ slot, wish }, index) => {
      this.atlas.draw(this.renderer, slot, wish.label, themeName(), index === fresh.length - 1)
    })
  }

  /** Let `step` (1 = the whole fade) pass. Returns whether anything is still fading. */
  fade(step: number): boolean {
    let fading = false
    let index = 0
    const put = (entry: Shown) => {
      const { wish, slot, opacity } = entry
      this.mesh.put(index++, slot, wish, wish.offset, wish, opacity, wish.side)
    }
    for (const [key, entry] of this.shown) {
      const goal = entry.wanted ? 1 : 0
      if (entry.opacity !== goal) {
        entry.opacity = goal > entry.opacity ? Math.min(1, entry.opacity + step) : Math.max(0, entry.opacity - step)
        fading ||= entry.opacity !== goal
        if (entry.opacity === 0 && !entry.wanted) {
          this.shown.delete(key)
          this.free.push(entry.slot)
          continue
        }
      }
      if (entry.wish.label.style !== 'card') put(entry)
    }
    // What is pointed at lies over everything else.
    for (const entry of this.shown.values()) if (entry.wish.label.style === 'card') put(entry)
    this.mesh.material.depthTest = sight.inHeadset
    this.mesh.filled(index)
    return fading
  }

  open(): void {
    this.stale = true
  }

  close(): void {
    this.mesh.dispose()
    this.atlas.dispose()
    this.forget()
  }
}
