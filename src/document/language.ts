import { detectAll } from 'tinyld/light'

/** English is told from other languages on stretches of about this many characters. */
const STRETCH = 400
const STRETCHES = 24
/** Latin, Greek, Cyrillic, Han … names are not needed: the remark is the same. */
const WARN_BELOW = 0.5

/**
 * The share of a text that is English, 0…1, judged on stretches spread evenly over it. Short texts, under 60 letters,
 * are taken as English: nothing can be told from a few words.
 */
export function englishShare(text: string): number {
  const letters = text.replace(/[^\p{L}\s]/gu, ' ')
  if (letters.replace(/\s/g, '').length < 60) return 1
  const count = Math.min(STRETCHES, Math.ceil(letters.length / STRETCH))
  let judged = 0
  let english = 0
  for (let i = 0; i < count; i++) {
    const start = Math.floor((i * letters.length) / count)
    const stretch = letters.slice(start, start + STRETCH)
    if (stretch.replace(/\s/g, '').length < 30) continue
    judged++
    if (detectAll(stretch)[0]?.lang === 'en') english++
  }
  return judged === 0 ? 1 : english / judged
}

/** English words that are hardly ever words of another language in Latin letters. */
const OWN_WORDS = new Set(
  (
    'the and that this these those they their them which were are has have been would could by our you your his she ' +
    'its with from'
  ).split(' '),
)

/** The commonest little words of other languages in Latin letters, as far as English has not got them. */
const OTHERS_WORDS = new Set(
  (
    'der das und ist nicht ein eine einen einem einer ich wir sie dem den mit auf für sind im vom zum zur auch noch wie ' +
    'wenn aber hat wird kein keine mein dein ' +
    'le la les des une et est je tu il elle nous vous ils pas dans sur pour que qui avec au aux du ce cette mais sont ' +
    'el los las una por con es su muy pero como más está del ' +
    'lo gli che di non per è sono della nel molto anche più ' +
    'os um uma não é da dos em mas muito você isso ' +
    'het een van niet ik zijn dat ook maar voor ' +
    'och att det är inte jag som på ett av på og ikke jeg er til ' +
    'nie się jest na że'
  ).split(' '),
)
/** English ones that the others have not got. */
const LITTLE_WORDS = new Set(
  (
    'the and that this these those they their them which were are have been would could our you your his she its from of ' +
    'with but not it what who when where how why there then than my her we i can will has had be by at or if do did does ' +
    "don't isn't let's i'm it's"
  ).split(' '),
)

const isCapital = (word = '') => /^\p{Lu}/u.test(word)

/**
 * Whether a few words are plainly of another language: every fifth is one of its little words (Los Angeles and La Paz
 * do not count), none is an English one.
 */
function isForeign(words: string[]): boolean {
  if (words.some((word) => LITTLE_WORDS.has(word.toLowerCase()))) return false
  const isName = (i: number) => isCapital(words[i]) && isCapital(words[i + 1])
  const count = words.filter((word, i) => OTHERS_WORDS.has(word.toLowerCase()) && !isName(i)).length
  return count * 5 >= words.length
}

/**
 * Whether a single sentence may be taken as English. On so little text {@link englishShare} is unsure: of 3,828
 * held-out English sentences it took 1.8 % for another language (of an encyclopaedia's 4.8 %; names decide). So one
 * word in twelve that only English has is enough, which leaves 0.3 %. Of sentences too short for it, those of another
 * language are known by its little words.
 */
export function isEnglishSentence(text: string): boolean {
  const words: string[] = text.replaceAll('’', "'").match(/\p{L}+(?:'\p{L}+)?/gu) ?? []
  if (isForeign(words)) return false
  const own = words.filter((word) => OWN_WORDS.has(word.toLowerCase())).length
  return englishShare(text) >= WARN_BELOW || own * 12 >= words.length
}

/** A remark for a text that is mostly not English, else null. */
export function languageNotice(text: string): string | null {
  if (englishShare(text) >= WARN_BELOW) return null
  return 'Most of this text is not English. Noema’s models know English best: places and rewritings may be off.'
}
