import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { type Group, MathUtils, Vector3 } from 'three'
import { panelDistance } from '../comfort.ts'
import { head } from './hands.ts'

const up = new Vector3(0, 1, 0)

interface StandProps {
  /** The place of the world it belongs to, metres. A new value makes it stand anew; otherwise it never moves. */
  at: Vector3
  /** Beside that place rather than over it, in dmm: right and up. */
  aside?: [right: number, up: number]
  children: ReactNode
}

/**
 * Stands its children in the room at a place, at a comfortable distance on the line of sight, turned to the eyes; within
 * it lengths are dmm. Once placed it stays: nothing that is read follows the head.
 */
export function Stand({ at, aside = [0, 0], children }: StandProps) {
  const group = useRef<Group>(null)
  const [right, above] = aside
  useLayoutEffect(() => {
    if (group.current) standAt(group.current, at, right, above)
  }, [at, right, above])
  return <group ref={group}>{children}</group>
}

/** See {@link Stand}. */
export function standAt(group: Group, at: Vector3, right: number, above: number): void {
  const sight = at.clone().sub(head.at)
  const distance = MathUtils.clamp(sight.length(), panelDistance.least, panelDistance.most)
  sight.setLength(distance)
  const sideways = new Vector3().crossVectors(sight, up).setLength((right * distance) / 1000)
  group.position.copy(head.at).add(sight).add(sideways)
  group.position.y += (above * distance) / 1000
  group.lookAt(head.at)
  group.scale.setScalar(distance / 1000)
}
