import { type ThreeEvent, useThree } from '@react-three/fiber'
import { useEffect, useMemo } from 'react'
import { featuresStore } from '../state/features.ts'
import { projectStore } from '../state/project.ts'
import { pullStore } from '../state/pull.ts'
import { select, viewStore } from '../state/view.ts'
import { CloudMesh } from './cloudMesh.ts'
import { writeHand, writeLight, writeStates, writeTints } from './paint.ts'
import { currentScene } from './scene.ts'
import { onThemeChange, themeName } from './theme.ts'

/** Pixels a pointer may wander between press and release and still have clicked. */
const CLICK_SLOP = 5

const idOf = ({ instanceId }: { instanceId?: number }): string | null =>
  instanceId === undefined ? null : (currentScene().ids[instanceId] ?? null)

function hover(event: ThreeEvent<PointerEvent>): void {
  event.stopPropagation()
  const hovered = idOf(event)
  if (viewStore.getState().hovered !== hovered) viewStore.setState({ hovered })
}

function leave(event: ThreeEvent<PointerEvent>): void {
  if (viewStore.getState().hovered === idOf(event)) viewStore.setState({ hovered: null })
}

function click(event: ThreeEvent<MouseEvent>): void {
  event.stopPropagation()
  // Only a screen's pointer tells how far it wandered.
  if (event.nativeEvent instanceof MouseEvent && event.delta > CLICK_SLOP) return
  const id = idOf(event)
  if (id)
    select([id], { add: Boolean(event.nativeEvent && 'shiftKey' in event.nativeEvent && event.nativeEvent.shiftKey) })
}

/** What pointers of every kind do here; the list of passages offers the same to keys. */
const answers = { onPointerMove: hover, onPointerOut: leave, onClick: click }

/** All passages and branches: one draw call, coloured and ringed as the view says. */
export function Cloud() {
  const mesh = useMemo(() => new CloudMesh(), [])
  const invalidate = useThree(({ invalidate }) => invalidate)

  useEffect(() => {
    const paint = (tints: boolean) => {
      const scene = currentScene()
      mesh.resize(scene.nodes)
      const view = viewStore.getState()
      if (tints) writeTints(mesh.paint, scene, view, themeName())
      writeLight(mesh.paint, scene, view)
      writeStates(mesh.paint, scene, view)
      const taken = scene.rowOf.get(pullStore.getState().pull?.node ?? '')
      if (taken !== undefined) writeHand(mesh.paint, scene, taken)
      mesh.carry(scene.nodes, taken !== undefined)
      mesh.painted()
      invalidate()
    }
    const all = () => paint(true)
    all()
    const stops = [
      projectStore.subscribe(all),
      featuresStore.subscribe(all),
      onThemeChange(all),
      pullStore.subscribe((now, before) => {
        if (now.pull?.node !== before.pull?.node) paint(false)
      }),
      viewStore.subscribe((now, before) => {
        if (now.colour !== before.colour) all()
        else if (
          now.hovered !== before.hovered ||
          now.selection !== before.selection ||
          now.brush !== before.brush ||
          now.search !== before.search
        ) {
          paint(false)
        }
      }),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [mesh, invalidate])

  useEffect(() => () => mesh.dispose(), [mesh])

  return <primitive object={mesh} {...answers} />
}
