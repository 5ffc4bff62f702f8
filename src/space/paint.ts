import type { Theme } from '../comfort.ts'
import { featureById } from '../state/features.ts'
import type { View } from '../state/view.ts'
import { diverging, group } from '../wall/colours.ts'
import { writeActivity } from './activity.ts'
import type { Scene } from './scene.ts'

/** Rings around a disc, as the shader knows them; the strongest that applies is drawn. */
export const Ring = { none: 0, branch: 1, hit: 2, hovered: 3, selected: 4 } as const

/**
 * Colours and states of all nodes, four bytes each. `tint`: red, green, blue, and how lit (255; unlit 0).
 * `state`: ring, size (128 = the common size), and two spare bytes.
 */
export interface Paint {
  tint: Uint8Array
  state: Uint8Array
}

export function writeTints({ tint }: Paint, scene: Scene, view: View, theme: Theme): void {
  const { colour } = view
  const feature = colour.by === 'feature' ? featureById(colour.feature) : undefined
  const activity = feature ? new Float32Array(scene.rows) : null
  if (feature && activity) writeActivity(scene, feature, activity)
  for (let row = 0; row < scene.nodes; row++) {
    const [red, green, blue] = activity ? diverging(theme, activity[row]) : group(theme, scene.groups[row])
    tint[row * 4] = red
    tint[row * 4 + 1] = green
    tint[row * 4 + 2] = blue
  }
}

/** What the hand carries looks like the node it was taken from, and selected. Call last. */
export function writeHand({ tint, state }: Paint, scene: Scene, taken: number): void {
  tint.copyWithin(scene.nodes * 4, taken * 4, taken * 4 + 3)
  tint[scene.nodes * 4 + 3] = 255
  state[scene.nodes * 4] = Ring.selected
  state[scene.nodes * 4 + 1] = 150
}

/** Whether a passage is lit by the wall's brush and the search; branches follow the search alone. */
export function writeLight({ tint }: Paint, scene: Scene, { brush, search, selection, hovered }: View): void {
  const hits = search && search.hits.length > 0 ? search.hits : null
  for (let row = 0; row < scene.nodes; row++) {
    const brushed = !brush || (row < scene.passages && row >= brush.first && row <= brush.last)
    tint[row * 4 + 3] = brushed && !hits ? 255 : 0
  }
  const light = (id: string) => {
    const row = scene.rowOf.get(id)
    if (row !== undefined) tint[row * 4 + 3] = 255
  }
  if (hits && !brush) hits.forEach(light)
  if (hits && brush) {
    for (const id of hits) {
      const row = scene.rowOf.get(id)
      if (row !== undefined && row >= brush.first && row <= brush.last) light(id)
    }
  }
  selection.forEach(light)
  if (hovered) light(hovered)
}

export function writeStates({ state }: Paint, scene: Scene, { hovered, selection, search }: View): void {
  for (let row = 0; row < scene.nodes; row++) {
    const branch = row >= scene.passages
    state[row * 4] = branch ? Ring.branch : Ring.none
    state[row * 4 + 1] = scene.headings[row] ? 176 : branch ? 112 : 128
  }
  const ring = (id: string, kind: number) => {
    const row = scene.rowOf.get(id)
    if (row !== undefined) state[row * 4] = Math.max(state[row * 4], kind)
  }
  for (const id of search?.hits ?? []) ring(id, Ring.hit)
  if (hovered) ring(hovered, Ring.hovered)
  for (const id of selection) ring(id, Ring.selected)
}
