import { useState } from 'react'
import type { Branch } from '../../meaning/types.ts'
import { adopt, deleteBranch, nodeById, renameBranch } from '../../state/actions.ts'
import { choose } from '../choosing.ts'
import { Icon } from '../icons.tsx'
import { useProject, useView } from '../use.ts'
import { branchName, shortened } from '../words.ts'
import { branchesByPassage, treeUnder } from './twigs.ts'

function BranchLine({ branch, depth, selected }: { branch: Branch; depth: number; selected: boolean }) {
  const [naming, setNaming] = useState(false)
  const name = branchName(branch)
  return (
    <li className="twig" style={{ paddingLeft: depth * 12 }} data-selected={selected || undefined}>
      {naming ? (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            renameBranch(branch.id, String(new FormData(event.currentTarget).get('name') ?? ''))
            setNaming(false)
          }}
        >
          <input
            className="field"
            name="name"
            defaultValue={name}
            aria-label="Name of the branch"
            // biome-ignore lint/a11y/noAutofocus: the person has just asked to write here
            autoFocus
            onBlur={() => setNaming(false)}
          />
        </form>
      ) : (
        <>
          <button
            type="button"
            className="twig-text"
            aria-current={selected || undefined}
            onClick={() => choose(branch.id)}
          >
            <span className="twig-name">
              {name}
              <span className="soft">{branch.move.kind === 'hand' ? '' : branch.confidence.word}</span>
            </span>
            <span className="twig-words">{shortened(branch.text, 140)}</span>
          </button>
          <div className="twig-deeds">
            <button
              type="button"
              className="sign small"
              aria-pressed={branch.adopted}
              data-yours={branch.adopted || undefined}
              onClick={() => adopt(branch.id, !branch.adopted)}
              aria-label={branch.adopted ? `Take out of the text: ${name}` : `Put into the text: ${name}`}
              title={branch.adopted ? 'Take out of the text' : 'Put into the text'}
            >
              <Icon name={branch.adopted ? 'check' : 'adopt'} size={15} />
            </button>
            <button
              type="button"
              className="sign small"
              onClick={() => setNaming(true)}
              aria-label={`Rename: ${name}`}
              title="Rename"
            >
              <Icon name="edit" size={15} />
            </button>
            <button
              type="button"
              className="sign small"
              onClick={() => deleteBranch(branch.id)}
              aria-label={`Delete: ${name}`}
              title="Delete"
            >
              <Icon name="trash" size={15} />
            </button>
          </div>
        </>
      )}
    </li>
  )
}

/** All branches, under the passages they grew from. */
export function BranchTree() {
  const branches = useProject((project) => project.branches)
  const selection = useView((view) => view.selection)
  const roots = [...branchesByPassage(branches).keys()].sort(
    (a, b) => (nodeById(a)?.row ?? Number.MAX_SAFE_INTEGER) - (nodeById(b)?.row ?? Number.MAX_SAFE_INTEGER),
  )
  if (roots.length === 0)
    return <p className="inspector-empty">Nothing has grown yet. Pull a passage, and what it becomes is kept here.</p>
  return roots.map((root) => (
    <section key={root} className="tree">
      <button type="button" className="tree-root" onClick={() => choose(root)}>
        {shortened(nodeById(root)?.text ?? 'A passage that is no longer there', 120)}
      </button>
      <ul>
        {treeUnder(root, branches).map(({ branch, depth }) => (
          <BranchLine key={branch.id} branch={branch} depth={depth} selected={selection.includes(branch.id)} />
        ))}
      </ul>
    </section>
  ))
}
