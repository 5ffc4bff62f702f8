import { type ThreeEvent, useFrame, useThree } from '@react-three/fiber'
import { useEffect, useMemo } from 'react'
import { keepSheetPoint, leaveSheet, readSheet } from '../gestures/sheetPoint.ts'
import { projectStore } from '../state/project.ts'
import { viewStore } from '../state/view.ts'
import { positionsBuffer } from './positions.ts'
import { SheetMark } from './SheetMark.tsx'
import { currentScene } from './scene.ts'
import { SheetMesh } from './sheetMesh.ts'

/** Pixels a pointer may wander between press and release and still have clicked. */
const CLICK_SLOP = 5

/** The point under a pointer; null where a node shines through the sheet: it is meant before the sheet. */
function under({ eventObject, uv, intersections }: ThreeEvent<MouseEvent>) {
  if (!uv || intersections.some(({ object }) => object.name === 'cloud')) return null
  return (eventObject as SheetMesh).under(uv)
}

function read(event: ThreeEvent<PointerEvent>): void {
  // While a button is held the space is being turned under the pointer.
  if (event.nativeEvent.buttons) return
  const at = under(event)
  if (at) {
    event.stopPropagation()
    readSheet(at.anchors, at.weights)
  } else leaveSheet()
}

function keep(event: ThreeEvent<MouseEvent>): void {
  const at = under(event)
  if (!at) return
  event.stopPropagation()
  // What ends on the sheet may have been a turn of the space.
  if (event.delta <= CLICK_SLOP) void keepSheetPoint(at.anchors, at.weights)
}

/** What a screen's pointers do here. A headset's hands bring listeners of their own; the inspector has a grid for keys. */
const answers = { onPointerMove: read, onPointerOut: leaveSheet, onClick: keep }

/** The sheet through three or four selected nodes: what lies between them is read at the pointer, and a click keeps it. */
export function Sheet() {
  const mesh = useMemo(() => new SheetMesh(), [])
  const invalidate = useThree(({ invalidate }) => invalidate)

  useEffect(() => {
    const lay = () => {
      const { rowOf } = currentScene()
      const row = (id: string) => rowOf.get(id)
      mesh.lay(viewStore.getState().selection.flatMap((id) => (row(id) === undefined ? [] : [[id, row(id)!]])))
      invalidate()
    }
    lay()
    const stops = [
      viewStore.subscribe((now, before) => now.selection !== before.selection && lay()),
      projectStore.subscribe(lay),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [mesh, invalidate])
  useEffect(() => () => mesh.dispose(), [mesh])

  useFrame(() => mesh.follow(positionsBuffer.current))

  return (
    <>
      <primitive object={mesh} {...answers} />
      <SheetMark />
    </>
  )
}
