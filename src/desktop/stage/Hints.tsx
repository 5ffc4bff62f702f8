import { type RefObject, useEffect } from 'react'
import { useStore } from 'zustand'
import { preferencesStore } from '../../state/preferences.ts'
import { pullStore } from '../../state/pull.ts'
import { Icon } from '../icons.tsx'
import { useProject, useView } from '../use.ts'

const hints = {
  look: 'Drag to look around; scroll to come closer.',
  read: 'Point at a passage to read it; click to keep hold of it.',
  pull: 'Drag the passage: it is rewritten to say what its new place means.',
} as const

type Hint = keyof typeof hints

const order: Hint[] = ['look', 'read', 'pull']

function learnt(hint: Hint): void {
  const { hintsSeen } = preferencesStore.getState()
  if (!hintsSeen.includes(hint)) preferencesStore.setState({ hintsSeen: [...hintsSeen, hint] })
}

/** Three quiet hints, each once, each when it is useful: gone for good when the thing was done, or put away. */
export function Hints({ stage }: { stage: RefObject<HTMLElement | null> }) {
  const seen = useStore(preferencesStore, (state) => state.hintsSeen)
  const settled = useProject((project) => project.map !== null && project.map.k > 0)
  const holding = useView((view) => view.selection.length > 0)
  const pulling = useStore(pullStore, ({ pull }) => pull !== null)
  const next = order.find((hint) => !seen.includes(hint))
  // "pull" waits until there is something in the hand to be pulled.
  const shown = settled && next && !(next === 'pull' && !holding) ? next : null

  useEffect(() => {
    if (holding) learnt('read')
  }, [holding])

  useEffect(() => {
    if (pulling) learnt('pull')
  }, [pulling])

  useEffect(() => {
    const element = stage.current
    if (!element || seen.includes('look')) return
    let from: [number, number] | null = null
    const down = ({ clientX, clientY }: PointerEvent) => {
      from = [clientX, clientY]
    }
    const move = ({ clientX, clientY, buttons }: PointerEvent) => {
      if (buttons && from && Math.hypot(clientX - from[0], clientY - from[1]) > 40) learnt('look')
    }
    const wheel = () => learnt('look')
    element.addEventListener('pointerdown', down)
    element.addEventListener('pointermove', move)
    element.addEventListener('wheel', wheel, { passive: true })
    return () => {
      element.removeEventListener('pointerdown', down)
      element.removeEventListener('pointermove', move)
      element.removeEventListener('wheel', wheel)
    }
  }, [stage, seen])

  if (!shown || pulling) return null
  return (
    <div className="hint" role="status" key={shown}>
      <span>{hints[shown]}</span>
      <button type="button" className="sign small" onClick={() => learnt(shown)} aria-label="Put this hint away">
        <Icon name="close" size={14} />
      </button>
    </div>
  )
}
