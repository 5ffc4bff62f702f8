import { activations } from './meaning/features.ts'
import type { Move } from './meaning/types.ts'
import { modelClient } from './model/client.ts'
import { applyMove, nodes, redo, undo } from './state/actions.ts'
import { exportMarkdown } from './state/exportText.ts'
import { allFeatures } from './state/features.ts'
import { projectStore } from './state/project.ts'
import { importText } from './state/reading.ts'
import { viewStore } from './state/view.ts'

/**
 * `window.noema`: a small console for tinkerers, over the same actions as the panels. Vectors come as copies.
 *
 * - `ready()`: resolves when the encoder, the lens and the inverter are loaded
 * - `embed(texts)`: unit vectors, n×384 float32
 * - `import(text, title?)`: open a text; resolves when it is laid out
 * - `nodes()`: `{id, kind, text, at}` of passages and branches in row order; a branch tells its `move` too
 * - `vectors()`: `{ids, vectors}`; rows of 384 float32
 * - `activations()`: `{ids, features, values}`; values are n×F in σ
 * - `move(id, move)`: make a branch (see `Move` in src/meaning/types.ts); resolves to the branch's record or null
 * - `undo()`, `redo()`: the label of the step, or null
 * - `export({marked})`: the edited text as Markdown
 * - `view`: the current view's values; `setView(part)` changes some of them
 */
export const noemaConsole = {
  ready: async () => {
    for (const what of ['encoder', 'lens', 'inverter'] as const) await modelClient.load(what)
  },
  embed: async (texts: string[]) => (await modelClient.embed(texts)).vectors,
  import: (text: string, title?: string) => importText(text, { title }),
  nodes: () =>
    nodes().map(({ id, kind, text, at, branch }) => ({ id, kind, text, at, ...(branch && { move: branch.move }) })),
  vectors: () => {
    const { ids, vectors } = projectStore.getState().project.vectors
    return { ids: [...ids], vectors: vectors.slice() }
  },
  activations: () => {
    const { ids, vectors } = projectStore.getState().project.vectors
    const features = allFeatures()
    return { ids: [...ids], features: features.map(({ id }) => id), values: activations(vectors, features) }
  },
  move: async (id: string, move: Move) => {
    const made = await applyMove(id, move)
    return projectStore.getState().project.branches.find((branch) => branch.id === made) ?? null
  },
  undo,
  redo,
  export: ({ marked = false } = {}) => exportMarkdown(projectStore.getState().project, { marked }),
  get view() {
    return { ...viewStore.getState() }
  },
  setView: (part: Partial<ReturnType<typeof viewStore.getState>>) => viewStore.setState(part),
}

declare global {
  interface Window {
    noema: typeof noemaConsole
  }
}
