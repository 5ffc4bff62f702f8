import { lazy, type ReactNode, Suspense, useRef } from 'react'
import type { Group } from 'three'
import { useStore } from 'zustand'
import { vrOffered } from './session.ts'

const Room = lazy(() => import('./Room.tsx'))

/**
 * Stands around the space, inside the Canvas. On the desktop it changes nothing; where a headset is offered, the room
 * is fetched, and in a session the same space stands before the person in metres.
 */
export function Headset({ children }: { children: ReactNode }) {
  const world = useRef<Group>(null)
  const offered = useStore(vrOffered, (state) => state.offered)
  return (
    <>
      <group ref={world} name="world">
        {children}
      </group>
      {offered && (
        <Suspense fallback={null}>
          <Room world={world} />
        </Suspense>
      )}
    </>
  )
}
