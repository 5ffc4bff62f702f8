import { useFrame, useThree } from '@react-three/fiber'
import { useEffect } from 'react'
import { featureById, featuresStore } from '../state/features.ts'
import { type AxisName, viewStore } from '../state/view.ts'
import { fromHex } from '../wall/colours.ts'
import { easedShare } from './ease.ts'
import { type PointWord, pointWords } from './labels/wishes.ts'
import type { LineMesh } from './lines/lineMesh.ts'
import { useLines } from './lines/useLines.ts'
import { reducedMotion, themeColours } from './theme.ts'

/** One grid line is one σ and three make a unit of space; the rule runs a little beyond ±3 σ. */
export const UNITS_PER_SIGMA = 1 / 3
const REACH = 3.4
/** Where a rule ends, in units of space from the middle. */
export const RULE_END = REACH * UNITS_PER_SIGMA
const NAMES: AxisName[] = ['x', 'y', 'z']

const along = (axis: number, amount: number): [number, number, number] => {
  const point: [number, number, number] = [0, 0, 0]
  point[axis] = amount
  return point
}

function fill(lines: LineMesh): void {
  const { axes, blend } = viewStore.getState()
  const colours = themeColours()
  const rule = fromHex(colours.inkSoft)
  const words: PointWord[] = []
  NAMES.forEach((name, axis) => {
    const feature = axes[name] ? featureById(axes[name]) : undefined
    if (!feature) return
    lines.line(along(axis, -RULE_END), along(axis, RULE_END), { colour: rule, alpha: 0.85, width: [1.3, 1.3] })
    // A tick per σ, laid across the rule in the plane that faces a person who stands before it.
    const across = axis === 1 ? 0 : 1
    for (let sigma = -3; sigma <= 3; sigma++) {
      const tick = sigma === 0 ? 0.036 : 0.018
      const from = along(axis, sigma * UNITS_PER_SIGMA)
      const to = [...from]
      from[across] -= tick
      to[across] += tick
      lines.line(from, to, { colour: rule, alpha: 0.85, width: [1.2, 1.2] })
    }
    feature.poles.forEach((pole, side) => {
      const sign = side === 0 ? -1 : 1
      words.push({
        key: `pole ${name}${side}`,
        label: { text: pole, style: 'word' as const },
        point: along(axis, sign * (RULE_END + 0.03)),
        weight: 400,
        side: (axis === 0 ? sign : 0) as -1 | 0 | 1,
      })
    })
  })
  pointWords.set('poles', blend > 0.5 ? words : [])
}

/** The features on show as ruled lines with a tick a σ, and their poles in words. They come and go with the blend. */
export function Axes() {
  const lines = useLines('axes', 'points', fill, { on: ['axes', 'blend'], order: 1 })
  const invalidate = useThree(({ invalidate }) => invalidate)

  useEffect(() => {
    lines.material.uniforms.trim.value = 0
    return featuresStore.subscribe(() => {
      lines.begin()
      fill(lines)
      lines.end()
    })
  }, [lines])

  useFrame((_, seconds) => {
    const { blend } = viewStore.getState()
    const way = blend - lines.strength.value
    if (Math.abs(way) > 0.004) {
      lines.strength.value += way * (reducedMotion() ? 1 : easedShare(seconds, 0.4))
      invalidate()
    } else lines.strength.value = blend
    lines.visible = lines.strength.value > 0.01
  })

  return <primitive object={lines} />
}
