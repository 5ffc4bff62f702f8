import { type MouseEvent, type PointerEvent, useEffect, useMemo, useRef } from 'react'
import { projectStore } from '../../state/project.ts'
import { viewStore } from '../../state/view.ts'
import { choose } from '../choosing.ts'
import { branchesByPassage } from '../inspector/twigs.ts'
import { showInspector } from '../looking.ts'
import { useProject } from '../use.ts'
import { blocksOf } from './blocks.ts'
import { paint } from './light.ts'
import { TextBlock } from './TextBlock.tsx'

const idUnder = (target: EventTarget | null): string | null =>
  (target as Element | null)?.closest<HTMLElement>('[data-id]')?.dataset.id ?? null

/**
 * The text in order, set to be read. Thousands of passages hang under one set of listeners, and light is painted on
 * them directly: hovering never renders.
 */
export function ReadingPanel() {
  const documents = useProject((project) => project.documents)
  const branches = useProject((project) => project.branches)
  const blocks = useMemo(() => blocksOf(documents), [documents])
  const grown = useMemo(() => branchesByPassage(branches), [branches])
  const column = useRef<HTMLDivElement>(null)
  const chosenHere = useRef<string | null>(null)

  const blockOf = useMemo(() => {
    const found = new Map<string, string>()
    for (const { key, paragraphs } of blocks)
      for (const { passages } of paragraphs) for (const { id } of passages) found.set(id, key)
    for (const [root, all] of grown) {
      const block = found.get(root)
      if (block) for (const { id } of all) found.set(id, block)
    }
    return found
  }, [blocks, grown])

  useEffect(() => {
    const root = column.current
    if (!root) return
    /** Bring a node into sight; its block may have to be set first, so try again over a few frames. */
    const reveal = (id: string, tries = 6) => {
      const block = root.querySelector(`[data-block="${CSS.escape(blockOf.get(id) ?? '')}"]`)
      const element = root.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`)
      if (!element) block?.scrollIntoView({ block: 'center' })
      else {
        const box = element.getBoundingClientRect()
        const frame = root.getBoundingClientRect()
        const inSight = box.top > frame.top + 24 && box.bottom < frame.bottom - 24
        if (!inSight) element.scrollIntoView({ block: 'center' })
      }
      if (tries > 0) requestAnimationFrame(() => reveal(id, element ? 0 : tries - 1))
    }
    paint(root, viewStore.getState())
    return viewStore.subscribe((view, before) => {
      paint(root, view, before)
      const [first] = view.selection
      if (first && first !== before.selection[0] && !chosenHere.current) reveal(first)
      chosenHere.current = null
      if (view.brush && view.brush !== before.brush && !before.brush) {
        const opening = projectStore.getState().project.vectors.ids[view.brush.first]
        if (opening) reveal(opening)
      }
    })
  }, [blockOf])

  const onClick = (event: MouseEvent) => {
    const id = idUnder(event.target)
    // A drag that selects words to be copied is no choice of a passage.
    if (!id || !window.getSelection()?.isCollapsed) return
    chosenHere.current = id
    choose(id, { add: event.shiftKey || event.ctrlKey || event.metaKey })
  }

  const onPointerOver = (event: PointerEvent) => {
    const hovered = event.pointerType === 'touch' ? null : idUnder(event.target)
    if (hovered !== viewStore.getState().hovered) viewStore.setState({ hovered })
  }

  return (
    <section className="reading" aria-label="The text">
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: passages carry their own keys through the list of the space; here clicks are gathered for all of them */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: as above */}
      <div
        className="reading-column"
        ref={column}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by key (WCAG 2.1.1)
        tabIndex={0}
        onClick={onClick}
        onDoubleClick={showInspector}
        onPointerOver={onPointerOver}
        onPointerLeave={() => viewStore.setState({ hovered: null })}
      >
        {blocks.map((block) => (
          <TextBlock key={block.key} block={block} grown={grown} />
        ))}
      </div>
    </section>
  )
}
