/**
 * Texts of mixed length for timing, put together from words by a seeded generator: their meaning does not matter to a
 * clock, their lengths do (4 to 40 words, as in running prose).
 */
const words =
  'the of a river stone morning and light over house quiet walk under hand water began never old road again their name was is slowly paper door wind they heard before voice said among small green letter year north field if when night still'.split(
    ' ',
  )

/** mulberry32: a small seeded generator of numbers in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

export function mixedTexts(count: number, seed = 7): string[] {
  const random = seeded(seed)
  return Array.from({ length: count }, () => {
    const length = 4 + Math.floor(random() ** 2 * 36)
    const sentence = Array.from({ length }, () => words[Math.floor(random() * words.length)]).join(' ')
    return `${sentence[0]!.toUpperCase()}${sentence.slice(1)}.`
  })
}
