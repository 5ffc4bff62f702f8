import { Fragment, memo, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Branch, Passage } from '../../meaning/types.ts'
import { viewStore } from '../../state/view.ts'
import { branchName } from '../words.ts'
import { type Block, estimatedHeight, type Paragraph } from './blocks.ts'
import { paint } from './light.ts'

type Grown = Map<string, Branch[]>

/** A passage, or the branch that was put in its place. */
function PassageText({ passage, branches = [] }: { passage: Passage; branches?: Branch[] }) {
  const adopted = branches.find((branch) => branch.adopted)
  if (!adopted)
    return (
      <span className="passage" data-id={passage.id}>
        {passage.text}
      </span>
    )
  return (
    <span className="passage adopted" data-id={adopted.id} title={`Was: ${passage.text}`}>
      {adopted.text}
    </span>
  )
}

/** Branches that wait beside the text they grew from. */
function Variants({ passages, grown }: { passages: Passage[]; grown: Grown }) {
  const waiting = passages.flatMap(({ id }) => (grown.get(id) ?? []).filter(({ adopted }) => !adopted))
  if (waiting.length === 0) return null
  return (
    <ul className="variants" aria-label="Branches">
      {waiting.map((branch) => (
        <li key={branch.id} className="variant" data-id={branch.id} title={branchName(branch)}>
          {branch.text}
        </li>
      ))}
    </ul>
  )
}

const headings = ['h2', 'h2', 'h3', 'h4', 'h5', 'h6'] as const

function ParagraphText({ paragraph: { kind, level, passages, gaps }, grown }: { paragraph: Paragraph; grown: Grown }) {
  const content = passages.map((passage, index) => (
    <Fragment key={passage.id}>
      {gaps[index]}
      <PassageText passage={passage} branches={grown.get(passage.id)} />
    </Fragment>
  ))
  const Tag = kind === 'heading' ? headings[Math.min(level, headings.length) - 1]! : 'p'
  return (
    <>
      <Tag className={`set ${kind}`} data-level={level || undefined}>
        {content}
      </Tag>
      <Variants passages={passages} grown={grown} />
    </>
  )
}

/** How far from the window a block is set, in pixels of the column: two screens ahead of the eye. */
const AHEAD = '1400px 0px'

/** A stretch of the text: set while it is near, an empty height (the one it had) while it is far. */
export const TextBlock = memo(
  function TextBlock({ block, grown }: { block: Block; grown: Grown }) {
    const element = useRef<HTMLDivElement>(null)
    const [near, setNear] = useState(false)
    const height = useRef(estimatedHeight(block))

    useEffect(() => {
      const watched = element.current
      if (!watched) return
      const watcher = new IntersectionObserver(
        ([entry]) => {
          if (!entry) return
          if (!entry.isIntersecting) height.current = entry.boundingClientRect.height || height.current
          setNear(entry.isIntersecting)
        },
        { root: watched.parentElement, rootMargin: AHEAD },
      )
      watcher.observe(watched)
      return () => watcher.disconnect()
    }, [])

    useLayoutEffect(() => {
      if (near && element.current) paint(element.current, viewStore.getState())
    })

    return (
      <div ref={element} className="block" data-block={block.key} style={near ? undefined : { height: height.current }}>
        {near && (
          <>
            {block.title && <h2 className="document-title">{block.title}</h2>}
            {block.paragraphs.map((paragraph) => (
              <ParagraphText key={paragraph.key} paragraph={paragraph} grown={grown} />
            ))}
          </>
        )}
      </div>
    )
  },
  ({ block, grown }, next) =>
    block === next.block &&
    (grown === next.grown ||
      block.paragraphs.every(({ passages }) =>
        passages.every(({ id }) => sameBranches(grown.get(id), next.grown.get(id))),
      )),
)

const sameBranches = (a: Branch[] = [], b: Branch[] = []): boolean =>
  a.length === b.length && a.every((branch, index) => branch === b[index])
