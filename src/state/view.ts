import { createStore } from 'zustand/vanilla'

export type AxisName = 'x' | 'y' | 'z'

/** How the person looks at the project; saved with it, but no part of undo. */
export interface View {
  /** Passage and branch ids; the first is the one the inspector shows. */
  selection: string[]
  hovered: string | null
  /** Feature ids on the axes. */
  axes: Record<AxisName, string | null>
  /** 0 = map, 1 = axes; between, positions are mixed. */
  blend: number
  /** What colour means now: the passage's section or document, or one feature. */
  colour: { by: 'group' } | { by: 'feature'; feature: string }
  /** The feature whose key is held or chosen on the palette: pulls follow it. */
  heldFeature: string | null
  /** Passage rows lit from the wall or by a search; null = all. */
  brush: { first: number; last: number } | null
  search: { query: string; hits: string[] } | null
  /** Threads from the selection to its true nearest neighbours. */
  showNeighbours: boolean
  panels: { text: boolean; wall: boolean; inspector: boolean }
}

export const firstView: View = {
  selection: [],
  hovered: null,
  axes: { x: null, y: null, z: null },
  blend: 0,
  colour: { by: 'group' },
  heldFeature: null,
  brush: null,
  search: null,
  showNeighbours: true,
  panels: { text: true, wall: true, inspector: false },
}

export const viewStore = createStore<View>(() => firstView)

/** Select nodes (or none); `add` keeps what was selected, and lets go of what was selected already. */
export function select(ids: string[], { add = false } = {}): void {
  viewStore.setState(({ selection }) => {
    if (!add) return { selection: ids }
    const kept = selection.filter((id) => !ids.includes(id))
    const fresh = ids.filter((id) => !selection.includes(id))
    return { selection: [...kept, ...new Set(fresh)] }
  })
}
