import { useFrame } from '@react-three/fiber'
import { useXRStore } from '@react-three/xr'
import { type RefObject, useMemo, useRef } from 'react'
import { BufferAttribute, BufferGeometry, type Group, Line, LineBasicMaterial, type Mesh, Vector3 } from 'three'
import { themes } from '../comfort.ts'
import { preferencesStore } from '../state/preferences.ts'
import { hands, head, type Side } from './hands.ts'
import { flightPath, stickOf, turnDegrees, turnedAbout } from './walking.ts'

/** The stick must pass this to count, and come back under half of it before it counts again. */
const PUSHED = 0.6

/** A smooth turn, where it is asked for: degrees a second. */
const SMOOTH = 90

/**
 * Stick forward: an arc to the floor, and on letting go one stands there. Stick sideways: a turn about oneself.
 * Either controller does both, so one hand is enough.
 */
export function Locomotion({ origin }: { origin: RefObject<Group | null> }) {
  const store = useXRStore()
  const marker = useRef<Mesh>(null)
  const aiming = useRef<Side | null>(null)
  const turned = useRef<Record<Side, boolean>>({ left: false, right: false })
  const arc = useMemo(makeArc, [])

  useFrame((_, delta) => {
    const group = origin.current
    if (!group) return
    const eyes = head.at
    let landing: Vector3 | null = null
    for (const side of ['left', 'right'] as const) {
      const stick = stickOf(store.getState().inputSourceStates, side)
      if (!stick) continue
      const degrees = turnDegrees(preferencesStore.getState().turn)
      if (degrees === null) {
        if (Math.abs(stick.x) > PUSHED) turnedAbout(group, eyes, -Math.sign(stick.x) * SMOOTH * delta)
      } else if (Math.abs(stick.x) > PUSHED && !turned.current[side]) {
        turned.current[side] = true
        turnedAbout(group, eyes, -Math.sign(stick.x) * degrees)
      } else if (Math.abs(stick.x) < PUSHED / 2) turned.current[side] = false

      if (stick.y < -PUSHED && hands[side].tracked) aiming.current = side
      if (aiming.current !== side) continue
      landing = drawArc(arc, hands[side].origin, hands[side].direction)
      if (Math.abs(stick.y) > PUSHED / 2) continue
      // Let go: stand with the feet on the marker, wherever in the play area the head is.
      if (landing) group.position.add(new Vector3(landing.x - eyes.x, 0, landing.z - eyes.z))
      aiming.current = null
      landing = null
    }
    arc.visible = aiming.current !== null
    if (!marker.current) return
    marker.current.visible = landing !== null
    if (landing) marker.current.position.set(landing.x, 0.01, landing.z)
  })

  return (
    <>
      <primitive object={arc} pointerEvents="none" />
      <mesh ref={marker} name="landing" rotation-x={-Math.PI / 2} visible={false} pointerEvents="none">
        <ringGeometry args={[0.185, 0.2, 64]} />
        <meshBasicMaterial color={themes.night.accent} />
      </mesh>
    </>
  )
}

const POINTS = 32

function makeArc(): Line {
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(POINTS * 3), 3))
  const arc = new Line(geometry, new LineBasicMaterial({ color: themes.night.accent }))
  arc.frustumCulled = false
  arc.visible = false
  return arc
}

function drawArc(arc: Line, from: Vector3, direction: Vector3): Vector3 | null {
  const position = arc.geometry.getAttribute('position') as BufferAttribute
  const landing = flightPath(from, direction, position.array as Float32Array)
  position.needsUpdate = true
  return landing
}
