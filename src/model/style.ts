/** Numbers as they stand in a text, with their decimals, thousands and clock colons. */
const NUMBER = /\d+(?:[.,:/]\d+)*/g
const LINK = /(?:https?:\/\/|www\.)\S+|\S+@\S+\.\w+/g

/**
 * A written text in the source's clothes, or null where it is not fit to be shown: broken characters, a stutter,
 * invented numbers or links, code out of nowhere.
 * @param source the text it stands for; null where there is none
 */
export function dress(written: string, source: string | null): string | null {
  let text = written.replace(/\s+/g, ' ').trim()
  if (!text || /[\uFFFD\p{Cc}\p{Co}]/u.test(text) || !/[\p{L}\p{N}]/u.test(text) || stutters(text, source)) return null
  if (source === null) return LINK.test(resetLink(text)) ? null : text
  text = restoreNumbers(text, source) ?? ''
  if (!text || !sameLinks(text, source) || inventsMarks(text, source)) return null
  text = asQuoted(text, source)
  text = asDashed(text, source)
  if (/…/.test(source) && !/\.\.\./.test(source)) text = text.replace(/\.\.\./g, '…')
  return asCapital(asEnded(text, source), source)
}

const resetLink = (text: string) => {
  LINK.lastIndex = 0
  return text
}

/** The same word three times on end, or a run of words that comes back at once, where the source has no such thing. */
function stutters(text: string, source: string | null): boolean {
  const repeats = (t: string) =>
    /(?:^|\s)(\S+)(?:\s+\1){2}(?:\s|$)/iu.test(t) ||
    /((?:\S+\s+){2,}\S+)\s+\1/iu.test(t) ||
    /(\S+\s+\S+)(?:\s+\1){2}/iu.test(t) ||
    /(\S{1,3})\1{4,}/u.test(t)
  return repeats(text) && !(source && repeats(source))
}

/** Numbers that the source has not got become those of its own that are missing, in order; null where it has too few. */
function restoreNumbers(text: string, source: string): string | null {
  const unused: string[] = source.match(NUMBER) ?? []
  const found: string[] = text.match(NUMBER) ?? []
  const known = found.map((number) => {
    const at = unused.indexOf(number)
    return at >= 0 && unused.splice(at, 1).length > 0
  })
  if (known.filter((is) => !is).length > unused.length) return null
  let i = 0
  return text.replace(NUMBER, (number) => (known[i++] ? number : unused.shift()!))
}

function sameLinks(text: string, source: string): boolean {
  const found = text.match(LINK) ?? []
  const wanted = source.match(LINK) ?? []
  return found.length === wanted.length && found.every((link, i) => link === wanted[i])
}

/** Marks that no prose brings along by itself: brackets of code, markup, emoji. */
function inventsMarks(text: string, source: string): boolean {
  const marks = text.match(/[{}<>|\\^~`=_*#@\p{Extended_Pictographic}]/gu) ?? []
  return marks.some((mark) => !source.includes(mark))
}

function asQuoted(text: string, source: string): string {
  const has = (marks: RegExp) => marks.test(source)
  const straight = has(/["']/)
  // A source without any quotes tells nothing; typewriter marks are what was read most. Where it has only the other
  // kind, that tells.
  const doubleCurls = has(/[“”]/) ? !has(/"/) : has(/[‘’]/) && !straight
  const singleCurls = has(/[‘’]/) ? !has(/'/) : has(/[“”]/) && !straight
  const doubles = doubleCurls ? text.replace(/(^|[\s([{—–-])"/g, '$1“').replace(/"/g, '”') : text.replace(/[“”]/g, '"')
  return singleCurls
    ? doubles.replace(/(^|[\s([{—–“-])'(?=\S)/g, '$1‘').replace(/'/g, '’')
    : doubles.replace(/[‘’]/g, "'")
}

function asDashed(text: string, source: string): string {
  // Not the dash of 1914–1918; and a source with several kinds of its own prescribes none.
  const own = new Set(source.match(/\s[–—-]{1,2}\s|(?<!\d)[–—]|[–—](?!\d)|--/g))
  if (own.size !== 1) return text
  const [dash] = own
  return text.replace(/\s*(?:—|--)\s*|\s[–-]\s|–(?=\p{L})/gu, () => dash)
}

/** The source's end marks: closing quotes and a missing full stop are kept, a question or a cry is the text's own. */
function asEnded(text: string, source: string): string {
  const end = (t: string) => /([.!?…:;,]*)(["”’)\]]*)$/u.exec(t)!
  const [, mark, close] = end(source)
  const [tail, own, ownClose] = end(text)
  const body = text.slice(0, text.length - tail.length)
  const opened = (sign: string) => (sign === ')' ? /\(/ : sign === ']' ? /\[/ : /["“‘]/).test(text)
  const closing = [...close].every(opened) ? close : ownClose
  const said = /[!?]/.test(own) ? own : ''
  const ending = mark ? (/[!?]/.test(mark) ? own || '.' : said || mark) : said
  const as = body + ending + closing
  if (isBalanced(as)) return as
  // A quote or a bracket of its own, closed before or behind the mark as it closed it.
  return own || !ownClose ? body + ending + ownClose : body + ownClose + ending
}

function asCapital(text: string, source: string): string {
  const first = /\p{L}/u.exec(source)?.[0]
  if (!first) return text
  const isLower = first === first.toLowerCase() && first !== first.toUpperCase()
  const at = text.search(/\p{L}/u)
  if (at < 0) return text
  // "I" and acronyms keep their capitals in the middle of a sentence.
  if (isLower && /^(?:I\b|\p{Lu}{2})/u.test(text.slice(at))) return text
  // A name that the source writes so keeps its own.
  const word = /^[\p{L}\p{M}'’-]+/u.exec(text.slice(at))?.[0] ?? ''
  if (isLower && source.split(/[^\p{L}\p{M}'’-]+/u).includes(word)) return text
  const letter = isLower ? text[at].toLowerCase() : text[at].toUpperCase()
  return text.slice(0, at) + letter + text.slice(at + 1)
}

/** Whether every quote and bracket that opens is closed. */
export function isBalanced(text: string): boolean {
  const count = (mark: string) => text.split(mark).length - 1
  return count('"') % 2 === 0 && ['()', '[]', '“”'].every(([open, close]) => count(open) === count(close))
}

/** 1 − Levenshtein distance over the longer length, in UTF-16 units: 1 for the same wording. */
export function closeness(a: string, b: string): number {
  if (a === b) return 1
  let before = Uint16Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const now = new Uint16Array(b.length + 1)
    now[0] = i
    for (let j = 1; j <= b.length; j++)
      now[j] = Math.min(before[j] + 1, now[j - 1] + 1, before[j - 1] + Number(a[i - 1] !== b[j - 1]))
    before = now
  }
  return 1 - before[b.length] / Math.max(a.length, b.length)
}
