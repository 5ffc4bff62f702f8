import { select, viewStore } from '../state/view.ts'

/** The camera comes in a later chunk, or not at all (no graphics, a headset): then there is nothing to bring. */
let bring: (id: string) => void = () => undefined

/** How the mounted camera brings a node into view. Returns the way to take it back. */
export function setBring(into: typeof bring): () => void {
  bring = into
  return () => {
    bring = () => undefined
  }
}

/** Select a node that was chosen by its words, and see to it that the picture shows it. */
export function choose(id: string, { add = false } = {}): void {
  select([id], { add })
  // With `add` it may have been let go.
  if (viewStore.getState().selection.includes(id)) bring(id)
}
