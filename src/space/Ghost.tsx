import { useEffect, useMemo } from 'react'
import { placeBeside } from '../gestures/target.ts'
import { SIGMAS_PER_UNIT } from '../meaning/layout/arrange.ts'
import type { Feature, Vec3 } from '../meaning/types.ts'
import { featureById } from '../state/features.ts'
import { nodeById } from '../state/nodes.ts'
import { type Pull, pullStore } from '../state/pull.ts'
import { fromHex } from '../wall/colours.ts'
import { type PointWord, pointWords } from './labels/wishes.ts'
import { LineMesh } from './lines/lineMesh.ts'
import { displayedPlace, setPlace } from './positions.ts'
import { currentScene, handRow, reachRow } from './scene.ts'
import { onThemeChange, themeColours } from './theme.ts'

/** The rule of a pull along a feature runs at least this many σ to either side of where it began. */
const RULE_SIGMAS = 3
const WORDS = 'pull'

const plus = (a: Vec3, b: Vec3, by: number): Vec3 => [a[0] + b[0] * by, a[1] + b[1] * by, a[2] + b[2] * by]

/** The way in space along which the pulled feature grows; null while there is none to see. */
function wayOf({ from, at, move }: Pull): Vec3 | null {
  if (move.kind !== 'translate' || !move.sigma) return null
  const delta = plus(at, from, -1)
  const length = Math.hypot(...delta) * Math.sign(move.sigma)
  return Math.abs(length) < 1e-4 ? null : [delta[0] / length, delta[1] / length, delta[2] / length]
}

/** A feature's rule through where the pull began: a tick at each σ, a firm one at the natural step, poles in words. */
function rule(lines: LineMesh, { from }: Pull, feature: Feature, way: Vec3): void {
  const colours = themeColours()
  const soft = fromHex(colours.inkSoft)
  const accent = fromHex(colours.accent)
  const unit = 1 / SIGMAS_PER_UNIT
  const reach = Math.max(RULE_SIGMAS, Math.ceil(feature.naturalStep))
  const end = (reach + 0.3) * unit
  lines.line(plus(from, way, -end), plus(from, way, end), { colour: soft, alpha: 0.7, width: [1.1, 1.1] })
  const up: Vec3 = Math.abs(way[1]) > 0.8 ? [1, 0, 0] : [0, 1, 0]
  const words: PointWord[] = []
  for (let sigma = -reach; sigma <= reach; sigma++) {
    const at = plus(from, way, sigma * unit)
    lines.line(plus(at, up, -0.015), plus(at, up, 0.015), { colour: soft, alpha: 0.9, width: [1.3, 1.3] })
    if (sigma === 0) continue
    const text = `${sigma > 0 ? '+' : '−'}${Math.abs(sigma)} σ`
    words.push({
      key: `mark ${sigma}`,
      label: { text, style: 'mark' },
      point: plus(at, up, -0.055),
      weight: 300,
      side: 0,
    })
  }
  for (const sign of [-1, 1]) {
    const at = plus(from, way, sign * feature.naturalStep * unit)
    lines.line(plus(at, up, -0.03), plus(at, up, 0.03), { colour: accent, alpha: 1, width: [2.2, 2.2] })
    const pole = feature.poles[sign < 0 ? 0 : 1]
    const point = plus(from, way, sign * (end + 0.05))
    words.push({ key: `pull pole ${sign}`, label: { text: pole, style: 'word' }, point, weight: 450, side: 0 })
  }
  pointWords.set(WORDS, words)
}

/** The quarters of a blend, and how it is written. */
const QUARTERS = [
  [0.25, '¼'],
  [0.5, '½'],
  [0.75, '¾'],
] as const

/** The way that the hand slides along, with its quarters: the hand's place on it says how much of the other is meant. */
function way(lines: LineMesh, { from, to }: { from: Vec3; to: Vec3 }): void {
  const delta = plus(to, from, -1)
  const { accent, inkSoft } = themeColours()
  lines.line(from, to, { colour: fromHex(accent), alpha: 0.8, width: [1.1, 1.1] })
  const up: Vec3 = Math.abs(delta[1]) > 0.8 * Math.hypot(...delta) ? [1, 0, 0] : [0, 1, 0]
  const words = QUARTERS.map(([share, text]): PointWord => {
    const at = plus(from, delta, share)
    lines.line(plus(at, up, -0.015), plus(at, up, 0.015), { colour: fromHex(inkSoft), alpha: 0.9, width: [1.3, 1.3] })
    return { key: `mark ${text}`, label: { text, style: 'mark' }, point: plus(at, up, -0.055), weight: 300, side: 0 }
  })
  pointWords.set(WORDS, words)
}

/**
 * A pull under way: the original stays, a filament runs to the node in the hand, the feature's rule shows the σ, and a
 * dotted tether shows where the words found so far would land.
 */
export function Ghost() {
  const filament = useMemo(() => new LineMesh('rows', 'pull', { order: 4 }), [])
  const ruler = useMemo(() => new LineMesh('points', 'pull-rule', { order: 3 }), [])

  useEffect(() => {
    ruler.material.uniforms.trim.value = 0
    const draw = () => {
      const { pull } = pullStore.getState()
      const scene = currentScene()
      const row = scene.rowOf.get(pull?.node ?? '')
      filament.begin()
      ruler.begin()
      pointWords.delete(WORDS)
      if (pull && row !== undefined) {
        const colours = themeColours()
        const accent = fromHex(colours.accent)
        filament.between(row, handRow(scene), { colour: accent, alpha: 0.95, width: [1, 2.2] })
        const node = nodeById(pull.node)
        const found = pull.preview && node && pull.preview.writer !== 'source'
        if (found) {
          const style = { colour: fromHex(colours.inkSoft), alpha: 0.95, width: [1.6, 1.6], dots: 6 } as const
          filament.between(handRow(scene), reachRow(scene), style)
        }
        const along = wayOf(pull)
        const feature = pull.move.kind === 'translate' ? featureById(pull.move.feature) : undefined
        if (along && feature) rule(ruler, pull, feature, along)
        if (pull.filament) way(ruler, pull.filament)
      }
      filament.end()
      ruler.end()
    }
    const follow = () => {
      const { pull } = pullStore.getState()
      const scene = currentScene()
      setPlace(handRow(scene), pull ? pull.at : null)
      const node = pull && nodeById(pull.node)
      const vector = pull?.preview?.vector
      // Words that were found are shown where they would land, as a branch made of them would be.
      const landing = node && vector ? displayedPlace(placeBeside(node, vector), vector) : null
      setPlace(reachRow(scene), landing, { eased: true })
      draw()
    }
    follow()
    const stops = [pullStore.subscribe(follow), onThemeChange(draw)]
    return () => {
      for (const stop of stops) stop()
      filament.dispose()
      ruler.dispose()
      pointWords.delete(WORDS)
    }
  }, [filament, ruler])

  return (
    <>
      <primitive object={filament} />
      <primitive object={ruler} />
    </>
  )
}
