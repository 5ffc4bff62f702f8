import { nodeById } from '../state/nodes.ts'
import { viewStore } from '../state/view.ts'
import { type StripInput, wallImage } from './strip.ts'
import { wallStore } from './wallStore.ts'

/** Draw the bands at the canvas' own size; where nothing can be drawn on, nothing happens. */
export function drawWall(canvas: HTMLCanvasElement, input: StripInput): void {
  const { width, height } = canvas.getBoundingClientRect()
  const columns = Math.max(1, Math.round(width * Math.min(2, devicePixelRatio)))
  const rows = Math.max(1, Math.round(height * Math.min(2, devicePixelRatio)))
  canvas.width = columns
  canvas.height = rows
  const { data } = wallImage(columns, rows, input)
  canvas.getContext('2d')?.putImageData(new ImageData(data, columns, rows), 0, 0)
}

interface Board {
  window: { first: number; last: number }
  /** Feature ids, top to bottom. */
  bands: string[]
}

/** The row of a passage, or of the passage a branch grew from. */
function passageRow(id: string): number {
  let node = nodeById(id)
  while (node?.branch) node = nodeById(node.branch.parent)
  return node?.row ?? -1
}

/**
 * Put the marks over the picture: hover, selection, brush, cursor and moved bands. Elements are kept and moved, so that
 * following the pointer costs no rendering.
 */
export function markWall(board: HTMLElement, { window: { first, last }, bands }: Board): void {
  const { hovered, selection, brush } = viewStore.getState()
  const { cell, gains } = wallStore.getState()
  const count = last - first + 1
  const wanted: { kind: string; left: number; width: number; top?: number; height?: number; text?: string }[] = []
  const share = (row: number) => (row - first) / count
  const column = (kind: string, id: string) => {
    const row = passageRow(id)
    if (row >= 0) wanted.push({ kind, left: share(row), width: 1 / count })
  }
  if (count > 0) {
    if (brush) {
      const width = (brush.last - brush.first + 1) / count
      wanted.push({ kind: 'brush', left: share(brush.first), width })
      bands.forEach((id, band) => {
        const gain = gains[id]
        if (!gain) return
        const text = `${gain < 0 ? '−' : '+'}${Math.abs(gain).toFixed(2)}`
        wanted.push({
          kind: 'gain',
          left: share(brush.first),
          width,
          top: band / bands.length,
          height: 1 / bands.length,
          text,
        })
      })
    }
    for (const id of selection) column('selected', id)
    if (hovered) column('hovered', hovered)
    if (cell) {
      const height = 1 / Math.max(1, bands.length)
      wanted.push({ kind: 'cell', left: share(cell.passage), width: 1 / count, top: cell.band * height, height })
    }
  }
  while (board.childElementCount > wanted.length) board.lastElementChild!.remove()
  wanted.forEach(({ kind, left, width, top = 0, height = 1, text = '' }, index) => {
    const element = (board.children[index] as HTMLElement | undefined) ?? board.appendChild(document.createElement('i'))
    element.className = `wall-mark ${kind}`
    element.textContent = text
    element.style.left = `${left * 100}%`
    element.style.width = `${width * 100}%`
    element.style.top = `${top * 100}%`
    element.style.height = `${height * 100}%`
  })
}
