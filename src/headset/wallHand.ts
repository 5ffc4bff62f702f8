import type { Vector2 } from 'three'
import { projectStore } from '../state/project.ts'
import { viewStore } from '../state/view.ts'
import { bandAt, passageAt } from '../wall/strip.ts'
import { setGain, wallStore } from '../wall/wallStore.ts'
import { tick } from './haptics.ts'
import { type HandEvent, point, sideOf } from './pointed.ts'
import { pointOut } from './selecting.ts'
import type { WallMesh } from './wallMesh.ts'

/** The wall's left part holds the names of its bands; the passages stand in the rest. Share of the width. */
export const NAMES = 0.16

/** A drag longer than this is a brush or a band's way, not a choice. Metres on the wall. */
const SLOP = 0.02

/** Metres up or down the wall for one σ of a band. */
const METRES_PER_SIGMA = 0.1

export interface Board {
  count: number
  /** Feature ids, top to bottom. */
  bands: string[]
}

/** Where a span of passages stands on the wall, shares of its width. */
export const spanShares = (first: number, last: number, count: number): [number, number] => [
  NAMES + ((1 - NAMES) * first) / count,
  NAMES + ((1 - NAMES) * (last + 1)) / count,
]

interface Press {
  pointer: number
  from: Vector2
  passage: number
  band: number
  gain: number
  drag: 'none' | 'brush' | 'band'
}

/**
 * A hand on the wall, by ray or fingertip: hovering names a cell, a press chooses its passage, a drag along the text
 * brushes a span, a drag up or down inside the span moves the band. The same verbs as the mouse has on the screen's wall.
 */
export function wallHand(mesh: WallMesh, board: () => Board): () => void {
  let press: Press | null = null

  const cellAt = ({ uv }: HandEvent) => {
    const { count, bands } = board()
    if (!uv || count === 0) return null
    const share = Math.max(0, (uv.x - NAMES) / (1 - NAMES))
    return { passage: passageAt(share, { first: 0, last: count - 1 }), band: bandAt(1 - uv.y, bands.length) }
  }

  const move = (event: HandEvent) => {
    const side = sideOf(event)
    const cell = cellAt(event)
    if (!cell || !event.uv || !side) return
    point(side, { what: 'wall' })
    if (press?.pointer === event.pointerId) return drag(press, event.uv as Vector2, cell.passage)
    const before = wallStore.getState().cell
    if (before?.band === cell.band && before.passage === cell.passage) return
    tick(side, 'hover')
    wallStore.setState({ cell })
    viewStore.setState({ hovered: projectStore.getState().project.vectors.ids[cell.passage] ?? null })
  }

  const drag = (now: Press, uv: Vector2, passage: number) => {
    const right = (uv.x - now.from.x) * mesh.width
    const up = (uv.y - now.from.y) * mesh.height
    if (now.drag === 'none') {
      if (Math.hypot(right, up) < SLOP) return
      const { brush } = viewStore.getState()
      const inside = brush && now.passage >= brush.first && now.passage <= brush.last
      now.drag = inside && Math.abs(up) > Math.abs(right) ? 'band' : 'brush'
    }
    if (now.drag === 'band') {
      const feature = board().bands[now.band]
      if (feature) setGain(feature, now.gain + up / METRES_PER_SIGMA)
    } else {
      viewStore.setState({
        brush: { first: Math.min(now.passage, passage), last: Math.max(now.passage, passage) },
      })
    }
  }

  const down = (event: HandEvent) => {
    const cell = cellAt(event)
    if (!cell || !event.uv) return
    const gain = wallStore.getState().gains[board().bands[cell.band]] ?? 0
    press = { pointer: event.pointerId, from: event.uv.clone() as Vector2, ...cell, gain, drag: 'none' }
  }

  const up = (event: HandEvent) => {
    if (press?.pointer !== event.pointerId) return
    const id = projectStore.getState().project.vectors.ids[press.passage]
    if (press.drag === 'none' && id) pointOut(id)
    press = null
  }

  const out = (event: HandEvent) => {
    const side = sideOf(event)
    if (side) point(side, null)
    if (press?.pointer === event.pointerId) press = null
    wallStore.setState({ cell: null })
    viewStore.setState({ hovered: null })
  }

  const listeners = { pointermove: move, pointerdown: down, pointerup: up, pointerout: out }
  // Its events are the headset's, which the library's types do not know.
  const target = mesh as unknown as {
    addEventListener(type: string, listener: (event: HandEvent) => void): void
    removeEventListener(type: string, listener: (event: HandEvent) => void): void
  }
  for (const [type, listener] of Object.entries(listeners)) target.addEventListener(type, listener)
  return () => {
    for (const [type, listener] of Object.entries(listeners)) target.removeEventListener(type, listener)
  }
}
