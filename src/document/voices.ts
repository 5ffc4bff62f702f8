/** "MARA: ", "Interviewer:", "[00:12:31] P3:" before what is said; a turn in a transcript. */
const LABEL =
  /^([\s\u2060]*(?:\[?\d{1,2}:\d{2}(?::\d{2})?\]?[\s\u2060]*)?)([\p{Lu}][\p{L}\p{M}\p{N}.'’\- ]{0,30})([\s\u2060]*:[\u2060]*)(?:\s+|$)/u

/** Words that stand before a colon without being anyone's name. */
const NOT_VOICES =
  /^(?:note|warning|example|tip|remember|summary|answer|question|result|source|see|update|edit|ps|nb)s?$/i

/** The voice a line begins with and the length of its label (white space included), or null. */
export function labelOf(line: string): { voice: string; length: number } | null {
  const match = LABEL.exec(line)
  if (!match) return null
  const voice = match[2].trim()
  if (NOT_VOICES.test(voice) || voice.split(/\s+/).length > 3) return null
  return { voice, length: match[0].length }
}

/** The voices of a conversation: at least two, each of whom speaks twice or more. Empty where there is none. */
export function voicesIn(lines: Iterable<string>): Set<string> {
  const turns = new Map<string, number>()
  for (const line of lines) {
    const label = labelOf(line)
    if (label) turns.set(label.voice, (turns.get(label.voice) ?? 0) + 1)
  }
  const voices = [...turns].filter(([, count]) => count >= 2).map(([voice]) => voice)
  return new Set(voices.length >= 2 ? voices : [])
}
