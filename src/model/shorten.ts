import { dot, row } from '../meaning/vector.ts'
import type { Desk } from './desk.ts'
import { BEGINS, SENTENCE_END } from './splice.ts'
import { isBalanced } from './style.ts'

/** Leaving one of these out would turn the text over. */
const NEGATION = /^(?:not|never|no|nothing|nobody|none|neither|nor|without|cannot|.*n['’]t)$/i
/** What begins a sentence with a capital and, behind another, has none; of other words one cannot know. */
const ALSO_BEGINS =
  /^(?:all|any|both|each|every|few|many|most|more|much|no|none|nothing|nobody|now|once|one|only|other|some|such|then|thus|here|how|what|why|since|until|during|perhaps|maybe|even|just|never|not|soon|still|yet|let)$/i
const CONJUNCTION = /^(?:and|but|so|or|yet)$/i
const ABBREVIATED = /\p{L}\.\p{L}{1,2}\.$/u
const PAUSE = /[,;:—–-]+$/u
/** Words that each of the two texts keeps. */
const KEPT = 2
/** Most words left out at one place, least log-probability of going on behind it, and places tried. */
const LONGEST = 14
const LEAST_JUMP = -5
const TRIED = 64
/** What a nat of log-probability at a seam may cost in cosine. */
const NAT = 0.004
/** Ways to shorten a text that are gone on with at each word, and that are embedded. */
const WAYS = 4
const EMBEDDED = 24

/** log-probability that a text goes on with word `end` (its length: with a full stop) where word `start` would follow. */
export type Jump = (start: number, end: number) => number

/** Two texts as one; `joint` is the place of the word that joins them. */
export interface Joined {
  words: string[]
  joint: number
}

/** Words that are left out: what the seam costs, and what it costs together with the loss of nearness, by itself. */
interface Cut {
  start: number
  end: number
  seam: number
  cost: number
}

/** A conjunction that the second text begins with joins them; else "and". */
export function joined(first: string, second: string): Joined {
  // The point of "U.S." belongs to the word.
  const a = (ABBREVIATED.test(first.trim()) ? first.trim() : first.trim().replace(SENTENCE_END, '$1')).split(/\s+/)
  const b = second.trim().split(/\s+/)
  const [joint] = b.length > KEPT && CONJUNCTION.test(b[0]) ? b.splice(0, 1) : ['and']
  const [stem] = b[0].replace(/^\P{L}+/u, '').split(/[^\p{L}]/u)
  if (stem !== 'I' && (BEGINS.test(stem) || ALSO_BEGINS.test(stem)))
    b[0] = b[0].replace(/\p{L}/u, (letter) => letter.toLowerCase())
  return { words: [...a, joint.toLowerCase(), ...b], joint: a.length }
}

/** The text of some words; a full stop where none ends it, a capital where the first word had one. */
export function asText(words: string[], like = words): string {
  const text = words.join(' ').replace(PAUSE, '')
  const capital = /^\P{L}*\p{Lu}/u.test(like[0])
  const begun = capital ? text.replace(/^(\P{L}*)(\p{Ll})/u, (_, marks, first) => marks + first.toUpperCase()) : text
  return SENTENCE_END.test(begun) ? begun : `${begun}.`
}

/**
 * Two joined texts in at most `most` words: what is left out is what matters least for how near they are to a place,
 * where the inverter thinks that the text may go on behind it. A "not" is never left out.
 * @param jump how well the text goes on behind what is left out
 * @returns the texts, the best first; none where they cannot be shortened so far
 */
export async function shortened(
  embed: Desk['embed'],
  asked: Float32Array,
  whole: Joined,
  { most, jump }: { most: number; jump: Jump },
): Promise<string[]> {
  const { words } = whole
  const text = (cuts: Cut[]) =>
    asText(
      words.filter((_, i) => !cuts.some(({ start, end }) => i >= start && i < end)),
      words,
    )
  const over = words.length - most
  if (over <= 0) return [text([])]
  const tried = places(whole, jump)
  if (!tried.length) return []
  const alone = await embed([text([]), ...tried.map((cut) => text([cut]))])
  const near = (vectors: Float32Array, at: number) => dot(asked, row(vectors, at))
  tried.forEach((cut, i) => {
    cut.cost += near(alone, 0) - near(alone, i + 1)
  })
  const ways = new Map<string, Way>()
  for (const way of cheapest(whole, tried, over)) {
    const shorter = text(way.cuts)
    if (isBalanced(shorter) && !ways.has(shorter)) ways.set(shorter, way)
  }
  if (!ways.size) return []
  const vectors = await embed([...ways.keys()])
  return [...ways]
    .map(([shorter, { seams }], i) => ({ shorter, worth: near(vectors, i) - seams }))
    .sort((one, other) => other.worth - one.worth)
    .map(({ shorter }) => shorter)
}

/** Where words can be left out, the most natural first, before their loss is known. */
function places({ words, joint }: Joined, jump: Jump): Cut[] {
  const found: Cut[] = []
  const fixed = words.map((word) => NEGATION.test(word.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')))
  for (let start = 0; start < words.length; start++) {
    for (let end = start + 1; end <= Math.min(words.length, start + LONGEST) && !fixed[end - 1]; end++) {
      const left = Math.min(joint, start) + Math.max(0, joint - end)
      const right = words.length - Math.max(joint + 1, end) + Math.max(0, start - joint - 1)
      // The joining word does not go alone.
      if (left < KEPT || right < KEPT || (start === joint && end === joint + 1)) continue
      const natural = jump(start, end)
      const seam = -NAT * natural
      if (natural >= LEAST_JUMP) found.push({ start, end, seam, cost: seam })
    }
  }
  // Of equals the shorter: they go together in more ways.
  return found.sort((a, b) => a.seam - b.seam || a.end - a.start - (b.end - b.start)).slice(0, TRIED)
}

interface Way {
  cuts: Cut[]
  cost: number
  seams: number
}

/** The cheapest ways to leave at least so many words out, costs of places taken to add up; no two places touch. */
function cheapest({ words, joint }: Joined, places: Cut[], over: number): Way[] {
  const open = Array.from({ length: words.length + 1 }, () => new Map<number, Way[]>())
  const reach = (at: number, gone: number, way: Way) => {
    const ways = [...(open[at].get(gone) ?? []), way].sort((a, b) => a.cost - b.cost).slice(0, WAYS)
    open[at].set(gone, ways)
  }
  reach(0, 0, { cuts: [], cost: 0, seams: 0 })
  for (let at = 0; at < words.length; at++)
    for (const [gone, ways] of open[at])
      for (const way of ways) {
        reach(at + 1, gone, way)
        if (way.cuts.at(-1)?.end === at) continue
        for (const cut of places.filter(({ start }) => start === at)) {
          reach(cut.end, gone + cut.end - cut.start, {
            cuts: [...way.cuts, cut],
            cost: way.cost + cut.cost,
            seams: way.seams + cut.seam,
          })
        }
      }
  const keeps = ({ cuts }: Way) => {
    const left = words.map((_, i) => !cuts.some(({ start, end }) => i >= start && i < end))
    return [left.slice(0, joint), left.slice(joint + 1)].every((side) => side.filter(Boolean).length >= KEPT)
  }
  return [...open[words.length]]
    .flatMap(([gone, ways]) => (gone >= over ? ways : []))
    .filter(keeps)
    .sort((a, b) => a.cost - b.cost)
    .slice(0, EMBEDDED)
}
