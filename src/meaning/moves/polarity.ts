import type { Move } from '../types.ts'

const NOT =
  /\b(?:not|never|no|none|nobody|nothing|nowhere|neither|nor|cannot|without|hardly|scarcely|barely)\b|n['’]t\b/gi

/** Features of form: they change how something is said, not whether it is so. A contrast of one's own may turn anything. */
const FORM = new Set(
  (
    'formality complexity tense future era person gender number voice question instruction ' +
    'obligation certainty emphasis generality subjectivity concreteness storytelling'
  ).split(' '),
)

/** How many of a text's words say "not". */
export const negations = (text: string): number => text.match(NOT)?.length ?? 0

/** Whether a "not" may come or go by a move: along features of form alone what is claimed stays. */
export function mayNegate(move: Move): boolean {
  const turns = (id: string) => !FORM.has(id)
  switch (move.kind) {
    case 'translate':
      return turns(move.feature)
    case 'stretch':
      return move.feature === undefined || turns(move.feature)
    case 'axes':
      return Object.keys(move.sigmas).some(turns)
    case 'equalise':
      return Object.keys(move.gains).some(turns)
    default:
      return true
  }
}
