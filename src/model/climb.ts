import type { Candidate } from '../meaning/types.ts'
import { dot, normalise, row } from '../meaning/vector.ts'
import type { Desk } from './desk.ts'
import { neighbours } from './search.ts'
import { isBalanced } from './style.ts'

/** Steps at most, texts embedded for each, and the cosine a step must gain to be taken. */
const STEPS = 8
const TRIED = 64
/** Of these, the most that only leave a word out. */
const SHORTER = 16
const LEAST_GAIN = 0.004
/** The lens' words of what is missing. */
const WORDS = 12

/**
 * A text brought nearer to a place one word at a time: the words that the lens misses are put in or exchanged, others
 * left out, and the encoder says what comes nearest. It knows no grammar; who reads the result judges that.
 * @param most words of the text
 * @returns the text after each step, the nearest last; none where no step helps
 */
export async function climb(
  { lens, embed }: Pick<Desk, 'lens' | 'embed'>,
  asked: Float32Array,
  from: Pick<Candidate, 'text' | 'vector'>,
  { most = Number.POSITIVE_INFINITY, until = () => false }: { most?: number; until?: () => boolean },
): Promise<string[]> {
  let best = { text: from.text, vector: from.vector }
  const path: string[] = []
  if (!lens) return path
  const seen = new Set([best.text])
  for (let step = 0; step < STEPS && !until(); step++) {
    // Twice the way: what is missing stands out.
    const beyond = normalise(asked.map((value, i) => 2 * value - best.vector[i]))
    const words = lens.change(best.vector, beyond, WORDS)
    const variants = [...shorter(best.text), ...neighbours(best.text, words)].map((text) => tidied(text, best.text))
    const texts = [...new Set(variants)]
      .filter((text) => text.split(' ').length <= most && !seen.has(text) && isBalanced(text))
      .slice(0, TRIED)
    if (!texts.length) break
    for (const text of texts) seen.add(text)
    const vectors = await embed(texts)
    const near = texts.map((_, i) => dot(asked, row(vectors, i)))
    const at = near.indexOf(Math.max(...near))
    if (near[at] - dot(asked, best.vector) < LEAST_GAIN) break
    best = { text: texts[at], vector: row(vectors, at).slice() }
    path.push(best.text)
  }
  return path
}

/** The text with one of its words left out, spread evenly over a long one. */
function shorter(text: string): string[] {
  const words = text.split(/\s+/)
  if (words.length < 4) return []
  const count = Math.min(SHORTER, words.length)
  return Array.from({ length: count }, (_, k) => words.toSpliced(Math.floor((k * words.length) / count), 1).join(' '))
}

/** One blank between words, a capital where there was one, and the end mark that it had. */
function tidied(text: string, like: string): string {
  const bare = text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.!?,;:]+$/u, '')
  const end = /[.!?,;:]+$/u.exec(like)?.[0] ?? ''
  const capital = /^\P{L}*\p{Lu}/u.test(like)
  return (capital ? bare.replace(/^(\P{L}*)(\p{Ll})/u, (_, marks, first) => marks + first.toUpperCase()) : bare) + end
}
