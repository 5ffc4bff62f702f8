import { createStore } from 'zustand/vanilla'
import type { Branch, Document, Feature, MapLayout, VectorTable } from '../meaning/types.ts'

/** Everything a person has in one project. Immutable: a change makes a new value that shares what did not change. */
export interface Project {
  id: string
  name: string
  /** ISO dates. */
  created: string
  changed: string
  documents: Document[]
  /** Rows in the order of the documents' passages; complete or empty while a text is being read. */
  vectors: VectorTable
  map: MapLayout | null
  /** Features the person made; the shipped ones are loaded beside (see `state/features.ts`). */
  contrasts: Feature[]
  branches: Branch[]
  /** sha256 of the weights that made the vectors and the texts. */
  models: Record<string, string>
}

export function emptyProject(name = 'Untitled'): Project {
  const now = new Date().toISOString()
  return {
    id: crypto.randomUUID(),
    name,
    created: now,
    changed: now,
    documents: [],
    vectors: { ids: [], vectors: new Float32Array(0) },
    map: null,
    contrasts: [],
    branches: [],
    models: {},
  }
}

interface ProjectState {
  project: Project
}

/** The open project. Change it through `state/history.ts`, so that every change can be undone. */
export const projectStore = createStore<ProjectState>(() => ({ project: emptyProject() }))
