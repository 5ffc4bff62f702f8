import { useEffect } from 'react'
import { useStore } from 'zustand'
import { viewStore } from '../state/view.ts'
import { layersStore } from './layers.ts'
import { useView } from './use.ts'

const sheets = { text: 'Text', wall: 'Wall', inspector: 'Passage' } as const

type Sheet = keyof typeof sheets

/** On a phone: text, wall and inspector come as sheets over the space, one at a time. */
export function PhoneBar() {
  const sheet = useStore(layersStore, (layers) => layers.sheet)
  const chosen = useView((view) => view.selection[0])

  const show = (next: Sheet | null) => {
    layersStore.setState({ sheet: next })
    if (next) viewStore.setState(({ panels }) => ({ panels: { ...panels, [next]: true } }))
  }

  // A passage taken up in the space is meant to be read.
  useEffect(() => {
    if (chosen && window.matchMedia('(max-width: 700px)').matches && layersStore.getState().sheet === null)
      viewStore.setState(({ panels }) => ({ panels: { ...panels, inspector: true } }))
  }, [chosen])

  return (
    <nav className="phone-bar" aria-label="Sheets">
      {(Object.keys(sheets) as Sheet[]).map((name) => (
        <button
          key={name}
          type="button"
          aria-expanded={sheet === name}
          onClick={() => show(sheet === name ? null : name)}
        >
          {sheets[name]}
        </button>
      ))}
    </nav>
  )
}
