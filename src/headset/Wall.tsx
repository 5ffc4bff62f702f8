import { useFrame } from '@react-three/fiber'
import { useEffect, useMemo, useRef } from 'react'
import type { Group } from 'three'
import { useStore } from 'zustand'
import { spectrogram } from '../meaning/spectrogram.ts'
import { onThemeChange, themeColours, themeName } from '../space/theme.ts'
import { viewStore } from '../state/view.ts'
import { readingsStore } from '../wall/readings.ts'
import { wallImage } from '../wall/strip.ts'
import { wallStore } from '../wall/wallStore.ts'
import { head, headYaw } from './hands.ts'
import { CellPanel, SpanPanel } from './WallPanels.tsx'
import { NAMES, spanShares, wallHand } from './wallHand.ts'
import { BAND_HEIGHT, WALL_ASIDE, WALL_BELOW, WALL_WIDTH, WallMesh } from './wallMesh.ts'

const PIXELS_PER_METRE = 640

/** The spectrogram as a wall to walk along: the same strips, brush and gains as on the screen. */
export function Wall() {
  const shown = useStore(viewStore, ({ panels }) => panels.wall)
  const { values, count, features } = useStore(readingsStore)
  const { order, smoothing } = useStore(wallStore)
  const strips = useMemo(
    () => spectrogram(values, features.length, { order, smoothing }),
    [values, features, order, smoothing],
  )
  const bands = useMemo(() => strips.order.map((index) => features[index]), [strips, features])
  const mesh = useMemo(
    () => (bands.length > 0 ? new WallMesh(WALL_WIDTH, bands.length * BAND_HEIGHT) : null),
    [bands.length],
  )
  const group = useRef<Group>(null)

  // It stands beside where the person was when it came up, and stays there.
  const placed = useRef(false)
  useFrame(() => {
    if (!group.current) placed.current = false
    else if (!placed.current && head.tracked) {
      group.current.position.set(head.at.x, Math.max(0.6, head.at.y - WALL_BELOW), head.at.z)
      group.current.rotation.y = headYaw() + WALL_ASIDE
      placed.current = true
    }
  })

  useEffect(() => {
    if (!mesh) return
    const paint = () => {
      const { ground, ink, accent } = themeColours()
      const { canvas } = mesh
      canvas.width = Math.round(WALL_WIDTH * PIXELS_PER_METRE)
      canvas.height = Math.round(mesh.height * PIXELS_PER_METRE)
      const context = canvas.getContext('2d')!
      context.fillStyle = ground
      context.fillRect(0, 0, canvas.width, canvas.height)
      const left = Math.round(canvas.width * NAMES)
      const window = { first: 0, last: count - 1 }
      const { data, width, height } = wallImage(canvas.width - left, canvas.height, {
        strips,
        window,
        theme: themeName(),
      })
      context.putImageData(new ImageData(data, width, height), left, 0)
      const each = canvas.height / bands.length
      context.fillStyle = ink
      context.textBaseline = 'middle'
      context.textAlign = 'right'
      context.font = `500 ${each * 0.7}px "Inter Variable", sans-serif`
      bands.forEach(({ name }, band) => {
        context.fillText(name, left - 14, (band + 0.5) * each, left - 20)
      })
      mesh.repaint(ink, accent)
    }
    paint()
    return onThemeChange(paint)
  }, [mesh, strips, bands, count])

  useEffect(() => {
    if (!mesh) return
    const mark = () => {
      const { cell } = wallStore.getState()
      const { brush } = viewStore.getState()
      mesh.mark(brush && spanShares(brush.first, brush.last, count))
      if (!cell) return mesh.frame(null)
      const [left, right] = spanShares(cell.passage, cell.passage, count)
      mesh.frame([left, 1 - (cell.band + 1) / bands.length, right, 1 - cell.band / bands.length])
    }
    mark()
    const stops = [
      wallStore.subscribe(mark),
      viewStore.subscribe(mark),
      wallHand(mesh, () => ({ count, bands: bands.map(({ id }) => id) })),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [mesh, bands, count])

  useEffect(() => () => mesh?.dispose(), [mesh])

  if (!shown || !mesh || count === 0) return null
  return (
    <>
      <group ref={group}>
        <primitive object={mesh} />
      </group>
      <CellPanel mesh={mesh} bands={bands} strips={strips} />
      <SpanPanel mesh={mesh} count={count} />
    </>
  )
}
