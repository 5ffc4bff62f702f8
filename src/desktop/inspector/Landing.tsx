import type { Branch, Candidate, Writer } from '../../meaning/types.ts'
import { chooseCandidate, nodeById, pinCandidate } from '../../state/actions.ts'
import { featureById } from '../../state/features.ts'
import { choose } from '../choosing.ts'
import { shortened, sigmas } from '../words.ts'
import { Difference } from './Difference.tsx'

/** What the words mean, as measured: the shares stand in models/inverter/card.json under `calibration` (`words`). */
const meanings: Record<Branch['confidence']['word'], string> = {
  close: 'Most landings like this one say what was asked.',
  near: 'Many landings like this one say what was asked, though not all.',
  'off the map': 'Few landings like this one say what was asked: read it with care.',
}

const writers: Record<Writer, string> = {
  inverter: 'written',
  search: 'found by search',
  source: 'as it was',
  hand: 'by hand',
  echo: 'from your text',
}

/** Share of the movement that arrived, on a hairline: from where it stood to what was asked. */
function Reached({ before, asked, achieved }: Branch['figures'][string]) {
  const low = Math.min(before, asked, achieved)
  const high = Math.max(before, asked, achieved)
  const at = (value: number) => `${high > low ? ((value - low) / (high - low)) * 100 : 0}%`
  return (
    <div className="reached" aria-hidden="true">
      <i className="was" style={{ left: at(before) }} />
      <i className="asked" style={{ left: at(asked) }} />
      <i className="now" style={{ left: at(achieved) }} />
    </div>
  )
}

/** Movements worth a line: what was asked, and nothing that only drifted along. */
function askedFigures({ figures }: Branch): [string, Branch['figures'][string]][] {
  return Object.entries(figures)
    .filter(([, { before, asked }]) => Math.abs(asked - before) >= 0.25)
    .sort(([, a], [, b]) => Math.abs(b.asked - b.before) - Math.abs(a.asked - a.before))
    .slice(0, 4)
}

function CandidateLine({ branch, candidate, index }: { branch: Branch; candidate: Candidate; index: number }) {
  const source = nodeById(branch.parent)?.text ?? ''
  const chosen = candidate.text === branch.text
  const facts = [
    writers[candidate.writer],
    `${Math.round(candidate.progress * 100)} % of the way`,
    `cosine ${candidate.cosine.toFixed(2)}`,
    `kept ${candidate.kept.toFixed(2)}`,
  ]
  return (
    <li>
      <button
        type="button"
        className="candidate"
        aria-pressed={chosen}
        onClick={() => chooseCandidate(branch.id, index)}
      >
        <span className="candidate-text">
          <Difference before={source} after={candidate.text} />
        </span>
        <span className="candidate-facts figure">
          {facts.join(' · ')}
          <span className="candidate-score" title="The score it was ranked by">
            {candidate.score.toFixed(2)}
          </span>
        </span>
      </button>
      {!chosen && (
        <button
          type="button"
          className="candidate-pin"
          aria-label={`Keep beside: ${candidate.text}`}
          onClick={({ currentTarget }) => {
            // The button goes with the pinning, and must not take the focus along.
            currentTarget.parentElement?.querySelector<HTMLElement>('.candidate')?.focus()
            pinCandidate(branch.id, index)
          }}
        >
          Keep beside
        </button>
      )}
    </li>
  )
}

/** Where a branch really is: what was asked, what was reached, how sure, and which other words were found. */
export function Landing({ branch }: { branch: Branch }) {
  const { confidence, candidates, echoes, timing, move } = branch
  const byHand = move.kind === 'hand'
  const chosen = candidates.find(({ text }) => text === branch.text) ?? candidates[0]
  const figures = askedFigures(branch)
  const unmoved = branch.writer === 'source' && confidence.value === 0
  return (
    <section className="landing" aria-label="The landing">
      {!byHand && (
        <div className="landing-word" data-word={confidence.word}>
          <strong>{unmoved ? 'unchanged' : confidence.word}</strong>
          <span className="soft">
            {unmoved ? 'No words were found that say it better: they stay as they were.' : meanings[confidence.word]}
          </span>
        </div>
      )}
      {figures.length > 0 && (
        <table className="landing-figures figure">
          <thead>
            <tr>
              <th scope="col">
                <span className="unseen">Feature</span>
              </th>
              <th scope="col">was</th>
              <th scope="col">{byHand ? '' : 'asked'}</th>
              <th scope="col">reached</th>
            </tr>
          </thead>
          <tbody>
            {figures.map(([id, figure]) => (
              <tr key={id}>
                <th scope="row">
                  {featureById(id)?.name ?? 'a feature since deleted'}
                  <Reached {...figure} />
                </th>
                <td>{sigmas(figure.before)}</td>
                <td>{byHand ? '' : sigmas(figure.asked)}</td>
                <td className="now">{sigmas(figure.achieved)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {!byHand && !unmoved && chosen && (
        <p className="soft figure landing-note">
          {`Cosine to what was asked ${chosen.cosine.toFixed(3)}; confidence ${Math.round(confidence.value * 100)} %; found in ${(timing.settled / 1000).toFixed(1)} s.`}
        </p>
      )}
      {candidates.length > 1 && (
        <>
          <h3>Other words for it</h3>
          <ul className="candidates">
            {candidates.map((candidate, index) => (
              <CandidateLine key={`${index}${candidate.text}`} branch={branch} candidate={candidate} index={index} />
            ))}
          </ul>
        </>
      )}
      {!byHand && echoes.length > 0 && (
        <>
          <h3>Already near there</h3>
          <ul className="echoes">
            {echoes.flatMap((id) => {
              const echo = nodeById(id)
              if (!echo) return []
              return (
                <li key={id}>
                  <button type="button" onClick={() => choose(id)}>
                    {shortened(echo.text, 120)}
                  </button>
                </li>
              )
            })}
          </ul>
        </>
      )}
    </section>
  )
}
