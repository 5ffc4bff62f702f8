import { Keys } from './keys.ts'
import { HINT, MOVE, type PrefixSizes, type Prompt } from './prompt.ts'
import type { Runtime, Session } from './runtime.ts'
import type { Turns } from './turns.ts'

/** The inverter's card, as far as its runtime needs it. */
export interface DecoderShape {
  layers: number
  kvHeads: number
  headDim: number
  vocabulary: number
  tokens: { separator: number; start: number; end: number; pad: number }
  prefix: PrefixSizes
}

/** What one pass reads, for every batch entry the same number of tokens. */
export interface Reading {
  /** batch × T. */
  ids: number[][]
  /** The movement's prefix before the ids: dense tokens, then its words. One for each entry. */
  prompts?: Prompt[]
  /** Logits are wanted for this many last tokens. */
  keep: number
  /** Whose turn it is; see {@link priorities}. */
  priority: number
  signal?: AbortSignal
}

/** One pass of the inverter's network over a growing cache; knows nothing of texts. */
export class Decoder {
  constructor(
    private readonly runtime: Runtime,
    private readonly session: Session,
    readonly shape: DecoderShape,
    private readonly turns: Turns,
  ) {}

  keys(batch = 1, capacity?: number): Keys {
    const { layers, kvHeads, headDim } = this.shape
    return new Keys(batch, 2 * layers * kvHeads * headDim, capacity)
  }

  /** Reads on after `keys` (which grows by what was read). @returns logits [batch, keep, vocabulary] */
  async read(keys: Keys, reading: Reading): Promise<Float32Array> {
    reading.signal?.throwIfAborted()
    return this.turns.take(reading.priority, () => {
      reading.signal?.throwIfAborted()
      return this.run(keys, reading)
    })
  }

  private async run(keys: Keys, { ids, prompts, keep }: Reading): Promise<Float32Array> {
    const { layers, kvHeads, headDim, prefix } = this.shape
    const batch = keys.batch
    const words = prompts?.[0].ids.length ?? 0
    const width = words + ids[0].length
    const all = ids.flatMap((row, entry) => (prompts ? [...prompts[entry].ids, ...row] : row))
    const hint = new Float32Array(batch * width * HINT)
    const move = new Float32Array(prompts ? batch * MOVE : 0)
    prompts?.forEach((prompt, entry) => {
      hint.set(prompt.hint, entry * width * HINT)
      move.set(prompt.move, entry * MOVE)
    })
    const { int64, float32 } = this.runtime
    const output = await this.session.run({
      ids: int64(all, [batch, width]),
      hint: float32(hint, [batch, width, HINT]),
      move: float32(move, [batch, prompts ? 1 : 0, MOVE]),
      past: float32(keys.view(), [keys.rows, batch, 2 * layers, kvHeads, headDim]),
      keep: int64([keep], [1]),
    })
    const fresh = output.new.data as Float32Array
    const read = width + (prompts ? prefix.dense : 0)
    if (fresh.length !== read * batch * keys.width) throw new Error('The inverter answered in an unexpected shape.')
    keys.append(fresh)
    return output.logits.data as Float32Array
  }
}
