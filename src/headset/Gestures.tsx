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
import { carryNode, dropNode, heldBy, heldNode, letGo, markedNode, stretchNode, takeNode, together } from './pull.ts'
import { dropSecond, takeSecond } from './second.ts'
import { dragged, type Placement, placementStore, stretched } from './world.ts'

type Press = 'squeeze' | 'select'

/** What began it: which button or pinch, of which controller or hand. Only the end of that very press ends it. */
interface Began {
  by: Press
  source: XRInputSource
}

/** What a pressed hand is doing. */
type Doing = Began & ({ what: 'pull' | 'stretch' | 'second' | 'nothing' } | { what: 'world'; from: Vector3 })

const idAt = (row: number): string | undefined => currentScene().ids[row]

function placeOf(row: number): Vec3 {
  const { current } = positionsBuffer
  return [current[row * 3], current[row * 3 + 1], current[row * 3 + 2]]
}

/** Which hand a press of this button takes things with: grips and pinches take, triggers point things out and take too. */
const takesWorld = (hand: Hand, button: Press): boolean => button === 'squeeze' || hand.kind !== 'controller'

/**
 * Squeeze, pinch or trigger: on a node it is taken and pulled; on nothing (squeeze or pinch) the world is taken, with
 * one hand to carry it, with two to turn and scale it. Two hands on one node draw it out; with a node in each they blend.
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

  const begin = (source: XRInputSource, by: Press) => {
    const side = source.handedness
    if (side !== 'left' && side !== 'right') return
    if (doing.current[side]) return
    const hand = hands[side]
    const target = meantBy(side)
    if (target?.what === 'panel' || target?.what === 'wall') return
    // A trigger or a pinch there keeps the point; a grip takes the world, the sheet with it.
    if (target?.what === 'sheet' && by === 'select') return
    const id = target?.what === 'node' ? idAt(target.row) : undefined
    if (target?.what === 'node' && id) {
      const other = otherSide(side)
      const theirs = doing.current[other]
      if (theirs?.what === 'pull' && heldNode() === id) {
        // The second hand on the same node: from now on they draw it out together.
        spanAtStart.current = hands.left.at.distanceTo(hands.right.at)
        if (takeNode(hand, id, placeOf(target.row), target.point, target.near, true)) {
          doing.current[side] = { what: 'stretch', by, source }
          doing.current[other] = { ...theirs, what: 'stretch' }
        }
        return
      }
      const first = heldNode() === null
      const taken = first
        ? takeNode(hand, id, placeOf(target.row), target.point, target.near)
        : takeSecond(hand, id, target.point, target.near)
      doing.current[side] = { what: !taken ? 'nothing' : first ? 'pull' : 'second', by, source }
      if (taken) tick(side, 'press')
      return
    }
    if (!takesWorld(hand, by)) return
    doing.current[side] = { what: 'world', from: hand.at.clone(), by, source }
    holdWorldAnew()
  }

  const land = (side: Side, stretched: boolean) => {
    void letGo(hands[side], performance.now(), stretched).then((branch) => {
      if (branch) tick(side, 'landed')
    })
  }

  const end = (source: XRInputSource, by: Press) => {
    const side = source.handedness
    if (side !== 'left' && side !== 'right') return
    const other = otherSide(side)
    const done = doing.current[side]
    if (done?.by !== by || done.source !== source) return
    doing.current[side] = null
    // The other hand is still closed, and has nothing in it any more.
    const emptyOther = () => {
      const theirs = doing.current[other]
      if (theirs) doing.current[other] = { what: 'nothing', by: theirs.by, source: theirs.source }
    }
    if (done.what === 'world') holdWorldAnew()
    // What this hand took may have been put back meanwhile, and the other one may have taken something since.
    else if (done.what === 'pull' && heldBy() === side) land(side, false)
    else if (done.what === 'stretch' && doing.current[other]?.what === 'stretch') {
      emptyOther()
      land(side, true)
    } else if (done.what === 'second' && together(performance.now())) {
      emptyOther()
      land(other, false)
    } else if (done.what === 'second') dropSecond()
  }

  useXRInputSourceEvent('all', 'squeezestart', ({ inputSource }) => begin(inputSource, 'squeeze'), [])
  useXRInputSourceEvent('all', 'selectstart', ({ inputSource }) => begin(inputSource, 'select'), [])
  useXRInputSourceEvent('all', 'squeezeend', ({ inputSource }) => end(inputSource, 'squeeze'), [])
  useXRInputSourceEvent('all', 'selectend', ({ inputSource }) => end(inputSource, 'select'), [])

  useFrame((_, __, frame?: XRFrame) => {
    if (!frame) return
    const time = performance.now()
    const { left, right } = doing.current
    for (const side of ['left', 'right'] as const) {
      const now = doing.current[side]
      if (!now) continue
      const holds = now.what === 'stretch' || (now.what === 'pull' && heldBy() === side)
      // A hand that is lost from sight lets nothing fall; one whose controller went away puts everything back.
      if (isGone(now.source, frame.session)) {
        if (holds) dropNode()
        if (now.what === 'second') dropSecond()
        doing.current[side] = null
      } else if (holds && now.what === 'pull') carryNode(hands[side], time)
    }
    if (left?.what === 'stretch' && right?.what === 'stretch') {
      stretchNode(hands.left.at.distanceTo(hands.right.at) - spanAtStart.current)
    }
    moveWorld(left, right, worldAtStart.current)
  }, -70)

  return null
}

function isGone(source: XRInputSource, { inputSources }: XRSession): boolean {
  for (const present of inputSources) if (present === source) return false
  return true
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
      // A hand that carries a node marks nothing by passing; and what letting go would blend with stays marked.
      if (heldBy() === side || markedNode()) return
      const hovered = idAt(event.instanceId) ?? null
      if (viewStore.getState().hovered === hovered) return
      viewStore.setState({ hovered })
      if (!pullStore.getState().pull) tick(side, 'hover')
    }
    const out = (event: HandEvent) => {
      const side = sideOf(event)
      if (!side) return
      point(side, null)
      if (markedNode()) return
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
