import { parseFeatures } from '../../../src/meaning/features.ts'
import { translate } from '../../../src/meaning/moves.ts'
import { DIMENSIONS, type Feature } from '../../../src/meaning/types.ts'
import type { InvertRequest } from '../../../src/model/api.ts'

/** Passages of about 25 tokens, as the target has it, each with a feature to pull it along by its natural step. */
const passages: [text: string, feature: string, steps: number][] = [
  [
    'The committee agreed on the new plan after a long meeting, and the work on the old harbour will begin in spring.',
    'negation',
    1,
  ],
  [
    'She walks along the river every morning before breakfast and counts the boats that are waiting for the tide to turn.',
    'tense',
    1,
  ],
  [
    'I thought the food was excellent and the people who served us were friendly, so we stayed until the place closed.',
    'sentiment',
    -1,
  ],
  [
    'They have repaired the roof of the station, painted the doors, and put the old clock back above the main entrance.',
    'question',
    1,
  ],
  [
    'My brother keeps every letter that he has received in a wooden box under the stairs and reads them again each winter.',
    'gender',
    1,
  ],
  [
    'We usually take the last train home because the road through the hills is narrow and nobody likes to drive it at night.',
    'person',
    -1,
  ],
  [
    'The results suggest that a small amount of light in the evening can change how well older people sleep during the week.',
    'certainty',
    1,
  ],
  [
    'He promised to send the photographs as soon as he found them, but the house is full of boxes and he is always busy.',
    'future',
    1,
  ],
]

export interface Pull {
  feature: string
  sigma: number
  request: InvertRequest & { source: { text: string; vector: Float32Array } }
}

async function features(): Promise<Feature[]> {
  const [card, bytes] = await Promise.all([
    fetch('/models/features/card.json').then((response) => response.json()),
    fetch('/models/features/features.f32').then((response) => response.arrayBuffer()),
  ])
  return parseFeatures(card, new Uint8Array(bytes))
}

/** The pulls of the bench, with vectors by the encoder at hand. */
export async function pulls(embed: (texts: string[]) => Promise<Float32Array>): Promise<Pull[]> {
  const known = await features()
  const vectors = await embed(passages.map(([text]) => text))
  return passages.map(([text, id, steps], i) => {
    const feature = known.find((one) => one.id === id)
    if (!feature) throw new Error(`There is no feature "${id}" to pull along.`)
    const vector = vectors.slice(i * DIMENSIONS, (i + 1) * DIMENSIONS)
    const sigma = steps * feature.naturalStep
    const asked = translate(vector, [{ feature, sigma }])
    const move = { kind: 'translate' as const, feature: id, sigma }
    return {
      feature: id,
      sigma,
      request: { source: { text, vector }, asked, along: [feature.direction], move, seed: 1 },
    }
  })
}
