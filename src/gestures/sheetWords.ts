import { nodeById } from '../state/nodes.ts'
import type { ReadPoint } from '../state/sheetPoint.ts'

/** How much one of several passages counts at a point between them. */
export interface Share {
  /** Which of them, from 0. */
  anchor: number
  percent: number
}

/** The shares of the anchors that count, the greatest first; rounded, but to no more than 100 in all. */
export function sharesOf(weights: readonly number[]): Share[] {
  const shares = weights.map((weight, anchor) => ({ anchor, percent: Math.floor(weight * 100 + 1e-6) }))
  const left = 100 - shares.reduce((sum, { percent }) => sum + percent, 0)
  const lost = ({ anchor, percent }: Share) => weights[anchor]! * 100 - percent
  const rounded = shares.filter((share) => lost(share) >= 0.5).sort((a, b) => lost(b) - lost(a))
  for (const share of rounded.slice(0, left)) share.percent++
  return shares.filter(({ percent }) => percent > 0).sort((a, b) => b.percent - a.percent)
}

/** “58 % of 1”: the anchor by its number in the selection. */
export const shareLabel = ({ anchor, percent }: Share): string => `${percent} % of ${anchor + 1}`

/** How it stands with the sentence at a point. @param verb what keeps the point: “Click”, “Pinch” */
export function pointLabel({ phase, text, sure, anchors, weights }: ReadPoint, verb: string): string {
  if (phase === 'keeping') return 'Keeping it as a branch …'
  if (phase === 'looking') return 'Finding the words …'
  if (text === null) return 'No words were found here.'
  if (sharesOf(weights).length === 1) return 'The passage itself.'
  const way = `${verb} to keep it as a branch.`
  const own = anchors.findIndex((id) => nodeById(id)?.text === text)
  if (own >= 0) return `Nothing comes nearer than the words of ${own + 1}. ${way}`
  return sure === 'off the map' ? `Off the map. ${way}` : way
}
