import { Random } from './layout/random.ts'
import type { Vec3 } from './types.ts'

/** A neighbourhood of the map with words of its own. */
export interface Region {
  centre: Vec3
  /** Root mean square distance of its members from the centre, in map units. */
  radius: number
  /** Rows of its passages. */
  members: number[]
  /** What it is about, most telling first. */
  words: string[]
}

export interface RegionOptions {
  /** How many regions; by default about √(n/3), between 2 and 24. */
  count?: number
  /** Words a region. */
  words?: number
  seed?: number
  /** Words the lens reads for these rows together, to be mixed with those counted (see `model/api.ts`). */
  lens?: (members: number[]) => string[]
}

/**
 * Names for the map's neighbourhoods: k-means over the places (k-means++ start, seeded), and for each region the words
 * that are frequent in it and rare elsewhere: class-based tf-idf, tf · log(1 + A / f), as BERTopic's authors put it
 * (Grootendorst 2022), counting each word once a passage.
 * @param positions n×3
 * @param texts the passages in the same order
 */
export function mapWords(positions: Float32Array, texts: string[], options: RegionOptions = {}): Region[] {
  const n = texts.length
  if (!n) return []
  const count = Math.min(n, options.count ?? Math.max(2, Math.min(24, Math.round(Math.sqrt(n / 3)))))
  const groups = clusters(positions, count, options.seed ?? 1)
  const words = tellingWords(texts, groups, options.words ?? 3)
  return groups
    .map((members, g) => {
      const counted = words[g]
      const read = options.lens?.(members).filter((word) => !counted.includes(word)) ?? []
      return { ...shapeOf(positions, members), members, words: [...counted, ...read].slice(0, options.words ?? 3) }
    })
    .filter(({ words }) => words.length > 0)
    .sort((a, b) => b.members.length - a.members.length || a.members[0] - b.members[0])
}

/** Lloyd's k-means on places; the rows of each non-empty cluster. */
export function clusters(positions: Float32Array, count: number, seed: number): number[][] {
  const n = positions.length / 3
  const centres = spreadStart(positions, n, count, new Random(seed))
  const own = new Uint32Array(n)
  for (let round = 0; round < 50; round++) {
    let changed = 0
    for (let i = 0; i < n; i++) {
      const nearest = nearestCentre(positions, i, centres).index
      if (own[i] !== nearest || round === 0) changed++
      own[i] = nearest
    }
    if (!changed) break
    const sums = centres.map(() => [0, 0, 0, 0])
    for (let i = 0; i < n; i++) {
      const sum = sums[own[i]]
      for (let axis = 0; axis < 3; axis++) sum[axis] += positions[3 * i + axis]
      sum[3]++
    }
    sums.forEach(([x, y, z, size], c) => {
      if (size) centres[c] = [x / size, y / size, z / size]
    })
  }
  const groups: number[][] = centres.map(() => [])
  for (let i = 0; i < n; i++) groups[own[i]].push(i)
  return groups.filter((group) => group.length > 0)
}

/** k-means++: each next centre is drawn by its squared distance from those before it. */
function spreadStart(positions: Float32Array, n: number, count: number, random: Random): Vec3[] {
  const at = (i: number): Vec3 => [positions[3 * i], positions[3 * i + 1], positions[3 * i + 2]]
  const centres = [at(random.below(n))]
  const squares = new Float64Array(n).fill(Number.POSITIVE_INFINITY)
  while (centres.length < count) {
    let total = 0
    for (let i = 0; i < n; i++) {
      squares[i] = Math.min(squares[i], squareTo(positions, i, centres[centres.length - 1]))
      total += squares[i]
    }
    let left = random.next() * total
    let chosen = 0
    while (chosen < n - 1 && left >= squares[chosen]) left -= squares[chosen++]
    centres.push(at(chosen))
  }
  return centres
}

function squareTo(positions: Float32Array, i: number, [x, y, z]: Vec3): number {
  return (positions[3 * i] - x) ** 2 + (positions[3 * i + 1] - y) ** 2 + (positions[3 * i + 2] - z) ** 2
}

function nearestCentre(positions: Float32Array, i: number, centres: Vec3[]): { index: number; square: number } {
  let index = 0
  let square = Number.POSITIVE_INFINITY
  centres.forEach((centre, c) => {
    const distance = squareTo(positions, i, centre)
    if (distance < square) {
      index = c
      square = distance
    }
  })
  return { index, square }
}

function shapeOf(positions: Float32Array, members: number[]): { centre: Vec3; radius: number } {
  const centre: Vec3 = [0, 0, 0]
  for (const i of members) for (let axis = 0; axis < 3; axis++) centre[axis] += positions[3 * i + axis] / members.length
  const squares = members.reduce((sum, i) => sum + squareTo(positions, i, centre), 0)
  return { centre, radius: Math.sqrt(squares / members.length) }
}

function tellingWords(texts: string[], groups: number[][], count: number): string[][] {
  const everywhere = new Map<string, number>()
  const within = groups.map((members) => {
    const counts = new Map<string, number>()
    for (const i of members) {
      for (const word of new Set(wordsOf(texts[i]))) {
        counts.set(word, (counts.get(word) ?? 0) + 1)
        everywhere.set(word, (everywhere.get(word) ?? 0) + 1)
      }
    }
    return counts
  })
  // A: words a group has on average.
  const average = [...everywhere.values()].reduce((sum, value) => sum + value, 0) / groups.length
  return within.map((counts, g) =>
    [...counts]
      // A word of one passage only names that passage, unless the region has little else.
      .filter(([, times]) => times > 1 || groups[g].length < 4)
      .map(([word, times]): [string, number] => [word, times * Math.log(1 + average / (everywhere.get(word) ?? 1))])
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, count)
      .map(([word]) => word),
  )
}

/** Lower-cased words of three letters and more that carry content. */
export function wordsOf(text: string): string[] {
  const found = text.toLowerCase().match(/\p{L}[\p{L}\p{M}'’-]+\p{L}/gu) ?? []
  return found.map((word) => word.replace(/['’]s$/u, '')).filter((word) => word.length > 2 && !FUNCTION_WORDS.has(word))
}

/** English words that name nothing: articles, pronouns, prepositions, auxiliaries, and what often stands with them. */
const FUNCTION_WORDS = new Set(
  `the and but for nor yet not you your yours his her hers him she its our ours their theirs they them who whom whose
  which what that this these those there here where when why how all any both each few more most other some such only
  own same than too very can will just don should now are was were been being have has had having does did doing would
  could ought might must shall may about above after again against because before below between down during from
  further into off once out over under until upon with without within through while also even ever never always often
  still much many every another either neither one two three like get got make made way let per via onto though although
  however therefore thus hence since else maybe perhaps quite rather really almost already around away back came come
  comes goes going gone went say says said see seen set put use used using know known think thought take took taken
  didn't don't doesn't isn't wasn't aren't weren't won't wouldn't can't couldn't shouldn't i'm i've i'd i'll it's that's
  he's she's they're we're you're there's what's let's`.split(/\s+/),
)
