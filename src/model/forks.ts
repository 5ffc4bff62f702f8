import { argmax } from './decode.ts'
import type { Decoder } from './decoder.ts'
import { Keys } from './keys.ts'
import type { Prompt } from './prompt.ts'

/** How much of what the movement adds to a token's logit counts beside the logit. */
const STRENGTH = 2
/** Tokens less than this share as likely as the likeliest are never proposed. */
const PLAUSIBLE = 0.01

/** A beginning that leaves a text at one token. */
export interface Fork {
  /** The tokens up to there, the other one last. */
  ids: number[]
  /** How much the movement speaks for the other token, in nats; higher is better. */
  worth: number
}

/**
 * Where a text could have followed a movement and did not: at each token the one that the movement speaks for most,
 * against the token that stands there. What the movement adds is the difference to the logits under a prompt that asks
 * for no movement (the contrast of classifier-free guidance, arxiv.org/abs/2306.17806, and of arxiv.org/abs/2210.15097,
 * from which the cut of the implausible comes, too). One pass.
 * @param source cache of the source; left as it is
 * @param ids the text's tokens, one at least
 * @returns one fork a token, the most promising first
 */
export async function forks(
  decoder: Decoder,
  source: Keys,
  [moved, still]: [moved: Prompt, still: Prompt],
  ids: number[],
  { priority, signal }: { priority: number; signal?: AbortSignal },
): Promise<Fork[]> {
  const { start, end } = decoder.shape.tokens
  const size = decoder.shape.vocabulary
  const both = Keys.gather(
    [0, 0].map((entry) => [source, entry]),
    96,
  )
  const read = [start, ...ids.slice(0, -1)]
  const logits = await decoder.read(both, {
    ids: [read, read],
    prompts: [moved, still],
    keep: ids.length,
    priority,
    signal,
  })
  const found = ids.map((chosen, i): Fork => {
    const at = i * size
    const other = (ids.length + i) * size
    const value = (v: number) => (1 + STRENGTH) * logits[at + v] - STRENGTH * logits[other + v]
    const least = logits[at + argmax(logits, at, size)] + Math.log(PLAUSIBLE)
    let best = -1
    let most = Number.NEGATIVE_INFINITY
    for (let v = 0; v < size; v++) {
      if (v === chosen || v === end || logits[at + v] < least) continue
      const worth = value(v)
      if (worth > most) [most, best] = [worth, v]
    }
    return { ids: [...ids.slice(0, i), best], worth: most - value(chosen) }
  })
  return found.filter(({ worth }) => Number.isFinite(worth)).sort((a, b) => b.worth - a.worth)
}
