import { Tabs } from 'radix-ui'
import { useEffect, useRef } from 'react'
import { nodeById, nodes, select } from '../../state/actions.ts'
import type { Node } from '../../state/nodes.ts'
import { choose } from '../choosing.ts'
import { Icon } from '../icons.tsx'
import { togglePanel } from '../looking.ts'
import { useProject, useView } from '../use.ts'
import { branchName, counted } from '../words.ts'
import { Between } from './Between.tsx'
import { BranchTree } from './BranchTree.tsx'
import { Features } from './Features.tsx'
import { Landing } from './Landing.tsx'
import { NodeText } from './NodeText.tsx'
import { Stretch } from './Stretch.tsx'

function whereIs({ kind, row, branch }: Node): string {
  if (branch) return branchName(branch)
  return `${kind === 'passage' ? 'Passage' : 'Branch'} ${row + 1}`
}

function OneNode({ node }: { node: Node }) {
  const parent = node.branch && nodeById(node.branch.parent)
  return (
    <>
      <div className="node-where">
        <h2>{whereIs(node)}</h2>
        {parent && (
          <button type="button" className="word small" onClick={() => choose(parent.id)}>
            {parent.kind === 'passage' ? `from passage ${parent.row + 1}` : 'from a branch'}
          </button>
        )}
      </div>
      <NodeText key={node.id} node={node} />
      {node.branch && <Landing branch={node.branch} />}
      <Features node={node} />
      <Stretch key={`${node.id}stretch`} node={node} />
    </>
  )
}

function Selected() {
  const selection = useView((view) => view.selection)
  const chosen = selection.flatMap((id) => nodeById(id) ?? [])
  const [first] = chosen
  if (!first)
    return (
      <div className="inspector-empty">
        <p>Choose a passage, in the space or in the text. Here you see where it stands on each feature, and move it.</p>
      </div>
    )
  if (chosen.length === 1) return <OneNode node={first} />
  return (
    <>
      <div className="node-where">
        <h2>{counted(chosen.length, 'passage')}</h2>
        <button type="button" className="word small" onClick={() => select([])}>
          Let go
        </button>
      </div>
      <Between nodes={chosen} />
    </>
  )
}

/** From the right, when asked: the selected passage, how it stands, what it could become, and what grew so far. */
export function Inspector({ onWidth }: { onWidth: (pixels: number) => void }) {
  useProject((project) => project)
  const panel = useRef<HTMLElement>(null)
  const branches = useProject((project) => project.branches.length)
  useEffect(() => {
    const element = panel.current
    if (!element) return
    // On a phone it is a sheet, and the space keeps its middle.
    const tell = () => onWidth(getComputedStyle(element).position === 'fixed' ? 0 : element.offsetWidth)
    const watcher = new ResizeObserver(tell)
    watcher.observe(element)
    return () => {
      watcher.disconnect()
      onWidth(0)
    }
  }, [onWidth])
  return (
    <aside ref={panel} className="inspector" aria-label="Inspector">
      <Tabs.Root className="inspector-tabs" defaultValue="passage">
        <div className="inspector-head">
          <Tabs.List className="tabs" aria-label="Inspector">
            <Tabs.Trigger className="tab" value="passage">
              Passage
            </Tabs.Trigger>
            <Tabs.Trigger className="tab" value="branches">
              Branches
              {branches > 0 && <span className="figure soft">{branches}</span>}
            </Tabs.Trigger>
          </Tabs.List>
          <button
            type="button"
            className="sign"
            onClick={() => togglePanel('inspector')}
            aria-label="Close the inspector"
          >
            <Icon name="close" />
          </button>
        </div>
        <Tabs.Content className="inspector-body" value="passage">
          {nodes().length > 0 ? <Selected /> : <p className="inspector-empty">Nothing here yet.</p>}
        </Tabs.Content>
        <Tabs.Content className="inspector-body" value="branches">
          <BranchTree />
        </Tabs.Content>
      </Tabs.Root>
    </aside>
  )
}
