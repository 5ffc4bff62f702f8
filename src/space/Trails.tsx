import { viewStore } from '../state/view.ts'
import { fromHex } from '../wall/colours.ts'
import type { LineMesh } from './lines/lineMesh.ts'
import { useLines } from './lines/useLines.ts'
import { askedRow, currentScene } from './scene.ts'
import { themeColours } from './theme.ts'

/** Nothing is hidden by others' branches: those that do not belong to the selection step back. */
function belongs(row: number, parent: number): number {
  const { selection } = viewStore.getState()
  const { ids } = currentScene()
  return selection.includes(ids[row]) || selection.includes(ids[parent]) ? 1 : 0.6
}

function fillTrails(lines: LineMesh): void {
  const { parents, passages } = currentScene()
  const colour = fromHex(themeColours().accent)
  parents.forEach((parent, index) => {
    const row = passages + index
    if (parent >= 0) {
      lines.between(parent, row, { colour, alpha: 0.95 * belongs(row, parent), width: [1, 2.2], bow: 0.08 })
    }
  })
}

function fillTethers(lines: LineMesh): void {
  const scene = currentScene()
  const colour = fromHex(themeColours().inkSoft)
  scene.parents.forEach((parent, index) => {
    const row = scene.passages + index
    lines.between(askedRow(scene, row), row, { colour, alpha: 0.9 * belongs(row, parent), width: [1.6, 1.6], dots: 6 })
  })
}

/** A filament from each branch's parent to where its new text landed: the history, drawn. */
export function Trails() {
  return <primitive object={useLines('trails', 'rows', fillTrails, { on: ['selection'], steps: 16, order: 3 })} />
}

/** A dotted line from the place that was asked for to the landing: what was wished and what was reached. */
export function Tethers() {
  return <primitive object={useLines('tethers', 'rows', fillTethers, { on: ['selection'], order: 2 })} />
}
