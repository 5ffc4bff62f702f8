import { useFrame } from '@react-three/fiber'
import { useEffect, useMemo, useRef, useState } from 'react'
import { type Group, MathUtils, Vector3 } from 'three'
import { useStore } from 'zustand'
import { amountLabel, blendInHand } from '../gestures/words.ts'
import type { Move } from '../meaning/types.ts'
import { featureById } from '../state/features.ts'
import { nodeById } from '../state/nodes.ts'
import { type Pull, pullStore } from '../state/pull.ts'
import { Detents, leading } from './detents.ts'
import { head, headYaw } from './hands.ts'
import { tick } from './haptics.ts'
import { Panel } from './Panel.tsx'
import { heldBy } from './pull.ts'
import { standAt } from './Stand.tsx'
import { secondStore } from './second.ts'
import type { Line, Sheet } from './sheet.ts'
import { toWorld } from './world.ts'

const WIDTH = 520

/** Words may change this often while the hand moves; faster than that nobody reads. Milliseconds. */
const RENEWAL = 120

/** The panel comes after the hand at this rate a second, so that it rests when the hand rests. */
const FOLLOW = 5

/** How far above the carried node it stands, dmm. */
const ABOVE = 50

const unnamed: Partial<Record<Move['kind'], string>> = { free: 'Through the map', stretch: 'Stretch' }

function titleOf({ sigmas, move, phase }: Pull): string {
  if (move.kind === 'blend') return phase === 'held' ? blendInHand(move.amount) : 'Blend'
  const amounts = Object.entries(sigmas).filter(([, sigma]) => Math.abs(sigma) >= 0.05)
  return amounts.map(([feature, sigma]) => amountLabel(feature, sigma)).join('   ') || (unnamed[move.kind] ?? 'Pull')
}

/** @param second the node in the other hand. */
function asSheet(pull: Pull, second: string | null): Sheet {
  const { node, words, preview, phase, move } = pull
  const lines: Line[] = [{ kind: 'title', tone: 'accent', text: titleOf(pull) }]
  const other = nodeById(move.kind === 'blend' ? move.other : (second ?? ''))
  if (other) lines.push({ kind: 'plain', tone: 'soft', most: 2, text: `with: ${other.text}` })
  if (other && move.kind !== 'blend')
    lines.push({
      kind: 'plain',
      text: 'Bring the hands together to blend the two, draw them apart to go away from the other',
    })
  const listed = (list: Pull['words']['gained']) => list.map(([word]) => word).join(', ')
  if (words.gained.length > 0) lines.push({ kind: 'plain', most: 2, text: `more ${listed(words.gained)}` })
  if (words.lost.length > 0) lines.push({ kind: 'plain', tone: 'soft', most: 2, text: `less ${listed(words.lost)}` })
  lines.push({ kind: 'rule' })
  const text = preview?.text ?? nodeById(node)?.text ?? ''
  lines.push({ kind: 'book', most: 8, tone: preview ? 'ink' : 'soft', text })
  if (phase === 'settling') lines.push({ kind: 'plain', tone: 'soft', text: 'Finding the words …' })
  return { width: WIDTH, lines }
}

/** The pull as it is now, renewed at a pace that can be read: what changes with every frame stays out of React. */
function useCalmPull(): Pull | null {
  const [calm, setCalm] = useState(pullStore.getState().pull)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let shownAt = 0
    const show = () => {
      timer = undefined
      shownAt = performance.now()
      setCalm(pullStore.getState().pull)
    }
    const stop = pullStore.subscribe(({ pull }, before) => {
      if (!pull || !before.pull) {
        clearTimeout(timer)
        show()
      } else timer ??= setTimeout(show, Math.max(0, shownAt + RENEWAL - performance.now()))
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [])
  return calm
}

/** How much of the other node is meant, or null. */
const blended = (pull: Pull | null): number | null => (pull?.move.kind === 'blend' ? pull.move.amount : null)

/** Marks of σ and the quarters of a blend under the hand, and a firmer touch when the sentence changes. */
function usePullFeelings(): void {
  useEffect(() => {
    let detents = new Detents()
    return pullStore.subscribe(({ pull }, { pull: before }) => {
      const side = heldBy()
      if (!pull || !before || pull.node !== before.node) detents = new Detents()
      if (!pull || !side) return
      const most = leading(pull.sigmas)
      const felt = most && detents.feel(most.sigma, featureById(most.feature)?.naturalStep ?? 1)
      const amount = blended(pull)
      const last = blended(before)
      if (amount !== null && last === null) tick(side, 'step')
      else if (amount !== null && Math.round(amount * 4) !== Math.round(last! * 4)) tick(side, 'detent')
      else if (felt) tick(side, felt)
      else if (pull.preview && pull.preview.text !== before?.preview?.text) tick(side, 'text')
    })
  }, [])
}

/** An arm reaches farther to the side than the eyes like to: how far from straight ahead the panel may go. Radians. */
const ASIDE = MathUtils.degToRad(25)

/** The same height and distance, but no farther to the side than `ASIDE`. */
function inView(place: Vector3): Vector3 {
  const x = place.x - head.at.x
  const z = place.z - head.at.z
  const yaw = headYaw()
  const off = Math.atan2(-x, -z) - yaw
  const turn = Math.atan2(Math.sin(off), Math.cos(off))
  const kept = yaw + MathUtils.clamp(turn, -ASIDE, ASIDE)
  const reach = Math.hypot(x, z)
  return new Vector3(head.at.x - Math.sin(kept) * reach, place.y, head.at.z - Math.cos(kept) * reach)
}

/** Beside the carried node: what is asked, in σ; the lens' words; the newest sentence. */
export function PullPanel() {
  const pull = useCalmPull()
  usePullFeelings()
  const group = useRef<Group>(null)
  const at = useRef<Vector3 | null>(null)
  const second = useStore(secondStore, ({ node }) => node)
  const sheet = useMemo(() => pull && asSheet(pull, second), [pull, second])
  useFrame((_, delta) => {
    const { pull } = pullStore.getState()
    if (!pull) at.current = null
    if (!pull || !group.current) return
    const target = inView(toWorld(pull.at))
    at.current = at.current ? at.current.lerp(target, 1 - Math.exp(-FOLLOW * delta)) : target
    standAt(group.current, at.current, 0, ABOVE)
  })
  if (!sheet) return null
  return (
    <group ref={group} scale={0.001} pointerEvents="none">
      <Panel name="pull" sheet={sheet} anchor="bottom" />
    </group>
  )
}
