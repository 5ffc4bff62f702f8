import { agreement, type Calibrations, confidence, distanceToCorpus, type Landing } from '../meaning/confidence.ts'
import { inDeadZone, mayNegate, rank, rankNear } from '../meaning/moves.ts'
import type { Candidate, Confidence } from '../meaning/types.ts'
import type { InvertRequest, Settled } from './api.ts'
import { asCandidate } from './book.ts'
import type { Desk, Task } from './desk.ts'
import { ofPassage, openUnits } from './passage.ts'
import { nearestOf, ofPlace } from './place.ts'

/** Candidates at several strengths or by a search, embedded again and ranked; the source is always among them. */
export async function settle(desk: Desk, request: InvertRequest): Promise<Settled> {
  const started = performance.now()
  let first = 0
  const told = () => {
    first ||= performance.now() - started
  }
  const found = await written(desk, request, told)
  if (!found.length) throw new Error('No words were found for this place. Try one nearer to your text.')
  const settled = performance.now() - started
  const candidates = found.map((one) => ({ ...one, confidence: judge(one, found, request, desk.calibrations) }))
  return { candidates, confidence: candidates[0].confidence, timing: { first: first || settled, settled } }
}

/** A pull rewrites its source; a place in the open or between texts is searched for. */
async function written(desk: Desk, request: InvertRequest, told: () => void): Promise<Candidate[]> {
  const { source, asked, along, move, seed } = request
  const task: Task = { source, asked, along, mayNegate: mayNegate(move), seed }
  if (!source) return rankNear(await ofPlace(desk, task, [], told))
  const unmoved = asCandidate(task, source.text, source.vector, 'source', Number.NaN)
  if (inDeadZone(source.vector, asked)) return [unmoved]
  if (isPlace(request)) {
    const ends = request.between!
    const there = ends.find(({ vector }) => inDeadZone(vector, asked))
    if (there) return [asCandidate(task, there.text, there.vector, 'echo', Number.NaN), unmoved]
    // What is no English prose is not cut up: it stays, or its neighbour is written towards it.
    if (ends.every(({ text }) => openUnits(text, desk.inverter).length))
      return rankNear([...(await ofPlace(desk, task, ends, told)), unmoved], nearestOf(ends, asked))
  }
  return rank([...(await ofPassage(desk, { ...task, source }, told)), unmoved], {
    source: source.text,
    mayNegate: task.mayNegate,
  })
}

/** How sure one can be of a candidate among all that were found. */
function judge(one: Candidate, all: Candidate[], request: InvertRequest, { pulls, places }: Calibrations): Confidence {
  if (inDeadZone(one.vector, request.asked)) return { value: 1, word: 'close' }
  // Words that did not move have landed nowhere.
  if (one.writer === 'source') return { value: 0, word: 'off the map' }
  const others = all.filter((other) => other !== one)
  return confidence(evidence([one, ...others], request), isPlace(request) ? places : pulls)
}

/** Whether a request is about a place in the open or between texts, not about changing one text. */
const isPlace = ({ source, between = [] }: Pick<InvertRequest, 'source' | 'between'>) => !source || between.length > 1

/** Of the corpus only the source is known here; a place is taken to be as far off as half an edit. */
const PLACE_DISTANCE = 0.3

/** What the first of the candidates is judged by. */
export function evidence(
  candidates: Candidate[],
  request: Pick<InvertRequest, 'source' | 'asked' | 'between'>,
): Landing {
  const [best] = candidates
  const place = isPlace(request)
  const written = candidates.filter(({ writer }) => writer !== 'source').slice(0, 4)
  return {
    progress: place ? best.cosine : best.progress,
    cosine: best.cosine,
    distance: place ? PLACE_DISTANCE : distanceToCorpus(request.asked, request.source!.vector),
    agreement: agreement(written.map(({ vector }) => vector)),
    // Between texts it is read after both, where much is only copied: that says nothing of a place.
    fluency: place && request.source ? Number.NaN : best.fluency,
  }
}
