/** A stretch of words that two texts share, or that only one of them has; between two runs stands a space. */
export interface Run {
  kind: 'kept' | 'gained' | 'lost'
  text: string
}

const wordsOf = (text: string): string[] => text.match(/\S+/g) ?? []

/**
 * What changed between two wordings, word by word: the longest common subsequence (Wagner and Fischer's table), so
 * that a reader sees at a glance what a move did. O(n·m) on words; passages are short.
 */
export function difference(before: string, after: string): Run[] {
  const old = wordsOf(before)
  const now = wordsOf(after)
  const width = now.length + 1
  const shared = new Uint16Array((old.length + 1) * width)
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--)
      shared[i * width + j] =
        old[i] === now[j]
          ? shared[(i + 1) * width + j + 1]! + 1
          : Math.max(shared[(i + 1) * width + j]!, shared[i * width + j + 1]!)

  const runs: Run[] = []
  const add = (kind: Run['kind'], text: string) => {
    const last = runs.at(-1)
    if (last?.kind === kind) last.text += ` ${text}`
    else runs.push({ kind, text })
  }
  let i = 0
  let j = 0
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      add('kept', now[j]!)
      i++
      j++
    } else if (i < old.length && (j === now.length || shared[(i + 1) * width + j]! >= shared[i * width + j + 1]!)) {
      add('lost', old[i++]!)
    } else add('gained', now[j++]!)
  }
  return runs
}
