import { useFrame } from '@react-three/fiber'
import { useXRInputSourceState } from '@react-three/xr'
import { type RefObject, useEffect, useMemo, useRef } from 'react'
import type { Group, Vector3 } from 'three'
import { useStore } from 'zustand'
import { pointLabel, shareLabel, sharesOf } from '../gestures/sheetWords.ts'
import { positionsBuffer } from '../space/positions.ts'
import { currentScene } from '../space/scene.ts'
import type { SheetMesh } from '../space/sheetMesh.ts'
import { placeBetween } from '../space/sheetWeights.ts'
import { nodeById } from '../state/nodes.ts'
import { type ReadPoint, sheetPointStore } from '../state/sheetPoint.ts'
import { Panel } from './Panel.tsx'
import { standAt } from './Stand.tsx'
import type { Line, Sheet } from './sheet.ts'
import { sheetHand } from './sheetHand.ts'
import { toWorld } from './world.ts'

const WIDTH = 520

/** The panel comes after the point at this rate a second, so that it rests when the hand rests. */
const FOLLOW = 5

/** How far above the point it stands, dmm. */
const ABOVE = 60

function asSheet(point: ReadPoint, bare: boolean): Sheet {
  const { anchors, weights, words, text } = point
  const lines: Line[] = sharesOf(weights).map((share) => ({
    kind: 'plain',
    tone: 'soft',
    most: 1,
    text: `${shareLabel(share)}: ${nodeById(anchors[share.anchor])?.text}`,
  }))
  lines.push({ kind: 'rule' })
  if (text !== null) lines.push({ kind: 'book', most: 8, text })
  if (words.length > 0) lines.push({ kind: 'plain', most: 2, text: words.map(([word]) => word).join(', ') })
  lines.push({ kind: 'plain', tone: 'accent', most: 2, text: pointLabel(point, bare ? 'Pinch' : 'Pull the trigger') })
  return { width: WIDTH, lines }
}

/** Where the point is in the room, metres; null while its sheet is not drawn. */
function placeOf({ anchors, weights }: ReadPoint): Vector3 | null {
  const { rowOf } = currentScene()
  const rows = anchors.flatMap((id) => rowOf.get(id) ?? [])
  return rows.length === anchors.length ? toWorld(placeBetween(positionsBuffer.current, rows, weights)) : null
}

/** Over the point of the sheet that a ray is on: how much of each passage it has, the lens' words, and a sentence. */
export function SheetPanel({ world }: { world: RefObject<Group | null> }) {
  const point = useStore(sheetPointStore, (state) => state.point)
  const bare = useXRInputSourceState('hand', 'right') !== undefined
  const group = useRef<Group>(null)
  const at = useRef<Vector3 | null>(null)
  const sheet = useMemo(() => point && asSheet(point, bare), [point, bare])

  useEffect(() => {
    const mesh = world.current?.getObjectByName('sheet')
    return mesh && sheetHand(mesh as SheetMesh)
  }, [world])

  useFrame((_, delta) => {
    const { point } = sheetPointStore.getState()
    const target = point && placeOf(point)
    if (!target) at.current = null
    if (!target || !group.current) return
    at.current = at.current ? at.current.lerp(target, 1 - Math.exp(-FOLLOW * delta)) : target
    standAt(group.current, at.current, 0, ABOVE)
  })

  if (!sheet) return null
  return (
    <group ref={group} scale={0.001} pointerEvents="none">
      <Panel name="sheet" sheet={sheet} anchor="bottom" />
    </group>
  )
}
