import { useMemo } from 'react'
import { useStore } from 'zustand'
import { featuresStore } from '../state/features.ts'
import { historyStore } from '../state/history.ts'
import { preferencesStore } from '../state/preferences.ts'
import { projectStore } from '../state/project.ts'
import { viewStore } from '../state/view.ts'
import { Panel } from './Panel.tsx'
import { paletteSheet, paletteStore } from './paletteSheet.ts'
import { Stand } from './Stand.tsx'
import { joiningStore } from './selecting.ts'

/** All verbs as buttons, for one hand, by ray or by touch. Opens where it is asked for and stays there. */
export function Palette() {
  const { at, leaf, page } = useStore(paletteStore)
  const { heldFeature, selection, axes, blend, panels } = useStore(viewStore)
  const history = useStore(historyStore)
  const shipped = useStore(featuresStore)
  const preferences = useStore(preferencesStore)
  const { to: joining } = useStore(joiningStore)
  const contrasts = useStore(projectStore, ({ project }) => project.contrasts)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sheet reads these stores; it is made anew when one changes
  const sheet = useMemo(paletteSheet, [
    leaf,
    page,
    heldFeature,
    selection,
    axes,
    blend,
    panels,
    joining,
    preferences,
    history,
    shipped,
    contrasts,
  ])
  if (!at) return null
  return (
    <Stand at={at}>
      <Panel name="palette" sheet={sheet} />
    </Stand>
  )
}
