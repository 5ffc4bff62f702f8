import { DIMENSIONS } from '../meaning/types.ts'
import { cosine } from '../meaning/vector.ts'
import { writeGreedy } from './decode.ts'
import type { Decoder } from './decoder.ts'
import type { Encoder } from './encoder.ts'
import { priorities } from './turns.ts'

/** A backend that computes something else than the original; the next one is tried. */
export class WrongBackend extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'WrongBackend'
  }
}

export interface References {
  texts: string[]
  /** n×384, made by the original model. */
  vectors: Float32Array
}

/** reference.json: {texts, vectors: base64 of float32}. */
export function parseReferences(bytes: Uint8Array): References {
  const { texts, vectors } = JSON.parse(new TextDecoder().decode(bytes)) as { texts: string[]; vectors: string }
  const raw = Uint8Array.from(atob(vectors), (char) => char.charCodeAt(0))
  return { texts, vectors: new Float32Array(raw.buffer) }
}

/** A wrong kernel is wrong by far more than rounding; the right ones agree to .99999. */
const LEAST = 0.999
const PROBED = 4

/** The smallest cosine between what the encoder makes of the references (by index) and what they should be. */
export async function worstAgreement(encoder: Encoder, references: References, which: number[]): Promise<number> {
  const texts = which.map((index) => references.texts[index])
  const { vectors } = await encoder.embed(texts, { priority: priorities.preview })
  return Math.min(
    ...which.map((index, i) =>
      cosine(
        vectors.subarray(i * DIMENSIONS, (i + 1) * DIMENSIONS),
        references.vectors.subarray(index * DIMENSIONS, (index + 1) * DIMENSIONS),
      ),
    ),
  )
}

/** Rejects with {@link WrongBackend} where a few references come out otherwise than they should. */
export async function probe(encoder: Encoder, references: References): Promise<void> {
  // The last references are plain sentences of ordinary length.
  const which = Array.from({ length: PROBED }, (_, i) => references.texts.length - 1 - 7 * i)
  const worst = await worstAgreement(encoder, references, which)
  if (!(worst >= LEAST))
    throw new WrongBackend(
      `The encoder (it reads your text) gives wrong results in this browser, so it is not used (cosine ${worst.toFixed(4)}).`,
    )
}

/** A movement and the greedy tokens it must give (the inverter's card, `probe`). */
export interface DecoderProbe {
  /** Ids with the separator; empty for an inversion. */
  source: number[]
  words: number[]
  /** base64 of float32: words × 4, and 776. */
  hint: string
  move: string
  expected: number[]
}

/** Rejects where the decoder writes other tokens than it should. */
export async function probeDecoder(
  decoder: Decoder,
  { source, words, hint, move, expected }: DecoderProbe,
): Promise<void> {
  const floats = (base64: string) => new Float32Array(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)).buffer)
  const options = { priority: priorities.preview, limit: expected.length }
  const keys = decoder.keys()
  if (source.length) await decoder.read(keys, { ids: [source], keep: 1, ...options })
  // The right answer is the draft: where it is agreed to, a few passes suffice.
  const written = await writeGreedy(
    decoder,
    keys,
    { ids: words, hint: floats(hint), move: floats(move) },
    expected,
    options,
  )
  if (written.ids.join() !== expected.join())
    throw new Error('The inverter (it rewrites passages) gives wrong results in this browser, so it is left out.')
}
