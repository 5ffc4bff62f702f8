import { useFrame } from '@react-three/fiber'
import { useXRInputSourceEvent } from '@react-three/xr'
import { type RefObject, useEffect, useRef } from 'react'
import type { Group, Object3D, Vector3 } from 'three'
import type { Vec3 } from '../meaning/types.ts'
import { positionsBuffer } from '../space/positions.ts'
import { currentScene } from '../space/scene.ts'
import { pullStore } from '../state/pull.ts'
import { viewStore } from '../state/view.ts'
import { type Hand, hands, otherSide, type Side } from './hands.ts'
import { tick } from './haptics.ts'
import { type HandEvent, meantBy, point, pointedBy, sideOf } from './pointed.ts'
import { carryNode, dropNode, heldNode, letGo, stretchNode, takeNode } from './pull.ts'
import { dragged, type Placement, placementStore, stretched } from './world.ts'

/** What a pressed hand is doing. */
type Doing = { what: 'pull' } | { what: 'stretch' } | { what: 'world'; from: Vector3 } | { what: 'nothing' }

const idAt = (row: number): string | undefined => currentScene().ids[row]

function placeOf(row: number): Vec3 {
  const { current } = positionsBuffer
  return [current[row * 3], current[row * 3 + 1], current[row * 3 + 2]]
}

/** Which hand a press of this button takes things with: grips and pinches take, triggers point things out and take too. */
const takesWorld = (hand: Hand, button: 'squeeze' | 'select'): boolean =>
  button === 'squeeze' || hand.kind !== 'controller'

/**
 * Squeeze, pinch or trigger: on a node it is taken and pulled; on nothing (squeeze or pinch) the world is taken, with
 * one hand to carry it, with two to turn and scale it.
 */
export function Gestures({ world }: { world: RefObject<Group | null> }) {
  const doing = useRef<Record<Side, Doing | null>>({ left: null, right: null })
  const spanAtStart = useRef(0)
  const worldAtStart = useRef<Placement | null>(null)

  useHover(world)

  // Leaving in the middle of a pull puts it back: outside no hand would be left to let it go.
  useEffect(() => () => dropNode(), [])

  /** The hands that hold the world have changed: what they do next is measured from here. */
  const holdWorldAnew = () => {
    worldAtStart.current = placementStore.getState()
    for (const side of ['left', 'right'] as const) {
      const now = doing.current[side]
      if (now?.what === 'world') now.from = hands[side].at.clone()
    }
  }

  const begin = (source: XRInputSource, button: 'squeeze' | 'select') => {
    const side = source.handedness
    if (side !== 'left' && side !== 'right') return
    if (doing.current[side]) return
    const hand = hands[side]
    const target = meantBy(side)
    if (target?.what === 'panel' || target?.what === 'wall') return
    const id = target?.what === 'node' ? idAt(target.row) : undefined
    if (target?.what === 'node' && id) {
      const other = otherSide(side)
      if (doing.current[other]?.what === 'pull' && heldNode() === id) {
        // The second hand on the same node: from now on they draw it out together.
        spanAtStart.current = hands.left.at.distanceTo(hands.right.at)
        if (takeNode(hand, id, placeOf(target.row), target.point, target.near, true)) {
          doing.current[side] = { what: 'stretch' }
          doing.current[other] = { what: 'stretch' }
        }
        return
      }
      if (heldNode()) return
      const taken = takeNode(hand, id, placeOf(target.row), target.point, target.near)
      doing.current[side] = { what: taken ? 'pull' : 'nothing' }
      if (taken) tick(side, 'press')
      return
    }
    if (!takesWorld(hand, button)) return
    doing.current[side] = { what: 'world', from: hand.at.clone() }
    holdWorldAnew()
  }

  const end = (source: XRInputSource) => {
    const side = source.handedness
    if (side !== 'left' && side !== 'right') return
    const done = doing.current[side]
    doing.current[side] = null
    if (done?.what === 'world') holdWorldAnew()
    if (done?.what === 'stretch') doing.current[otherSide(side)] = { what: 'nothing' }
    if (done?.what !== 'pull' && done?.what !== 'stretch') return
    void letGo(hands[side], performance.now(), done.what === 'stretch').then((branch) => {
      if (branch) tick(side, 'landed')
    })
  }

  useXRInputSourceEvent('all', 'squeezestart', ({ inputSource }) => begin(inputSource, 'squeeze'), [])
  useXRInputSourceEvent('all', 'selectstart', ({ inputSource }) => begin(inputSource, 'select'), [])
  useXRInputSourceEvent('all', 'squeezeend', ({ inputSource }) => end(inputSource), [])
  useXRInputSourceEvent('all', 'selectend', ({ inputSource }) => end(inputSource), [])

  useFrame((_, __, frame?: XRFrame) => {
    if (!frame) return
    const now = performance.now()
    const { left, right } = doing.current
    for (const side of ['left', 'right'] as const) {
      const what = doing.current[side]?.what
      // A hand that is lost from sight lets nothing fall; one whose controller went away puts everything back.
      if (what && !hands[side].source) {
        if (what === 'pull' || what === 'stretch') dropNode()
        doing.current[side] = null
      } else if (what === 'pull') carryNode(hands[side], now)
    }
    if (left?.what === 'stretch' && right?.what === 'stretch') {
      stretchNode(hands.left.at.distanceTo(hands.right.at) - spanAtStart.current)
    }
    moveWorld(left, right, worldAtStart.current)
  }, -70)

  return null
}

function moveWorld(left: Doing | null, right: Doing | null, start: Placement | null): void {
  if (!start) return
  const l = left?.what === 'world' ? left.from : null
  const r = right?.what === 'world' ? right.from : null
  if (l && r) placementStore.setState(stretched(start, [l, r], [hands.left.at, hands.right.at]))
  else if (l) placementStore.setState(dragged(start, l, hands.left.at))
  else if (r) placementStore.setState(dragged(start, r, hands.right.at))
}

/**
 * What rays and fingers meet in the cloud. In the headset these listeners stand in for the desktop's: a listener on
 * the object itself goes before its React handlers, and only the headset's pointers know it.
 */
function useHover(world: RefObject<Group | null>): void {
  useEffect(() => {
    let cloud: Object3D | undefined
    const move = (event: HandEvent) => {
      const side = sideOf(event)
      if (!side || event.instanceId === undefined) return
      const near = event.pointerType !== 'ray'
      point(side, { what: 'node', row: event.instanceId, point: event.point.clone(), near })
      const hovered = idAt(event.instanceId) ?? null
      if (viewStore.getState().hovered === hovered) return
      viewStore.setState({ hovered })
      if (!pullStore.getState().pull) tick(side, 'hover')
    }
    const out = (event: HandEvent) => {
      const side = sideOf(event)
      if (!side) return
      point(side, null)
      const still = pointedBy(otherSide(side))
      viewStore.setState({ hovered: still?.what === 'node' ? (idAt(still.row) ?? null) : null })
    }
    const still = () => undefined
    const listeners = { pointermove: move, pointerout: out, click: still }
    const each = (act: (target: Listening, type: string, listener: (event: never) => void) => void) => {
      if (cloud) for (const [type, listener] of Object.entries(listeners)) act(cloud as never, type, listener)
    }
    cloud = world.current?.getObjectByName('cloud')
    each((target, type, listener) => target.addEventListener(type, listener))
    return () => each((target, type, listener) => target.removeEventListener(type, listener))
  }, [world])
}

interface Listening {
  addEventListener(type: string, listener: (event: never) => void): void
  removeEventListener(type: string, listener: (event: never) => void): void
}
