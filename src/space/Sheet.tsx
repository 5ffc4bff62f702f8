import { type ThreeEvent, useFrame, useThree } from '@react-three/fiber'
import { useEffect, useMemo } from 'react'
import { keepSheetPoint, leaveSheet, readSheet } from '../gestures/sheetPoint.ts'
import { projectStore } from '../state/project.ts'
import { sheetPointStore } from '../state/sheetPoint.ts'
import { viewStore } from '../state/view.ts'
import { positionsBuffer } from './positions.ts'
import { SheetMark } from './SheetMark.tsx'
import { currentScene } from './scene.ts'
import { SheetMesh } from './sheetMesh.ts'

/** Pixels a pointer may wander between press and release and still have clicked. */
const CLICK_SLOP = 5

/** As a share of the whole: how far from the point that is read a second tap may fall. */
const TAP_SLOP = 0.17

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

const isFinger = ({ nativeEvent }: ThreeEvent<MouseEvent>): boolean =>
  (nativeEvent as PointerEvent).pointerType === 'touch'

/** A finger reads by its first tap, and keeps that point by another near it. */
function tap({ anchors, weights }: NonNullable<ReturnType<typeof under>>): void {
  const { point } = sheetPointStore.getState()
  const near = point?.weights.every((weight, i) => Math.abs(weight - (weights[i] ?? 0)) <= TAP_SLOP)
  if (point && near) void keepSheetPoint(point.anchors, point.weights)
  else readSheet(anchors, weights)
}

function keep(event: ThreeEvent<MouseEvent>): void {
  const at = under(event)
  if (!at) return
  event.stopPropagation()
  // What ends on the sheet may have been a turn of the space.
  if (event.delta > CLICK_SLOP) return
  if (isFinger(event)) tap(at)
  else void keepSheetPoint(at.anchors, at.weights)
}

/** A finger that is lifted has not left: what it tapped goes on being read. */
function leave(event: ThreeEvent<PointerEvent>): void {
  if (!isFinger(event)) leaveSheet()
}

/** What a screen's pointers do here. A headset's hands bring listeners of their own; the inspector has a grid for keys. */
const answers = { onPointerMove: read, onPointerOut: leave, onClick: keep }

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
