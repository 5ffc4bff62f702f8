import { type FeaturesCard, featuresFile } from './kind.ts'

const TOKEN = /[a-z0-9]+?(?=n't)|n't|[a-z0-9']+|[.,;:!?]/g

interface Shipped {
  buckets: number
  check: { texts: string[]; scores: Record<string, number[]> }
  features: Record<string, { bias: number; scale: number; weights: string }>
}

/** Text → score of a word n-gram classifier; above 0 it says the feature's high pole. */
export type Judge = (text: string) => number

/** FNV-1a over the bytes of an ASCII text, 32 bits. */
function fnv(text: string): number {
  let value = 2166136261
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 16777619)
  return value >>> 0
}

/** Distinct buckets of a text's words and pairs of neighbours; the rules stand in judges.json. */
function bucketsOf(text: string, count: number): Set<number> {
  const tokens = text.toLowerCase().replaceAll('\u2019', "'").match(TOKEN) ?? []
  const framed = ['^', ...tokens, '$']
  const pairs = tokens.length ? framed.slice(1).map((token, i) => `${framed[i]} ${token}`) : []
  return new Set([...tokens, ...pairs].map((gram) => fnv(gram) % count))
}

/**
 * The judges of models/features/judges.json by feature: they never see an embedding.
 * @throws Error where they do not give the scores that their file promises.
 */
export function openJudges(card: FeaturesCard): Map<string, Judge> {
  const { buckets, check, features } = JSON.parse(featuresFile(card, 'judges.json').toString('utf8')) as Shipped
  const judges = new Map(
    Object.entries(features).map(([id, { bias, scale, weights }]): [string, Judge] => {
      const table = new Int8Array(Buffer.from(weights, 'base64'))
      return [
        id,
        (text) => {
          const found = bucketsOf(text, buckets)
          let sum = 0
          for (const bucket of found) sum += table[bucket]
          return found.size ? bias + (scale * sum) / Math.sqrt(found.size) : bias
        },
      ]
    }),
  )
  for (const [id, expected] of Object.entries(check.scores)) {
    const judge = judges.get(id)
    const wrong = check.texts.some((text, i) => !judge || Math.abs(judge(text) - expected[i]) > 1e-3)
    if (wrong) throw new Error(`The judge of ${id} does not give the scores that judges.json promises.`)
  }
  return judges
}
