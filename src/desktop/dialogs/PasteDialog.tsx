import { useState } from 'react'
import { importText } from '../../state/actions.ts'
import { closeLayer } from '../layers.ts'
import { useProject } from '../use.ts'
import { Layer } from './Layer.tsx'

function PasteForm({ onRead }: { onRead: (text: string, add: boolean) => void }) {
  const [text, setText] = useState('')
  const inhabited = useProject((project) => project.documents.length > 0)
  const empty = text.trim() === ''
  return (
    <>
      <textarea
        className="field book"
        rows={12}
        value={text}
        onChange={({ target }) => setText(target.value)}
        aria-label="The text"
        placeholder="Paste or write here. Markdown headings become sections."
      />
      <div className="paste-ways">
        {inhabited && (
          <button type="button" className="word plain" disabled={empty} onClick={() => onRead(text, true)}>
            Add to this project
          </button>
        )}
        <button type="button" className="firm" disabled={empty} onClick={() => onRead(text, false)}>
          Read it
        </button>
      </div>
    </>
  )
}

export function PasteDialog() {
  return (
    <Layer name="paste" title="Paste a text" wide>
      <PasteForm
        onRead={(text, add) => {
          closeLayer()
          void importText(text, { add })
        }}
      />
    </Layer>
  )
}
