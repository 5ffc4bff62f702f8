import { useFrame } from '@react-three/fiber'
import { useXRInputSourceState, useXRStore } from '@react-three/xr'
import { useMemo, useRef } from 'react'
import { type Group, Vector3 } from 'three'
import { useStore } from 'zustand'
import { cancelPull } from '../gestures/pull.ts'
import { historyStore } from '../state/history.ts'
import { preferencesStore } from '../state/preferences.ts'
import { pullStore } from '../state/pull.ts'
import { select } from '../state/view.ts'
import { hands, head, type Side } from './hands.ts'
import { tick } from './haptics.ts'
import { Panel } from './Panel.tsx'
import { paletteStore, togglePalette } from './paletteSheet.ts'
import { dropNode } from './pull.ts'
import type { Sheet } from './sheet.ts'
import { redoAndSay, undoAndSay } from './undoing.ts'

export const mainSide = (): Side => (preferencesStore.getState().leftHanded ? 'left' : 'right')

/**
 * Where a menu opens: an arm's length before the person, a little below the eyes, and so far (28°) towards the hand that
 * asked that what one looks at stays free.
 */
function menuPlace(side: Side): Vector3 {
  const ahead = new Vector3(head.gaze.x, 0, head.gaze.z).normalize()
  const right = new Vector3(-ahead.z, 0, ahead.x)
  return head.at
    .clone()
    .addScaledVector(ahead, 0.6)
    .addScaledVector(right, side === 'left' ? -0.32 : 0.32)
    .setY(head.at.y - 0.16)
}

const openPalette = (side: Side): void => togglePalette(menuPlace(side))

/** Cancel what is in the hand; with nothing in it, close what is open. */
function back(): void {
  if (pullStore.getState().pull?.phase === 'held') {
    dropNode()
    cancelPull()
  } else if (paletteStore.getState().at) paletteStore.setState({ at: null })
  else select([])
}

/**
 * Face buttons: on the main hand the lower one undoes and the upper one goes back; on the other hand the lower one opens
 * the palette and the upper one does again what was undone. Pressing a stick opens the palette too, with one hand alone.
 */
const verbs: Record<'main' | 'other', Record<'lower' | 'upper', (side: Side) => void>> = {
  main: { lower: undoAndSay, upper: back },
  other: { lower: openPalette, upper: redoAndSay },
}

const names: Record<Side, Record<'lower' | 'upper', string>> = {
  left: { lower: 'x-button', upper: 'y-button' },
  right: { lower: 'a-button', upper: 'b-button' },
}

export function FaceButtons() {
  const store = useXRStore()
  const down = useRef(new Set<string>())
  useFrame(() => {
    for (const state of store.getState().inputSourceStates) {
      const side = state.inputSource.handedness
      if (state.type !== 'controller' || side === 'none') continue
      const role = side === mainSide() ? 'main' : 'other'
      const pressed = (id: string, verb: () => void) => {
        const key = side + id
        const now = state.gamepad[id]?.state === 'pressed'
        if (now && !down.current.has(key)) {
          tick(side, 'press')
          verb()
        }
        if (now) down.current.add(key)
        else down.current.delete(key)
      }
      for (const part of ['lower', 'upper'] as const) pressed(names[side][part], () => verbs[role][part](side))
      pressed('xr-standard-thumbstick', () => openPalette(side))
    }
  })
  return null
}

const WIDTH = 200

/** Metres for a dmm at the wrist: each button is 3.4 cm high, above `nearButton`. */
const DMM = 0.00055

/** From the wrist towards the middle of the body, and up, metres: half a hand and half a panel, and a little air. */
const INWARD = 0.13
const RAISED = 0.02

const inward = new Vector3()

/** At the wrist of the other hand, for those without buttons: the palette, undo. It rides on the arm, as a watch does. */
export function WristButtons() {
  const group = useRef<Group>(null)
  const leftHanded = useStore(preferencesStore, (state) => state.leftHanded)
  const side: Side = leftHanded ? 'right' : 'left'
  const bare = useXRInputSourceState('hand', side)
  const steps = useStore(historyStore, ({ past }) => past.length)
  // An open palette has both buttons itself, and the wrist would stand between it and the other hand.
  const open = useStore(paletteStore, ({ at }) => at !== null)
  const sheet = useMemo<Sheet>(
    () => ({
      width: WIDTH,
      lines: [
        { kind: 'buttons', buttons: [{ label: 'Palette', press: () => openPalette(side) }] },
        { kind: 'buttons', buttons: [{ label: 'Undo', idle: steps === 0, press: undoAndSay }] },
      ],
    }),
    [steps, side],
  )
  useFrame(() => {
    const hand = hands[side]
    if (!group.current || !hand.tracked) return
    // On the inner side of the wrist, clear of the hand that carries it, turned to the eyes.
    inward.subVectors(head.at, hand.origin).setY(0).normalize()
    inward.set(-inward.z, 0, inward.x).multiplyScalar(side === 'left' ? -INWARD : INWARD)
    group.current.position.copy(hand.origin).add(inward)
    group.current.position.y += RAISED
    group.current.lookAt(head.at)
    group.current.scale.setScalar(DMM)
  })
  if (!bare || open) return null
  return (
    <group ref={group} scale={DMM}>
      <Panel name="wrist" sheet={sheet} />
    </group>
  )
}
