import { nodeById } from '../../state/nodes.ts'

/** Where the list stands: a node, and after it what it grew from, nearest first, to go to when it is gone. */
export type ListPlace = string[]

export function placeOf(id: string): ListPlace {
  const place = [id]
  for (let at = nodeById(id)?.branch; at; at = nodeById(at.parent)?.branch) place.push(at.parent)
  return place
}

/** What a new selection leads to: what was not selected before, else what comes first; nothing where none is left. */
export function ledTo(before: string[], now: string[]): string | undefined {
  return now.find((id) => !before.includes(id)) ?? now[0]
}
