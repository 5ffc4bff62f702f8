import { agreement, type Calibration, confidence, distanceToCorpus, type Landing } from '../meaning/confidence.ts'
import { inDeadZone, mayNegate, rank, rankNear } from '../meaning/moves.ts'
import type { Candidate } from '../meaning/types.ts'
import type { InvertRequest, Settled } from './api.ts'
import { asCandidate } from './book.ts'
import type { Desk, Task } from './desk.ts'
import { ofPassage } from './passage.ts'
import { ofPlace } from './place.ts'

/** Candidates at several strengths or by a search, embedded again and ranked; the source is always among them. */
export async function settle(desk: Desk, request: InvertRequest): Promise<Settled> {
  const started = performance.now()
  let first = 0
  const told = () => {
    first ||= performance.now() - started
  }
  const candidates = await written(desk, request, told)
  if (!candidates.length) throw new Error('No words were found for this place. Try one nearer to your text.')
  const settled = performance.now() - started
  return {
    candidates,
    confidence: judge(candidates, request, desk.calibration),
    timing: { first: first || settled, settled },
  }
}

/** A pull rewrites its source; a place in the open or between texts is searched for. */
async function written(desk: Desk, request: InvertRequest, told: () => void): Promise<Candidate[]> {
  const { source, asked, along, move, between = [], seed } = request
  const task: Task = { source, asked, along, mayNegate: mayNegate(move), seed }
  if (!source) return rankNear(await ofPlace(desk, task, between, told))
  const unmoved = asCandidate(task, source.text, source.vector, 'source', Number.NaN)
  if (inDeadZone(source.vector, asked)) return [unmoved]
  if (between.length > 1) return rankNear([...(await ofPlace(desk, task, between, told)), unmoved])
  return rank([...(await ofPassage(desk, { ...task, source }, told)), unmoved], {
    source: source.text,
    mayNegate: task.mayNegate,
  })
}

/** How sure one can be of the best candidate. */
function judge(candidates: Candidate[], request: InvertRequest, calibration: Calibration) {
  const { source, asked } = request
  if (source && inDeadZone(source.vector, asked)) return { value: 1, word: 'close' as const }
  // Words that did not move have landed nowhere.
  if (candidates[0].writer === 'source') return { value: 0, word: 'off the map' as const }
  return confidence(evidence(candidates, request), calibration)
}

/** What the best candidate is judged by. */
export function evidence(candidates: Candidate[], { source, asked }: Pick<InvertRequest, 'source' | 'asked'>): Landing {
  const [best] = candidates
  const written = candidates.filter(({ writer }) => writer !== 'source').slice(0, 4)
  return {
    progress: best.progress,
    cosine: best.cosine,
    // Of the corpus only the source is known here; an empty place is taken to be as far off as half an edit.
    distance: source ? distanceToCorpus(asked, source.vector) : 0.3,
    agreement: agreement(written.map(({ vector }) => vector)),
    fluency: best.fluency,
  }
}
