import { type FormEvent, useState } from 'react'
import { nodeById } from '../../state/actions.ts'
import { notify } from '../../state/notices.ts'
import { viewStore } from '../../state/view.ts'
import { makeContrast } from '../contrast.ts'
import { closeLayer, showFeature } from '../layers.ts'
import { digitOf, numberedFeatures } from '../numbered.ts'
import { Layer } from './Layer.tsx'

const lines = (text: string): string[] => text.split('\n').flatMap((line) => line.trim() || [])

/** Half of the selection at either end, in the order it was chosen: a start that can be written over. */
function fromSelection(): [string, string] {
  const texts = viewStore.getState().selection.flatMap((id) => nodeById(id)?.text.replace(/\s+/g, ' ') ?? [])
  const half = Math.ceil(texts.length / 2)
  return [texts.slice(0, half).join('\n'), texts.slice(half).join('\n')]
}

function ContrastForm() {
  const [[low, high], setEnds] = useState(fromSelection)
  const [trouble, setTrouble] = useState('')
  const [busy, setBusy] = useState(false)

  const make = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const word = (name: string, otherwise: string) => String(form.get(name) ?? '').trim() || otherwise
    setBusy(true)
    setTrouble('')
    try {
      const name = word('name', 'My feature')
      const id = await makeContrast({
        name,
        low: { pole: word('lowPole', 'less'), texts: lines(low) },
        high: { pole: word('highPole', 'more'), texts: lines(high) },
      })
      closeLayer()
      viewStore.setState({ heldFeature: id })
      const digit = digitOf(id, numberedFeatures())
      const again = digit ? ` ${digit} takes it up again.` : ''
      notify(`“${name}” is a feature now, and in your hand: drags pull along it, Escape lets it go.${again}`, 'said', {
        label: 'How far it can be trusted',
        run: () => showFeature(id),
      })
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error))
      setBusy(false)
    }
  }

  return (
    <form className="contrast" onSubmit={(event) => void make(event)}>
      <p className="soft">
        Name two ends and give a few texts for each, one a line. The direction from the one to the other becomes a
        feature.
      </p>
      <input className="field" name="name" placeholder="Name, such as “warmth”" aria-label="Name" />
      <div className="evidence">
        {(
          [
            ['lowPole', 'One end, such as “cold”', low, (text: string) => setEnds([text, high])],
            ['highPole', 'The other, such as “warm”', high, (text: string) => setEnds([low, text])],
          ] as const
        ).map(([name, placeholder, value, onText]) => (
          <div key={name}>
            <input className="field" name={name} placeholder={placeholder} aria-label={placeholder} />
            <textarea
              className="field"
              rows={8}
              value={value}
              onChange={({ target }) => onText(target.value)}
              aria-label={`Texts for ${name === 'lowPole' ? 'the one end' : 'the other end'}, one a line`}
              placeholder="One text a line"
            />
          </div>
        ))}
      </div>
      <p className="trouble-text" role="alert">
        {trouble}
      </p>
      <div className="paste-ways">
        <button type="submit" className="firm" disabled={busy || lines(low).length === 0 || lines(high).length === 0}>
          {busy ? 'Reading the examples' : 'Make the feature'}
        </button>
      </div>
    </form>
  )
}

export function ContrastDialog() {
  return (
    <Layer name="contrast" title="A feature of your own" wide>
      <ContrastForm />
    </Layer>
  )
}
