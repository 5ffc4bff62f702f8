import { useEffect } from 'react'
import { viewStore } from '../state/view.ts'
import { fromHex } from '../wall/colours.ts'
import type { LineMesh } from './lines/lineMesh.ts'
import { useLines } from './lines/useLines.ts'
import { currentScene } from './scene.ts'
import { themeColours } from './theme.ts'

/** Lines of the thread around the passage looked at that are lit with it: some sentences before and after. */
const REACH = 2.2

function fill(lines: LineMesh): void {
  const { passages, opens } = currentScene()
  const colour = fromHex(themeColours().thread)
  // The more passages, the fainter: thousands of full lines would be a fog of their own.
  const alpha = 0.42 * Math.min(1, Math.sqrt(160 / Math.max(1, passages)))
  for (let row = 1; row < passages; row++) {
    // A break between documents keeps its place with no line, so that line numbers stay rows.
    lines.between(row - 1, row, { colour, alpha: opens[row] ? 0 : alpha, width: [1.7, 0.5] })
  }
}

/** The document's own order: a hairline from passage to passage, tapered the way one reads. */
export function Thread() {
  const lines = useLines('thread', 'rows', fill, { order: 1 })

  useEffect(() => {
    const focus = ({ hovered, selection } = viewStore.getState()) => {
      const { rowOf, passages } = currentScene()
      const row = rowOf.get(hovered ?? selection[0] ?? '')
      const lit = row !== undefined && row < passages
      const alpha = 0.42 * Math.min(1, Math.sqrt(160 / Math.max(1, passages)))
      lines.material.uniforms.focus.value = lit ? [row - 1, row, REACH, 0.85 / alpha] : [0, 0, 0, 0]
    }
    focus()
    return viewStore.subscribe(focus)
  }, [lines])

  return <primitive object={lines} />
}
