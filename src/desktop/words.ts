import { moveLabel } from '../gestures/words.ts'
import type { Feature } from '../meaning/types.ts'
import type { Node } from '../state/nodes.ts'

const oneDigit = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const whole = new Intl.NumberFormat('en')

export const count = (value: number): string => whole.format(value)

/** “1 passage”, “1,040 passages”. */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`

/** “+1.8 σ”, with a true minus sign; what rounds to nothing has no sign. */
export function sigmas(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const rounded = oneDigit.format(Math.abs(value))
  const sign = rounded === '0.0' ? '' : value < 0 ? '−' : '+'
  return `${sign}${rounded} σ`
}

/** Quarter steps need two digits: “+0.25 σ”. */
export function fineSigmas(value: number): string {
  const rounded = Math.abs(value).toFixed(2)
  const sign = Number(rounded) === 0 ? '' : value < 0 ? '−' : '+'
  return `${sign}${rounded} σ`
}

/** The pole a value leans to, in words: “clearly formal”, “a little past”, “in the middle”. */
export function leaning({ poles }: Pick<Feature, 'poles'>, sigma: number): string {
  const strength = Math.abs(sigma)
  if (strength < 0.35) return 'in the middle'
  const pole = poles[sigma < 0 ? 0 : 1]
  return `${strength < 1 ? 'a little' : strength < 2 ? 'clearly' : 'very'} ${pole}`
}

/** “past – present” */
export const poleWords = ({ poles }: Pick<Feature, 'poles'>): string => `${poles[0]} – ${poles[1]}`

/** The branch's own name, or what was done to make it. */
export const branchName = (branch: NonNullable<Node['branch']>): string => branch.name ?? moveLabel(branch.move)

export function shortened(text: string, length = 80): string {
  const plain = text.replace(/\s+/g, ' ').trim()
  if (plain.length <= length) return plain
  const cut = plain.slice(0, length)
  const space = cut.lastIndexOf(' ')
  return `${cut.slice(0, space > length / 2 ? space : length).replace(/[\s,;:.–-]+$/, '')}…`
}

/** Progress in the unit of the work: “312 of 1,040 passages”, “12.4 of 48.0 MB”. */
export function progressWords(done: number, total: number, unit: string): string {
  if (unit === 'bytes') {
    const mega = (bytes: number) => (bytes / 1e6).toFixed(1)
    return total > 0 ? `${mega(done)} of ${mega(total)} MB` : done > 0 ? `${mega(done)} MB` : ''
  }
  if (total <= 1) return ''
  return `${count(Math.floor(done))} of ${count(total)} ${unit}`
}
