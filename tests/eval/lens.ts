import { row } from '../../src/meaning/vector.ts'
import { openModel, type Run, whole } from './kind.ts'
import { mean, median } from './statistics.ts'

export const options = ['count', 'all']

/** items: {text, words: [[word, score]]}. --count N words (20); --all takes the commonest words in too. */
export const run: Run = async (lines, options) => {
  const model = openModel(options)
  const encoder = await model.load('encoder')
  const { part: lens, info } = await model.lensReader()
  const { vectors } = await model.embed(lines)
  const count = whole(options, 'count', 20)
  const common = options.all === true
  const spent: number[] = []
  const items = lines.map((text, i) => {
    const started = performance.now()
    const words = lens.words(row(vectors, i), count, { common })
    spent.push(performance.now() - started)
    return { text, words }
  })
  const readable = lens.vocabulary(common)
  const precision = lines.flatMap((text, i) => {
    const own = new Set(
      (text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}'’-]+/gu) ?? []).filter((word) => readable.has(word)),
    )
    if (!own.size) return []
    const found = lens.words(row(vectors, i), own.size, { common })
    return [found.filter(([word]) => own.has(word.toLowerCase())).length / own.size]
  })
  return {
    backend: `${encoder.backend} × ${encoder.threads}`,
    models: { [encoder.name]: encoder.sha256, [info.name]: info.sha256 },
    items,
    summary: {
      wordRPrecision: precision.length ? mean(precision) : null,
      millisecondsMedian: median(spent),
    },
  }
}
