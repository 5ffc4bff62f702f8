import { useFrame } from '@react-three/fiber'
import { useRef } from 'react'
import { type Mesh, Vector3 } from 'three'
import { themes } from '../comfort.ts'
import { shared } from '../space/frame.ts'
import { head } from './hands.ts'
import { secondPlace } from './second.ts'
import { placementStore } from './world.ts'

const at = new Vector3()

/** The node in the second hand, as a disc that goes with it. (The first one belongs to the pull: the space draws it.) */
export function SecondNode() {
  const mesh = useRef<Mesh>(null)
  useFrame(() => {
    if (!mesh.current) return
    mesh.current.visible = secondPlace(at) !== null
    if (!mesh.current.visible) return
    mesh.current.position.copy(at)
    mesh.current.lookAt(head.at)
    mesh.current.scale.setScalar(shared.radius.value * placementStore.getState().scale)
  })
  return (
    <mesh ref={mesh} name="second node" visible={false} pointerEvents="none">
      <circleGeometry args={[1, 48]} />
      <meshBasicMaterial color={themes.night.accent} toneMapped={false} />
    </mesh>
  )
}
