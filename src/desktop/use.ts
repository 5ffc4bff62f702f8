import { useStore } from 'zustand'
import type { Feature } from '../meaning/types.ts'
import { featuresStore } from '../state/features.ts'
import { type Project, projectStore } from '../state/project.ts'
import { type View, viewStore } from '../state/view.ts'

/** A part of the open project; the selector must give back what stands in it, not make anew. */
export const useProject = <T>(selector: (project: Project) => T): T =>
  useStore(projectStore, ({ project }) => selector(project))

export const useView = <T>(selector: (view: View) => T): T => useStore(viewStore, selector)

/** All features: the shipped ones, then the person's own. */
export function useFeatures(): Feature[] {
  const shipped = useStore(featuresStore, (state) => state.shipped)
  const contrasts = useProject((project) => project.contrasts)
  return contrasts.length > 0 ? [...shipped, ...contrasts] : shipped
}
