import { useThree } from '@react-three/fiber'
import { useEffect, useMemo } from 'react'
import { projectStore } from '../../state/project.ts'
import { type View, viewStore } from '../../state/view.ts'
import { onThemeChange } from '../theme.ts'
import { LineMesh } from './lineMesh.ts'
import type { Ends } from './material.ts'

/**
 * A mesh of lines that is filled anew when the project, the theme or one of the named parts of the view changes.
 * `fill` must be stable (a function of the module).
 */
export function useLines(
  name: string,
  ends: Ends,
  fill: (lines: LineMesh) => void,
  { on = [], steps = 1, order = 0 }: { on?: (keyof View)[]; steps?: number; order?: number } = {},
): LineMesh {
  const lines = useMemo(() => new LineMesh(ends, name, { steps, order }), [ends, name, steps, order])
  const invalidate = useThree(({ invalidate }) => invalidate)
  const parts = on.join()

  useEffect(() => {
    const names = parts.split(',').filter(Boolean) as (keyof View)[]
    const refill = () => {
      lines.begin()
      fill(lines)
      lines.end()
      invalidate()
    }
    refill()
    const stops = [
      projectStore.subscribe(refill),
      onThemeChange(refill),
      viewStore.subscribe((now, before) => {
        if (names.some((part) => now[part] !== before[part])) refill()
      }),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [lines, fill, invalidate, parts])

  useEffect(() => () => lines.dispose(), [lines])
  return lines
}
