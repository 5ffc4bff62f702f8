import { type CSSProperties, lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { startReadings } from '../wall/readings.ts'
import { Wall } from '../wall/Wall.tsx'
import { TopBar } from './bar/TopBar.tsx'
import { Caption } from './caption/Caption.tsx'
import { DropTarget } from './corner/DropTarget.tsx'
import { Jobs } from './corner/Jobs.tsx'
import { Notices } from './corner/Notices.tsx'
import { ContrastDialog } from './dialogs/ContrastDialog.tsx'
import { FeatureSheet } from './dialogs/FeatureSheet.tsx'
import { HelpSheet } from './dialogs/HelpSheet.tsx'
import { Palette } from './dialogs/Palette.tsx'
import { PasteDialog } from './dialogs/PasteDialog.tsx'
import { ProjectsDialog } from './dialogs/ProjectsDialog.tsx'
import { followProject } from './followProject.ts'
import { Inspector } from './inspector/Inspector.tsx'
import { layersStore } from './layers.ts'
import { PhoneBar } from './PhoneBar.tsx'
import { ReadingPanel } from './reading/ReadingPanel.tsx'
import { useShortcuts } from './shortcuts.ts'
import { Emptiness } from './stage/Emptiness.tsx'
import { Hints } from './stage/Hints.tsx'
import { Mirror } from './stage/Mirror.tsx'
import { ReadOut } from './stage/ReadOut.tsx'
import { SheetReadOut } from './stage/SheetReadOut.tsx'
import { SpaceGuard } from './stage/SpaceGuard.tsx'
import { useAppearance } from './theme.ts'
import { useProject, useView } from './use.ts'

/** three.js arrives in its own chunk: words can be read before the picture stands. */
const DesktopSpace = lazy(() => import('./Canvas.tsx').then((module) => ({ default: module.DesktopSpace })))

/** The whole desktop: space, text, wall and inspector over one state. */
export function App() {
  const panels = useView((view) => view.panels)
  const sheet = useStore(layersStore, (layers) => layers.sheet)
  const inhabited = useProject((project) => project.documents.length > 0)
  const stage = useRef<HTMLElement>(null)
  const [covered, setCovered] = useState(0)
  const inset = useMemo(() => ({ left: 0, top: 0, bottom: 0, right: covered }), [covered])
  useAppearance()
  useShortcuts()
  useEffect(startReadings, [])
  useEffect(followProject, [])

  return (
    <div className="shell" data-sheet={sheet ?? undefined}>
      <TopBar />
      {panels.text && <ReadingPanel />}
      <main
        className="stage"
        ref={stage}
        style={{ '--covered': `${covered}px` } as CSSProperties}
        aria-label="The space"
      >
        <div className="stage-space">
          <SpaceGuard>
            <Suspense fallback={null}>
              <DesktopSpace inset={inset} />
            </Suspense>
          </SpaceGuard>
        </div>
        {inhabited ? <Mirror /> : <Emptiness />}
        <ReadOut />
        <SheetReadOut />
        <Hints stage={stage} />
      </main>
      <Caption />
      {panels.wall && <Wall />}
      {panels.inspector && <Inspector onWidth={setCovered} />}
      <PhoneBar />
      <Palette />
      <ProjectsDialog />
      <PasteDialog />
      <FeatureSheet />
      <ContrastDialog />
      <HelpSheet />
      <DropTarget />
      <section className="corner" aria-label="Messages and work under way">
        <Jobs />
        <Notices />
      </section>
    </div>
  )
}
