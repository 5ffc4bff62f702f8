import { useFrame } from '@react-three/fiber'
import { useXR, useXRStore, XR, XROrigin } from '@react-three/xr'
import { type RefObject, useEffect, useRef } from 'react'
import type { Group } from 'three'
import { FaceButtons, WristButtons } from './Buttons.tsx'
import { Caption } from './Caption.tsx'
import { Floor } from './Floor.tsx'
import { Gestures } from './Gestures.tsx'
import { head, headYaw, updateHands } from './hands.ts'
import { Locomotion } from './Locomotion.tsx'
import { Palette } from './Palette.tsx'
import { PullPanel } from './PullPanel.tsx'
import { Reading } from './Reading.tsx'
import { SecondNode } from './SecondNode.tsx'
import { SheetPanel } from './SheetPanel.tsx'
import { xrStore } from './store.ts'
import { Wall } from './Wall.tsx'
import { homePlacement, place, placementStore } from './world.ts'

interface RoomProps {
  world: RefObject<Group | null>
}

/** What surrounds the space in a headset. Loaded only where one is offered. */
export default function Room({ world }: RoomProps) {
  return (
    <XR store={xrStore}>
      <Session world={world} />
    </XR>
  )
}

function Session({ world }: RoomProps) {
  const inside = useXR(({ session }) => session !== undefined)
  const origin = useRef<Group>(null)
  useEffect(() => {
    // Every visit begins in the middle of the floor, however far the last one walked.
    if (inside) origin.current?.position.set(0, 0, 0)
    if (inside) origin.current?.rotation.set(0, 0, 0)
  }, [inside])
  return (
    <>
      <XROrigin ref={origin} />
      {inside && (
        <>
          <Hands />
          <Standing world={world} />
          <Floor />
          <Locomotion origin={origin} />
          <Gestures world={world} />
          <FaceButtons />
          <WristButtons />
          <Palette />
          <Reading />
          <PullPanel />
          <SheetPanel world={world} />
          <SecondNode />
          <Wall />
          <Caption />
        </>
      )}
    </>
  )
}

function Hands() {
  const store = useXRStore() as typeof xrStore
  useFrame((_, __, frame?: XRFrame) => {
    if (frame) updateHands(store, frame, performance.now())
  }, -90)
  return null
}

/** Stands the space before the person on entering, and back where it was on leaving. */
function Standing({ world }: RoomProps) {
  const settled = useRef(false)
  useEffect(() => {
    const group = world.current
    return () => {
      if (!group) return
      group.position.set(0, 0, 0)
      group.rotation.set(0, 0, 0)
      group.scale.setScalar(1)
    }
  }, [world])
  useFrame((_, __, frame?: XRFrame) => {
    if (!frame || !world.current || !head.tracked) return
    // The first frame with a pose says where the eyes are: seated or standing, the space meets them.
    if (!settled.current) {
      placementStore.setState(homePlacement([head.at.x, head.at.y, head.at.z], headYaw()))
      settled.current = true
    }
    place(world.current, placementStore.getState())
  }, -80)
  return null
}
