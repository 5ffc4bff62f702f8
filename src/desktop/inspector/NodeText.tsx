import { useState } from 'react'
import { adopt, deleteBranch, handEdit, nodeById } from '../../state/actions.ts'
import type { Node } from '../../state/nodes.ts'
import { notify } from '../../state/notices.ts'
import { Icon } from '../icons.tsx'
import { Difference } from './Difference.tsx'

function Wording({ node, onDone }: { node: Node; onDone: () => void }) {
  const [text, setText] = useState(node.text)
  const [busy, setBusy] = useState(false)
  const keep = async () => {
    setBusy(true)
    try {
      await handEdit(node.id, text)
      onDone()
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), 'trouble')
      setBusy(false)
    }
  }
  return (
    <div className="wording">
      <textarea
        className="field book"
        rows={Math.min(12, 2 + Math.ceil(text.length / 32))}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation()
            onDone()
          } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void keep()
        }}
        aria-label="Your wording"
        // biome-ignore lint/a11y/noAutofocus: the person has just asked to write here
        autoFocus
      />
      <div className="deeds">
        <button
          type="button"
          className="word plain"
          disabled={busy || text === node.text || !text.trim()}
          onClick={() => void keep()}
        >
          Keep as a branch
        </button>
        <button type="button" className="word" onClick={onDone}>
          Put back
        </button>
      </div>
    </div>
  )
}

/** The words of a passage or branch, and what can be done with them. What a branch changed is marked. */
export function NodeText({ node }: { node: Node }) {
  const [writing, setWriting] = useState(false)
  const [compared, setCompared] = useState(false)
  const parent = node.branch && nodeById(node.branch.parent)
  if (writing) return <Wording node={node} onDone={() => setWriting(false)} />
  return (
    <>
      <p className="book node-text">
        {parent ? <Difference before={parent.text} after={node.text} lost={compared} /> : node.text}
      </p>
      <div className="deeds">
        {node.branch && (
          <button type="button" className="word plain" onClick={() => adopt(node.id, !node.branch?.adopted)}>
            {node.branch.adopted ? 'Take out of the text' : 'Put into the text'}
          </button>
        )}
        <button type="button" className="word" onClick={() => setWriting(true)}>
          Edit by hand
        </button>
        {parent && (
          <button type="button" className="word" aria-pressed={compared} onClick={() => setCompared(!compared)}>
            {compared ? 'Hide what went' : 'Show what went'}
          </button>
        )}
        {node.branch && (
          <button
            type="button"
            className="sign"
            onClick={() => deleteBranch(node.id)}
            aria-label="Delete this branch"
            title="Delete this branch"
          >
            <Icon name="trash" />
          </button>
        )}
      </div>
    </>
  )
}
