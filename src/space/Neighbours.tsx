import { viewStore } from '../state/view.ts'
import { fromHex } from '../wall/colours.ts'
import type { LineMesh } from './lines/lineMesh.ts'
import { useLines } from './lines/useLines.ts'
import { currentScene, type Scene } from './scene.ts'
import { themeColours } from './theme.ts'

/** Threads to this many neighbours: enough to see whether the map tells the truth, few enough to follow. */
const SHOWN = 8

/** Rows of a node's true nearest neighbours (by cosine), nearest first; a branch has its echoes. */
export function neighbourRows({ project, passages, rowOf }: Scene, row: number, count = SHOWN): number[] {
  if (row >= passages) {
    const echoes = project.branches[row - passages]?.echoes ?? []
    return echoes.flatMap((id) => rowOf.get(id) ?? []).slice(0, count)
  }
  const { neighbours, k } = project.map ?? { neighbours: new Uint32Array(0), k: 0 }
  if (neighbours.length < (row + 1) * k) return []
  return Array.from(neighbours.subarray(row * k, row * k + Math.min(k, count)))
}

function fill(lines: LineMesh): void {
  const { selection, showNeighbours } = viewStore.getState()
  const scene = currentScene()
  const row = scene.rowOf.get(selection[0] ?? '')
  if (!showNeighbours || row === undefined) return
  const colour = fromHex(themeColours().ink)
  neighbourRows(scene, row).forEach((other, rank) => {
    lines.between(row, other, { colour, alpha: 0.62 - 0.05 * rank, width: [1.4, 0.6], bow: 0.05 })
  })
}

/** Threads from the selection to its true neighbours, wherever the map has put them. */
export function Neighbours() {
  const on = ['selection', 'showNeighbours'] as const
  return <primitive object={useLines('neighbours', 'rows', fill, { on: [...on], steps: 12, order: 2 })} />
}
