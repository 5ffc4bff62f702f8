/**
 * Measures of wording. BLEU as sacreBLEU computes it for a corpus with one reference each (Post 2018, "A Call for
 * Clarity in Reporting BLEU Scores": 13a tokens, up to 4-grams, exponential smoothing, case kept).
 */

/** The 13a tokens of mteval-v13a: marks stand alone, points and commas only where no digit is on both sides. */
export function tokens13a(text: string): string[] {
  return ` ${text} `
    .replace(/([{-~[-` -&(-+:-@/])/g, ' $1 ')
    .replace(/([^0-9])([.,])/g, '$1 $2 ')
    .replace(/([.,])([^0-9])/g, ' $1 $2')
    .replace(/([0-9])(-)/g, '$1 $2 ')
    .split(/\s+/)
    .filter(Boolean)
}

function grams(tokens: string[], n: number): Map<string, number> {
  const counts = new Map<string, number>()
  for (let i = 0; i + n <= tokens.length; i++) {
    const gram = tokens.slice(i, i + n).join(' ')
    counts.set(gram, (counts.get(gram) ?? 0) + 1)
  }
  return counts
}

/** Corpus BLEU in percent, one reference for each text. */
export function bleu(texts: string[], references: string[]): number {
  const same = [0, 0, 0, 0]
  const all = [0, 0, 0, 0]
  let written = 0
  let wanted = 0
  texts.forEach((text, i) => {
    const ours = tokens13a(text)
    const theirs = tokens13a(references[i])
    written += ours.length
    wanted += theirs.length
    for (let n = 1; n <= 4; n++) {
      const known = grams(theirs, n)
      for (const [gram, count] of grams(ours, n)) same[n - 1] += Math.min(count, known.get(gram) ?? 0)
      all[n - 1] += Math.max(0, ours.length - n + 1)
    }
  })
  let sum = 0
  let smoothing = 1
  for (let n = 0; n < 4; n++) {
    if (!all[n]) return 0
    // Each order without a match counts half as much as the one before.
    if (!same[n]) smoothing *= 2
    sum += Math.log(same[n] ? same[n] / all[n] : 1 / (smoothing * all[n])) / 4
  }
  const brevity = written < wanted ? Math.exp(1 - wanted / written) : 1
  return same[0] ? 100 * brevity * Math.exp(sum) : 0
}

/** F1 over the bags of lower-cased words. */
export function tokenF1(text: string, reference: string): number {
  const words = (t: string) => t.toLowerCase().split(/\s+/).filter(Boolean)
  const ours = words(text)
  const left = new Map<string, number>()
  for (const word of words(reference)) left.set(word, (left.get(word) ?? 0) + 1)
  let common = 0
  for (const word of ours) {
    const count = left.get(word) ?? 0
    if (count) common++
    left.set(word, count - 1)
  }
  return common ? (2 * common) / (ours.length + words(reference).length) : 0
}
