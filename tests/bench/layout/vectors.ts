import { readdirSync, readFileSync } from 'node:fs'
import { Random } from '../../../src/meaning/layout/random.ts'
import { DIMENSIONS } from '../../../src/meaning/types.ts'
import { combine, normalise, row } from '../../../src/meaning/vector.ts'
import { nodeModel } from '../../../src/model/node.ts'

const samples = 'assets/samples'

/**
 * Vectors to make maps of. With a file of texts, one a line: what the encoder makes of its first `count` different
 * lines. Without: the sentences of the samples, and as many blends of them as are wanted, each of two or three
 * sentences of one sample with a little of its own, so that there are themes, and nearer and farther in each.
 * @returns n×384 with n ≤ count, and where they are from
 */
export async function benchVectors(count: number, file?: string): Promise<{ vectors: Float32Array; from: string }> {
  if (file) {
    const lines = [...new Set(readFileSync(file, 'utf8').split(/\r?\n/))].filter((line) => line.trim()).slice(0, count)
    return { vectors: await embedded(lines), from: `${lines.length} lines of a file of texts` }
  }
  const documents = readdirSync(samples)
    .filter((name) => /\.(txt|md)$/.test(name))
    .map((name) => {
      const text = readFileSync(`${samples}/${name}`, 'utf8')
      return [...new Set(text.split(/(?<=[.?!])\s+|\n+/))].filter((sentence) => sentence.length > 20)
    })
  const known = await embedded(documents.flat())
  return {
    vectors: blends(
      known,
      documents.map((sentences) => sentences.length),
      count,
    ),
    from: 'blends of the samples',
  }
}

async function embedded(texts: string[]): Promise<Float32Array> {
  const model = nodeModel({ threads: 2 })
  return (await model.embed(texts)).vectors
}

/** Length of what is a blend's own, beside the blend of unit vectors. */
const OWN = 0.3

function blends(known: Float32Array, sizes: number[], count: number): Float32Array {
  const random = new Random(1)
  const out = new Float32Array(count * DIMENSIONS)
  out.set(known.subarray(0, out.length))
  const starts = sizes.map((_, i) => sizes.slice(0, i).reduce((sum, size) => sum + size, 0))
  for (let i = known.length / DIMENSIONS; i < count; i++) {
    const document = random.below(sizes.length)
    const any = () => row(known, starts[document]! + random.below(sizes[document]!))
    const own = normalise(Float64Array.from({ length: DIMENSIONS }, () => random.normal()))
    const share = random.next()
    out.set(normalise(combine([any(), any(), any(), own], [1, share, share * share, OWN])), i * DIMENSIONS)
  }
  return out
}
