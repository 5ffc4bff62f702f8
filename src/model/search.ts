import { type Measure, measure } from '../meaning/moves.ts'
import type { Word } from '../meaning/types.ts'
import { row } from '../meaning/vector.ts'
import { dress } from './style.ts'

/** Words tried, texts kept from round to round, rounds, and texts embedded in a round. */
const WORDS = 8
const KEPT = 3
const ROUNDS = 2
const TRIED = 64

export interface SearchRequest {
  text: string
  vector: Float32Array
  asked: Float32Array
  along: Float32Array[]
  /** The lens' words of the movement. */
  gained: Word[]
  lost: Word[]
}

export interface Found {
  text: string
  vector: Float32Array
  measure: Measure
}

/**
 * The baseline without an inverter: words of the movement are put in, taken out or exchanged, and the encoder judges
 * each text. Finds small honest edits where one word makes the difference; knows nothing of grammar.
 */
export async function search(
  request: SearchRequest,
  embed: (texts: string[]) => Promise<Float32Array>,
): Promise<Found[]> {
  const { asked, vector: e, along } = request
  let kept: Found[] = [{ text: request.text, vector: e, measure: measure(asked, e, e, along) }]
  const seen = new Set([request.text])
  for (let round = 0; round < ROUNDS; round++) {
    const texts = kept
      .flatMap(({ text }) => neighbours(text, request))
      .flatMap((text) => dress(text, request.text) ?? [])
      .filter((text, i, all) => !seen.has(text) && all.indexOf(text) === i)
      .slice(0, TRIED)
    if (!texts.length) break
    for (const text of texts) seen.add(text)
    const vectors = await embed(texts)
    const found = texts.map((text, i) => {
      const vector = row(vectors, i).slice()
      return { text, vector, measure: measure(asked, e, vector, along) }
    })
    const before = kept[0].measure
    kept = [...kept, ...found].sort((a, b) => worth(b.measure) - worth(a.measure)).slice(0, KEPT)
    if (worth(kept[0].measure) - worth(before) < 0.02) break
  }
  return kept
}

/** As `rank` weighs progress and what was kept; of fluency a search knows nothing. */
const worth = ({ progress, kept }: Measure) => 1 - Math.min(2, Math.abs(1 - progress)) + kept

/** Texts one edit away: exchanges at the words let go first, then elsewhere, then additions, then removals. */
export function neighbours(text: string, { gained, lost }: Pick<SearchRequest, 'gained' | 'lost'>): string[] {
  const parts = text.split(/(\s+)/)
  const places = parts.flatMap((part, i) => (/\p{L}/u.test(part) ? [i] : []))
  const bare = (part: string) => part.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
  const leaving = new Set(lost.slice(0, WORDS).map(([word]) => word.toLowerCase()))
  const first = places.filter((i) => leaving.has(bare(parts[i]).toLowerCase()))
  const rest = places.filter((i) => !first.includes(i))
  const words = gained.slice(0, WORDS).map(([word]) => word)
  const put = (i: number, value: string) => parts.with(i, value).join('')
  const exchanged = (i: number, word: string) =>
    put(i, parts[i].replace(bare(parts[i]), cased(word, bare(parts[i]), i)))
  return [
    ...first.flatMap((i) => words.map((word) => exchanged(i, word))),
    ...first.map((i) => put(i, '')),
    ...places.flatMap((i) => words.slice(0, 3).map((word) => put(i, `${word} ${i ? parts[i] : uncapital(parts[i])}`))),
    ...words.slice(0, 4).flatMap((word) => rest.map((i) => exchanged(i, word))),
  ]
}

const uncapital = (word: string) => (/^(?:I\b|\p{Lu}{2})/u.test(word) ? word : word[0].toLowerCase() + word.slice(1))

function cased(word: string, like: string, at: number): string {
  if (/^\p{Lu}/u.test(like)) return word[0].toUpperCase() + word.slice(1)
  return at === 0 ? word : uncapital(word)
}
