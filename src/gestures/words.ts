import type { Move } from '../meaning/types.ts'
import { featureById } from '../state/features.ts'

/** “+1.5 σ formal”: an amount on a feature, named by the pole it goes to. */
export function amountLabel(featureId: string, sigma: number): string {
  const feature = featureById(featureId)
  const pole = feature ? feature.poles[sigma < 0 ? 0 : 1] : featureId
  return `${sigma < 0 ? '−' : '+'}${Math.abs(sigma).toFixed(1)} σ ${pole}`
}

/** How much of the other end a blend has. */
export function blendWords(amount: number): string {
  if (amount < 0) return 'away from the other'
  return amount > 1 ? 'beyond the other' : `${Math.round(amount * 100)} % of the other`
}

/** What letting go does with a blend in the hand. */
export const blendInHand = (amount: number): string =>
  amount === 0.5 ? 'Let go to blend the two' : `Let go to blend: ${blendWords(amount)}`

/** What a move does, as the history and the branch list name it. */
export function moveLabel(move: Move): string {
  switch (move.kind) {
    case 'translate':
      return `Pull ${amountLabel(move.feature, move.sigma)}`
    case 'axes': {
      const parts = Object.entries(move.sigmas).filter(([, sigma]) => Math.abs(sigma) > 0.05)
      return `Pull ${parts.map(([id, sigma]) => amountLabel(id, sigma)).join(', ') || 'nowhere'}`
    }
    case 'free':
      return 'Pull through the map'
    case 'stretch':
      return move.feature ? `Stretch ${amountLabel(move.feature, move.sigma ?? 1)}` : 'Stretch'
    case 'blend':
      return `Blend${move.amount < 0 || move.amount > 1 ? ',' : ''} ${blendWords(move.amount)}`
    case 'slice':
      return `A point between ${move.anchors.length} passages`
    case 'equalise':
      return `Equalise ${Object.entries(move.gains)
        .map(([id, gain]) => amountLabel(id, gain))
        .join(', ')}`
    case 'hand':
      return 'Your own wording'
  }
}
