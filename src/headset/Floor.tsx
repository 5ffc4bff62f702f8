import { useMemo } from 'react'
import { themes } from '../comfort.ts'

/** A quiet ring and a few hairlines underfoot: enough to know where the floor is, too little to look at. */
export function Floor() {
  const rings = useMemo(() => [0.5, 1.5, 3], [])
  return (
    <group name="floor" rotation-x={-Math.PI / 2} pointerEvents="none">
      {rings.map((radius) => (
        <mesh key={radius}>
          <ringGeometry args={[radius - 0.004, radius + 0.004, 96]} />
          <meshBasicMaterial color={themes.night.hairline} />
        </mesh>
      ))}
    </group>
  )
}
