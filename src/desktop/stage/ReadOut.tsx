import { useStore } from 'zustand'
import { blendInHand } from '../../gestures/words.ts'
import { featureById } from '../../state/features.ts'
import { nodeById } from '../../state/nodes.ts'
import { type Pull, pullStore } from '../../state/pull.ts'
import { Difference } from '../inspector/Difference.tsx'
import { sigmas } from '../words.ts'
import { useMakingWay } from './makeWay.ts'

/** More than this, in σ, of what was wished for is not asked: the corpus ends there. */
const NOTABLE = 0.1

/** Whether the hand is farther than what may be asked. */
function isBeyond({ move, sigmas: asked }: Pull): boolean {
  if (move.kind !== 'translate') return false
  return Math.abs(move.sigma) - Math.abs(asked[move.feature] ?? 0) > NOTABLE
}

function withoutAmounts({ phase, move }: Pull): string {
  if (phase === 'settling') return 'Finding the words'
  return move.kind === 'blend' ? blendInHand(move.amount) : 'In your hand'
}

/** While a passage is in the hand: how far it is asked to go, what that place says, and which words come and go. */
export function ReadOut() {
  const pull = useStore(pullStore, (state) => state.pull)
  const panel = useMakingWay()
  const node = pull && nodeById(pull.node)
  if (!pull || !node) return null
  const amounts = Object.entries(pull.sigmas).filter(([, sigma]) => Math.abs(sigma) >= 0.05)
  const { gained, lost } = pull.words
  return (
    <div className="readout" ref={panel}>
      <div className="readout-amount figure">
        {amounts.map(([id, sigma]) => {
          const feature = featureById(id)
          return <span key={id}>{`${sigmas(sigma)} ${feature?.poles[sigma < 0 ? 0 : 1] ?? id}`}</span>
        })}
        {isBeyond(pull) && <span className="soft">as far as English goes</span>}
        {amounts.length === 0 && <span>{withoutAmounts(pull)}</span>}
      </div>
      <p className="book">
        <Difference before={node.text} after={pull.preview?.text ?? node.text} />
      </p>
      {gained.length + lost.length > 0 && (
        <div className="readout-words">
          {gained.map(([word]) => (
            <span key={word}>{word}</span>
          ))}
          {lost.map(([word]) => (
            <span key={word} className="lost">
              {word}
            </span>
          ))}
        </div>
      )}
    </div>
  )
}
