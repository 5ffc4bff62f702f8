import type { KeyboardEvent } from 'react'
import type { Feature } from '../meaning/types.ts'
import { projectStore } from '../state/project.ts'
import { select, viewStore } from '../state/view.ts'
import { clearGains, GAIN_STEP, setGain, wallStore } from './wallStore.ts'

/** The wall by keys alone: walk, brush, move a band, select. */
export function wallKeys(event: KeyboardEvent, count: number, bands: Feature[]): void {
  if (event.ctrlKey || event.metaKey || event.altKey || count === 0 || bands.length === 0) return
  const cell = wallStore.getState().cell ?? { band: 0, passage: 0 }
  const { brush } = viewStore.getState()

  const walk = (band: number, passage: number) => {
    const next = {
      band: Math.max(0, Math.min(bands.length - 1, cell.band + band)),
      passage: Math.max(0, Math.min(count - 1, cell.passage + passage)),
    }
    wallStore.setState({ cell: next })
    viewStore.setState({ hovered: projectStore.getState().project.vectors.ids[next.passage] ?? null })
    if (!event.shiftKey || passage === 0) return
    // The end of the brush that the cursor stands on moves; the other one stays.
    const from = !brush ? cell.passage : cell.passage === brush.first ? brush.last : brush.first
    viewStore.setState({ brush: { first: Math.min(from, next.passage), last: Math.max(from, next.passage) } })
  }
  const gain = (step: number) => {
    const feature = bands[cell.band]
    if (brush && feature) setGain(feature.id, (wallStore.getState().gains[feature.id] ?? 0) + step)
  }
  const leap = Math.max(1, Math.round(count / 10))
  const keys = new Map<string, () => void>([
    ['ArrowLeft', () => walk(0, -1)],
    ['ArrowRight', () => walk(0, 1)],
    ['ArrowUp', () => walk(-1, 0)],
    ['ArrowDown', () => walk(1, 0)],
    ['PageUp', () => walk(0, -leap)],
    ['PageDown', () => walk(0, leap)],
    ['Home', () => walk(0, -count)],
    ['End', () => walk(0, count)],
    ['+', () => gain(GAIN_STEP)],
    ['=', () => gain(GAIN_STEP)],
    ['-', () => gain(-GAIN_STEP)],
    [
      'Enter',
      () => {
        const id = projectStore.getState().project.vectors.ids[cell.passage]
        if (id) select([id])
      },
    ],
    [
      'Escape',
      () => {
        clearGains()
        viewStore.setState({ brush: null })
      },
    ],
  ])
  const run = keys.get(event.key)
  if (!run) return
  event.preventDefault()
  event.stopPropagation()
  run()
}
