import { createStore } from 'zustand/vanilla'

/** A message to the person: seen in the corner, heard through a live region. */
export interface Notice {
  id: number
  tone: 'said' | 'warning' | 'trouble'
  text: string
  /** A way on, where there is one. */
  action?: { label: string; run: () => void }
}

export const noticesStore = createStore<{ notices: Notice[] }>(() => ({ notices: [] }))

/** More would hide what lies under them. */
const MOST = 5

let last = 0

/**
 * The same words are said once, as the newest. Where there are too many, the oldest that offers nothing goes first: a
 * trouble and its way on stand until they are put away, or until nothing else can make room.
 */
export function notify(text: string, tone: Notice['tone'] = 'said', action?: Notice['action']): void {
  const notice = { id: ++last, tone, text, action }
  noticesStore.setState(({ notices }) => {
    const next = [...notices.filter((other) => other.text !== text), notice]
    if (next.length <= MOST) return { notices: next }
    const spare = next.slice(0, -1).find((other) => other.tone !== 'trouble' && !other.action) ?? next[0]
    return { notices: next.filter((other) => other !== spare) }
  })
}

export function dismiss(id: number): void {
  noticesStore.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }))
}
