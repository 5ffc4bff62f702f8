/** Below this a text is parsed in one piece. */
const PIECE = 64 * 1024

/**
 * Where a long Markdown text can be cut without changing how it parses: before a heading or paragraph at the margin
 * that follows a blank line, outside of code fences; there every list and quotation has ended. Offsets of the pieces,
 * which cover the text.
 */
export function pieces(source: string, size = PIECE): { start: number; end: number }[] {
  const cuts: number[] = []
  let from = 0
  let fence = ''
  let blank = false
  for (const match of source.matchAll(/([^\r\n]*)(?:\r\n|[\r\n]|$)/g)) {
    const line = match[1]
    const marks = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (!fence && blank && match.index - from >= size && /^[\p{L}#]/u.test(line)) {
      cuts.push(match.index)
      from = match.index
    }
    if (marks && !fence) fence = marks
    else if (marks && marks[0] === fence[0] && marks.length >= fence.length && /^\s*[`~]+\s*$/.test(line)) fence = ''
    blank = !/\S/.test(line)
  }
  return [0, ...cuts].map((start, i) => ({ start, end: cuts[i] ?? source.length }))
}

/** The text's link definitions, which a piece may need without holding them. */
export function definitions(source: string): string {
  return [...source.matchAll(/^ {0,3}\[[^\]\r\n]+\]:[ \t]*\S.*$/gm)].map(([line]) => line).join('\n')
}
