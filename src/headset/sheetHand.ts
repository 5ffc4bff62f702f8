import { keepSheetPoint, leaveSheet, readSheet } from '../gestures/sheetPoint.ts'
import type { SheetMesh } from '../space/sheetMesh.ts'
import { otherSide, type Side } from './hands.ts'
import { tick } from './haptics.ts'
import { type HandEvent, point, pointedBy, sideOf } from './pointed.ts'

/**
 * A ray on the sheet: what lies there is read, and a trigger or a pinch keeps it. In the headset these listeners stand
 * in for the desktop's: a listener on the object itself goes before its React handlers.
 */
export function sheetHand(mesh: SheetMesh): () => void {
  /** The hand whose point is read: with both rays on the sheet, the one that came or pressed last. */
  let reader: Side | null = null
  /** Where each pointer pressed: let go on the sheet it keeps that point, however long that took; beside it, nothing. */
  const pressed = new Map<number, { anchors: string[]; weights: number[] }>()

  const on = (side: Side): boolean => pointedBy(side)?.what === 'sheet'
  const at = ({ uv }: HandEvent) => uv && mesh.under(uv)

  const move = (event: HandEvent) => {
    const side = sideOf(event)
    const place = at(event)
    if (!side || !place) return
    if (!on(side)) {
      tick(side, 'hover')
      reader = side
    }
    point(side, { what: 'sheet' })
    // A pressed hand means the point it pressed, wherever closing the fingers moves its ray.
    if (reader === side && !pressed.has(event.pointerId)) readSheet(place.anchors, place.weights)
  }

  const down = (event: HandEvent) => {
    const side = sideOf(event)
    const place = at(event)
    if (!side || !place) return
    reader = side
    readSheet(place.anchors, place.weights)
    pressed.set(event.pointerId, { ...place, weights: [...place.weights] })
  }

  const up = (event: HandEvent) => {
    const side = sideOf(event)
    const place = pressed.get(event.pointerId)
    pressed.delete(event.pointerId)
    if (!side || !place) return
    tick(side, 'press')
    void keepSheetPoint(place.anchors, place.weights).then((branch) => {
      if (branch) tick(side, 'landed')
    })
  }

  const out = (event: HandEvent) => {
    const side = sideOf(event)
    pressed.delete(event.pointerId)
    if (!side) return
    point(side, null)
    if (reader !== side) return
    reader = on(otherSide(side)) ? otherSide(side) : null
    if (!reader) leaveSheet()
  }

  const listeners = { pointermove: move, pointerout: out, pointerdown: down, pointerup: up, click: () => undefined }
  // Its events are the headset's, which the library's types do not know.
  const target = mesh as unknown as {
    addEventListener(type: string, listener: (event: HandEvent) => void): void
    removeEventListener(type: string, listener: (event: HandEvent) => void): void
  }
  for (const [type, listener] of Object.entries(listeners)) target.addEventListener(type, listener)
  return () => {
    for (const [type, listener] of Object.entries(listeners)) target.removeEventListener(type, listener)
    leaveSheet()
  }
}
