import { useFrame, useThree } from '@react-three/fiber'
import { useEffect, useMemo } from 'react'
import { motion } from '../comfort.ts'
import { projectStore } from '../state/project.ts'
import { pullStore } from '../state/pull.ts'
import { viewStore } from '../state/view.ts'
import { LabelKeeper } from './labels/keeper.ts'
import { positionsBuffer } from './positions.ts'
import { sight } from './sight.ts'
import { onThemeChange, reducedMotion } from './theme.ts'

/** Labels are chosen anew at most this often, seconds: often enough to follow, seldom enough to read. */
const RENEWAL = 0.12

/** Up to 64 labels, in two draw calls at most: what is selected, pointed at, found and near, then what stands for most. */
export function Labels() {
  const gl = useThree(({ gl }) => gl)
  const invalidate = useThree(({ invalidate }) => invalidate)
  const keeper = useMemo(() => new LabelKeeper(gl), [gl])

  useEffect(() => {
    keeper.open()
    const renew = () => {
      keeper.stale = true
      invalidate()
    }
    const redraw = () => {
      keeper.forget()
      renew()
    }
    const fonts = typeof document === 'undefined' ? undefined : document.fonts
    fonts?.addEventListener('loadingdone', redraw)
    // The atlas lived on the graphics card; when the card comes back, it is blank.
    const canvas = gl.domElement
    canvas.addEventListener('webglcontextrestored', redraw)
    // The book face may not be on the page yet; ask for it, so that the first labels are not set in another.
    void Promise.all([fonts?.load("14px 'Literata Variable'"), fonts?.load("12px 'Inter Variable'")]).then(redraw)
    const stops = [
      projectStore.subscribe(renew),
      pullStore.subscribe(renew),
      onThemeChange(redraw),
      viewStore.subscribe(renew),
      () => fonts?.removeEventListener('loadingdone', redraw),
      () => canvas.removeEventListener('webglcontextrestored', redraw),
    ]
    return () => {
      for (const stop of stops) stop()
      keeper.close()
    }
  }, [keeper, invalidate, gl])

  useFrame(({ clock }, seconds) => {
    if (keeper.seen !== sight.version + positionsBuffer.version) {
      keeper.seen = sight.version + positionsBuffer.version
      keeper.stale = true
    }
    const wait = keeper.renewed + RENEWAL - clock.elapsedTime
    if (keeper.stale && wait <= 0) {
      keeper.renewed = clock.elapsedTime
      keeper.renew()
    }
    const fading = keeper.fade(reducedMotion() ? 1 : (seconds * 1000) / motion.quick)
    if (fading || keeper.stale) invalidate()
  })

  return <primitive object={keeper.mesh} />
}
