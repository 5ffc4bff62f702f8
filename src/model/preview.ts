import { inDeadZone } from '../meaning/moves.ts'
import { type Candidate, DIMENSIONS } from '../meaning/types.ts'
import type { InvertRequest } from './api.ts'
import { asCandidate } from './book.ts'
import type { Desk } from './desk.ts'
import { exchange, moved, openUnits, unitVectors } from './passage.ts'
import { settle } from './settle.ts'
import { dress } from './style.ts'
import type { Unit } from './units.ts'

/**
 * The first text for a movement: greedy, sentence by sentence, told as it is written. A sentence whose new text is not
 * fit to be shown stays as it is. Without an inverter the search answers.
 */
export async function preview(
  desk: Desk,
  request: InvertRequest,
  partial?: (text: string) => void,
): Promise<Candidate> {
  const { source, asked } = request
  const { inverter, signal } = desk
  if (!inverter || (source && inDeadZone(source.vector, asked))) {
    const { candidates } = await settle(desk, request)
    return candidates[0]
  }
  if (!source) {
    const { text, fluency, ended } = await inverter.greedy(asked, null, { signal, partial })
    const fit = ended ? dress(text, null) : null
    if (!fit) throw new Error('No words were found for this place. Try one nearer to your text.')
    return candidate(desk, request, fit, fluency)
  }
  const pieces = openUnits(source.text, inverter)
  const vectors = await unitVectors(desk, source, pieces)
  const changes: [Unit, string][] = []
  let fluency = 0
  for (const [i, piece] of pieces.entries()) {
    const read = await desk.read(piece.text, vectors[i])
    const target = piece.text === source.text ? asked : moved(vectors[i], source.vector, asked)
    const written = await inverter.greedy(target, read, {
      signal,
      partial: (text) => partial?.(exchange(source.text, [...changes, [piece, text]])),
    })
    changes.push([piece, (written.ended && dress(written.text, piece.text)) || piece.text])
    fluency += written.fluency / pieces.length
  }
  return candidate(desk, request, exchange(source.text, changes), fluency)
}

async function candidate(desk: Desk, request: InvertRequest, text: string, fluency: number): Promise<Candidate> {
  const { source } = request
  const vector = text === source?.text ? source.vector : (await desk.embed([text])).slice(0, DIMENSIONS)
  return asCandidate(request, text, vector, text === source?.text ? 'source' : 'inverter', fluency)
}
