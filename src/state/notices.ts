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

let last = 0

export function notify(text: string, tone: Notice['tone'] = 'said', action?: Notice['action']): void {
  const notice = { id: ++last, tone, text, action }
  noticesStore.setState(({ notices }) => ({ notices: [...notices.slice(-4), notice] }))
}

export function dismiss(id: number): void {
  noticesStore.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }))
}
