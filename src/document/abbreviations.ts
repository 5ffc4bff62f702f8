const words = (list: string) => new Set(list.split(' '))

/** Followed by what they belong to: a name, an example. They do not end a sentence. */
const LEADING = words(
  'dr mr mrs ms mx prof st ste rev fr gen capt cpt sgt lt col cmdr maj sen rep gov hon pres messrs mme mlle ' +
    'e.g i.e eg ie cf vs viz ca approx resp incl esp',
)
/** End open only before a number: No. 5, p. 12, Jan. 3. Elsewhere "No." is an answer. */
const COUNTING = words(
  'no nos p pp fig figs eq eqs vol vols ch chs sec art ed eds nr tel para jan feb mar apr jun jul aug sep sept oct nov dec',
)
/** May end a sentence or stand inside one; the next word decides. */
const EITHER = words('etc inc ltd co corp jr sr bros dept univ al a.m p.m ph.d b.a m.a b.c a.d ave blvd rd mt est')

/** Words that, with a capital, nearly always begin a sentence. */
const STARTERS = words(
  'the this that these those it its he she we they i you his her our their my your a an but and or so yet in on at if ' +
    'when while after before since because although though as for from to with by then there here what who why how ' +
    'where which not no yes all some many most each every both one now once perhaps maybe however still even only ' +
    'nobody nothing everyone everything someone something people let is are was were do does did can could would',
)

/**
 * Does `before` end in an abbreviation or an initial, so that the sentence goes on in `after`?
 * Both are trimmed and free of markup.
 */
export function endsOpen(before: string, after: string): boolean {
  const match = /(\S+)\.$/.exec(before)
  if (!match) return false
  const word = match[1].replace(/^["'“‘([{—–-]+/, '')
  const lower = word.toLowerCase()
  if (LEADING.has(lower)) return true
  if (COUNTING.has(lower)) return /^\d/.test(after)
  const opened = /^["“‘(]/.test(after)
  const first = /^[\p{L}’']+/u.exec(after)?.[0].toLowerCase() ?? ''
  const goesOn = !opened && !STARTERS.has(first.replace(/[’'].*$/, ''))
  if (EITHER.has(lower) || /^(?:\p{L}\.)+\p{L}$/u.test(word)) return goesOn
  // "So do I." ends; "I. M. Pei" goes on.
  if (word === 'I') return /^\p{Lu}\. /u.test(after)
  // An initial: J. Smith. After "plan", "vitamin" or "part" a letter is a name of its own.
  if (/^\p{Lu}$/u.test(word))
    return goesOn && !/\b(?:plan|vitamin|part|type|group|option|appendix)\s+\S+$/i.test(before)
  return false
}
