import { type RefObject, useEffect, useRef } from 'react'

/** So near (pixels) the pointer, and what it carries, would be hidden. */
const MARGIN = 40

/** For a panel that floats over the space: where the pointer comes under it, it goes to the other end (`data-low`). */
export function useMakingWay(): RefObject<HTMLDivElement | null> {
  const panel = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const move = ({ clientX, clientY }: PointerEvent) => {
      const { current } = panel
      if (!current) return
      const { left, right, top, bottom } = current.getBoundingClientRect()
      const near =
        clientX > left - MARGIN && clientX < right + MARGIN && clientY > top - MARGIN && clientY < bottom + MARGIN
      if (!near) return
      const stage = current.offsetParent!.getBoundingClientRect()
      current.toggleAttribute('data-low', clientY < (stage.top + stage.bottom) / 2)
    }
    window.addEventListener('pointermove', move)
    return () => window.removeEventListener('pointermove', move)
  }, [])
  return panel
}
