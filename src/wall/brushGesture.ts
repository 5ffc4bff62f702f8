import { projectStore } from '../state/project.ts'
import { select, viewStore } from '../state/view.ts'
import { bandAt, passageAt } from './strip.ts'
import { GAIN_STEP, setGain, wallStore } from './wallStore.ts'

/** Pixels before a press becomes a drag. */
const SLOP = 4
/** Pixels of a band's drag for a step of its gain. */
const PIXELS_PER_STEP = 8

interface Wall {
  count: number
  /** Feature ids, top to bottom. */
  bands: string[]
}

/**
 * The pointer on the wall: hovering names a cell, a click selects its passage, a drag along the text brushes a span,
 * and a drag up or down inside the span moves the band under the pointer. Returns the way to stop.
 */
export function brushGesture(surface: HTMLElement, { count, bands }: Wall): () => void {
  const cellAt = ({ clientX, clientY }: PointerEvent) => {
    const { left, top, width, height } = surface.getBoundingClientRect()
    const passage = passageAt((clientX - left) / width, { first: 0, last: count - 1 })
    return { passage, band: bandAt((clientY - top) / height, bands.length) }
  }
  const idAt = (passage: number) => projectStore.getState().project.vectors.ids[passage] ?? null

  let press: { x: number; y: number; passage: number; band: number; gain: number } | null = null
  let drag: 'none' | 'brush' | 'band' = 'none'

  const onDown = (event: PointerEvent) => {
    if (event.button !== 0 || count === 0) return
    const cell = cellAt(event)
    const gain = wallStore.getState().gains[bands[cell.band] ?? ''] ?? 0
    press = { x: event.clientX, y: event.clientY, ...cell, gain }
    drag = 'none'
    surface.setPointerCapture(event.pointerId)
  }

  const onMove = (event: PointerEvent) => {
    if (count === 0) return
    const cell = cellAt(event)
    if (!press) {
      wallStore.setState({ cell })
      const hovered = idAt(cell.passage)
      if (viewStore.getState().hovered !== hovered) viewStore.setState({ hovered })
      return
    }
    const [right, down] = [event.clientX - press.x, event.clientY - press.y]
    if (drag === 'none') {
      if (Math.hypot(right, down) < SLOP) return
      const { brush } = viewStore.getState()
      const inside = brush && press.passage >= brush.first && press.passage <= brush.last
      drag = inside && Math.abs(down) > Math.abs(right) ? 'band' : 'brush'
    }
    if (drag === 'band') {
      const feature = bands[press.band]
      if (feature) setGain(feature, press.gain - (down / PIXELS_PER_STEP) * GAIN_STEP)
    } else {
      const [first, last] = [press.passage, cell.passage].sort((a, b) => a - b) as [number, number]
      viewStore.setState({ brush: { first, last } })
    }
  }

  const onUp = () => {
    if (press && drag === 'none') {
      const id = idAt(press.passage)
      if (id) select([id])
    }
    press = null
  }

  const onCancel = () => {
    press = null
  }

  const onLeave = () => {
    if (press) return
    wallStore.setState({ cell: null })
    viewStore.setState({ hovered: null })
  }

  surface.addEventListener('pointerdown', onDown)
  surface.addEventListener('pointermove', onMove)
  surface.addEventListener('pointerup', onUp)
  surface.addEventListener('pointercancel', onCancel)
  surface.addEventListener('pointerleave', onLeave)
  return () => {
    surface.removeEventListener('pointerdown', onDown)
    surface.removeEventListener('pointermove', onMove)
    surface.removeEventListener('pointerup', onUp)
    surface.removeEventListener('pointercancel', onCancel)
    surface.removeEventListener('pointerleave', onLeave)
  }
}
