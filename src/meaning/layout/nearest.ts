/**
 * The k nearest points of every point of a map (n×3), nearest first, without itself; ties by the lower index. Exact:
 * points are sorted into the cells of a grid, and rings of cells are searched outwards until none can hold a nearer
 * one.
 * @returns n×k indices, k at most n − 1
 */
export function nearestInMap(positions: Float32Array, k: number): Uint32Array {
  const n = positions.length / 3
  const kept = Math.max(0, Math.min(k, n - 1))
  const out = new Uint32Array(n * kept)
  if (!kept) return out
  const grid = gridOf(positions, n)
  const squares = new Float64Array(kept)
  for (let i = 0; i < n; i++) search(positions, grid, i, kept, squares, out.subarray(i * kept, (i + 1) * kept))
  return out
}

interface Grid {
  cell: number
  low: number[]
  size: number[]
  /** Points of cell c: order[starts[c]] … order[starts[c + 1]]. */
  starts: Uint32Array
  order: Uint32Array
  at: Uint16Array
}

function gridOf(positions: Float32Array, n: number): Grid {
  const low = [0, 1, 2].map((axis) => extreme(positions, axis, Math.min))
  const span = [0, 1, 2].map((axis) => extreme(positions, axis, Math.max) - low[axis])
  // About two points a cell if they were spread evenly; at most 64 cells along an axis.
  const longest = Math.max(...span, 1e-9)
  const volume = span.reduce((product, length) => product * Math.max(length, longest / 64), 1)
  const cell = Math.max(Math.cbrt((2 * volume) / n), longest / 64)
  const size = span.map((length) => Math.floor(length / cell) + 1)
  const at = new Uint16Array(3 * n)
  const starts = new Uint32Array(size[0] * size[1] * size[2] + 1)
  const cells = new Uint32Array(n)
  for (let i = 0; i < n; i++) {
    for (let axis = 0; axis < 3; axis++) {
      at[3 * i + axis] = Math.min(size[axis] - 1, Math.floor((positions[3 * i + axis] - low[axis]) / cell))
    }
    cells[i] = (at[3 * i] * size[1] + at[3 * i + 1]) * size[2] + at[3 * i + 2]
    starts[cells[i] + 1]++
  }
  for (let c = 1; c < starts.length; c++) starts[c] += starts[c - 1]
  const fill = starts.slice()
  const order = new Uint32Array(n)
  for (let i = 0; i < n; i++) order[fill[cells[i]]++] = i
  return { cell, low, size, starts, order, at }
}

function extreme(positions: Float32Array, axis: number, pick: (a: number, b: number) => number): number {
  let value = positions[axis]
  for (let i = axis; i < positions.length; i += 3) value = pick(value, positions[i])
  return value
}

function search(positions: Float32Array, grid: Grid, i: number, k: number, squares: Float64Array, out: Uint32Array) {
  const { cell, low, size, starts, order, at } = grid
  const [x, y, z] = [positions[3 * i], positions[3 * i + 1], positions[3 * i + 2]]
  const [cx, cy, cz] = [at[3 * i], at[3 * i + 1], at[3 * i + 2]]
  // How far the point stands from the nearest wall of its own cell.
  const inset = Math.min(
    ...[x, y, z].map((value, axis) => {
      const within = value - low[axis] - at[3 * i + axis] * cell
      return Math.min(within, cell - within)
    }),
  )
  let found = 0
  const rings = Math.max(...size)
  for (let ring = 0; ring < rings; ring++) {
    // All points outside the rings searched so far are further than this.
    const safe = Math.max(0, (ring - 1) * cell + inset)
    if (ring > 0 && found === k && squares[k - 1] < safe * safe) break
    for (let a = Math.max(0, cx - ring); a <= Math.min(size[0] - 1, cx + ring); a++) {
      for (let b = Math.max(0, cy - ring); b <= Math.min(size[1] - 1, cy + ring); b++) {
        const inner = Math.abs(a - cx) < ring && Math.abs(b - cy) < ring
        for (let c = Math.max(0, cz - ring); c <= Math.min(size[2] - 1, cz + ring); c++) {
          if (inner && Math.abs(c - cz) < ring) {
            c = cz + ring - 1
            continue
          }
          const box = (a * size[1] + b) * size[2] + c
          for (let place = starts[box]; place < starts[box + 1]; place++) {
            const other = order[place]
            if (other === i) continue
            const dx = positions[3 * other] - x
            const dy = positions[3 * other + 1] - y
            const dz = positions[3 * other + 2] - z
            const square = dx * dx + dy * dy + dz * dz
            if (found === k && (square > squares[k - 1] || (square === squares[k - 1] && other > out[k - 1]))) continue
            let slot = found < k ? found++ : k - 1
            while (
              slot > 0 &&
              (squares[slot - 1] > square || (squares[slot - 1] === square && out[slot - 1] > other))
            ) {
              squares[slot] = squares[slot - 1]
              out[slot] = out[slot - 1]
              slot--
            }
            squares[slot] = square
            out[slot] = other
          }
        }
      }
    }
  }
}
