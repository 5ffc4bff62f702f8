import { Canvas, useThree } from '@react-three/fiber'
import { type ReactNode, useEffect, useState } from 'react'
import { Color } from 'three'
import { useStore } from 'zustand'
import { Headset } from '../headset/Headset.tsx'
import { vrOffered } from '../headset/session.ts'
import { Space } from '../space/Space.tsx'
import { sight } from '../space/sight.ts'
import { onThemeChange, themeColours } from '../space/theme.ts'
import { select } from '../state/view.ts'
import type { Inset } from './freeView.ts'
import { NodeDrag } from './NodeDrag.tsx'
import { Orbit } from './Orbit.tsx'
import { NoPicture } from './stage/NoPicture.tsx'

const NONE: Inset = { left: 0, right: 0, top: 0, bottom: 0 }

/** Whether this browser can draw in three dimensions at all; asked once, on a canvas of its own. */
function canDraw(): boolean {
  const context = document.createElement('canvas').getContext('webgl2')
  context?.getExtension('WEBGL_lose_context')?.loseContext()
  return context !== null
}

/** Ground colour behind everything. */
function Backdrop() {
  const scene = useThree(({ scene }) => scene)
  const invalidate = useThree(({ invalidate }) => invalidate)
  useEffect(() => {
    const paint = () => {
      scene.background = new Color(themeColours().ground)
      invalidate()
    }
    paint()
    return onThemeChange(paint)
  }, [scene, invalidate])
  return null
}

/** Tell when the graphics card lets go of the picture, and draw again when it is back. */
function Watch({ onLost }: { onLost: (lost: boolean) => void }) {
  const gl = useThree(({ gl }) => gl)
  const invalidate = useThree(({ invalidate }) => invalidate)
  useEffect(() => {
    const canvas = gl.domElement
    const lost = (event: Event) => {
      event.preventDefault()
      onLost(true)
    }
    const restored = () => {
      onLost(false)
      invalidate()
    }
    if (gl.getContext().isContextLost()) onLost(true)
    canvas.addEventListener('webglcontextlost', lost)
    canvas.addEventListener('webglcontextrestored', restored)
    return () => {
      canvas.removeEventListener('webglcontextlost', lost)
      canvas.removeEventListener('webglcontextrestored', restored)
    }
  }, [gl, invalidate, onLost])
  return null
}

/** The space: before a screen on its ground, in a headset on the floor of the room. */
function Stage() {
  const inside = useStore(vrOffered, (headset) => headset.inside)
  return (
    <Headset>
      <Space ground={!inside} />
    </Headset>
  )
}

/**
 * The space in a window: canvas, camera, pointers and keys. It fills its parent. `inset` tells what panels cover.
 */
export function DesktopSpace({ inset = NONE, children }: { inset?: Inset; children?: ReactNode }) {
  const [drawable, setDrawable] = useState(canDraw)
  /** Counts canvases: another one has a drawing context of its own. */
  const [canvas, setCanvas] = useState(0)
  const [lost, setLost] = useState(false)
  const { left, right, top, bottom } = inset
  useEffect(() => {
    sight.inset = { left, right, top, bottom }
    sight.version++
  }, [left, right, top, bottom])

  const again = () => {
    setLost(false)
    setDrawable(canDraw())
    setCanvas((count) => count + 1)
  }

  return (
    <>
      {drawable && (
        <Canvas
          key={canvas}
          className="space"
          frameloop="demand"
          flat
          dpr={[1, 2]}
          camera={{ fov: 38, near: 0.02, far: 60, position: [1.7, 0.9, 3.4] }}
          gl={{ antialias: true, powerPreference: 'high-performance' }}
          onPointerMissed={() => select([])}
          tabIndex={0}
          role="application"
          aria-label="The space. Arrows turn it, page up and down come nearer and go away, Home shows all of it. Enter selects the passage in the middle. With a passage selected, arrows walk to its neighbours and Enter opens it in the inspector. The list of passages offers the same."
        >
          <Backdrop />
          <Watch onLost={setLost} />
          <Stage />
          <Orbit inset={inset} />
          <NodeDrag />
          {children}
        </Canvas>
      )}
      <NoPicture trouble={drawable ? (lost ? 'lost' : null) : 'never'} onAgain={again} />
    </>
  )
}
