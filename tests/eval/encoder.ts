import { row } from '../../src/meaning/vector.ts'
import { openModel, type Run } from './kind.ts'

export const options = []

/** items: {text, vector} in the order of the lines. */
export const run: Run = async (lines, options) => {
  const model = openModel(options)
  const { backend, threads, sha256, name } = await model.load('encoder')
  const started = performance.now()
  const { vectors, truncated } = await model.embed(lines)
  const seconds = (performance.now() - started) / 1000
  return {
    backend: `${backend} × ${threads}`,
    models: { [name]: sha256 },
    items: lines.map((text, i) => ({ text, vector: Array.from(row(vectors, i)) })),
    summary: { passagesPerSecond: lines.length / seconds, seconds, truncated },
  }
}
