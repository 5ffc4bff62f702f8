import { useStore } from 'zustand'
import { featureById } from '../../state/features.ts'
import { nodeById } from '../../state/nodes.ts'
import { pullStore } from '../../state/pull.ts'
import { Difference } from '../inspector/Difference.tsx'
import { sigmas } from '../words.ts'

/** While a passage is in the hand: how far it is asked to go, what that place says, and which words come and go. */
export function ReadOut() {
  const pull = useStore(pullStore, (state) => state.pull)
  const node = pull && nodeById(pull.node)
  if (!pull || !node) return null
  const amounts = Object.entries(pull.sigmas).filter(([, sigma]) => Math.abs(sigma) >= 0.05)
  const { gained, lost } = pull.words
  return (
    <div className="readout">
      <div className="readout-amount figure">
        {amounts.map(([id, sigma]) => {
          const feature = featureById(id)
          return <span key={id}>{`${sigmas(sigma)} ${feature?.poles[sigma < 0 ? 0 : 1] ?? id}`}</span>
        })}
        {amounts.length === 0 && <span>{pull.phase === 'settling' ? 'Finding the words' : 'In your hand'}</span>}
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
