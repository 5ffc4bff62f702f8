import {
  add,
  addLanes,
  type Code,
  constant,
  dotPairs,
  get,
  increase,
  lessThan,
  load,
  loopWhile,
  moduleOf,
  set,
  shiftLeft,
  shuffle,
  store,
  zero,
} from './assembly.ts'

/**
 * Many dot products of 16-bit rows at once, in WebAssembly SIMD. Sixteen bits because one instruction then multiplies
 * and adds eight numbers (twice the float32 rate), and because sums of integers are the same on every machine.
 * Measured at 10,000 × 384 on one core of a server of 2 cores: all pairs in about a second; a JavaScript loop over
 * float32 takes some twenty.
 */
export interface DotKernel {
  /** Rows of int16, `stride` numbers each, padded with zeros; `capacity` of them (a multiple of 4). */
  rows: Int16Array
  stride: number
  /** The result of `tile`: dot products of `count` × `others` rows, row by row. */
  out: Int32Array
  /**
   * Dot products of rows first… with rows other…; both counts at most {@link TILE}, `count` even, `others` a multiple
   * of 4 (rows beyond the data are zero).
   */
  tile(first: number, count: number, other: number, others: number): void
}

/** Rows on either side of a tile: 32 rows of 384 numbers fit a first-level cache, 128 amortise the call. */
export const TILE = { count: 128, others: 32 }

const modules = new Map<number, WebAssembly.Module>()

/** A kernel with room for `capacity` rows of `width` numbers (both are padded up: rows to 128, width to 8). */
export function dotKernel(capacity: number, width: number): DotKernel {
  const stride = Math.ceil(width / 8) * 8
  const padded = Math.ceil(capacity / TILE.count) * TILE.count
  const outBytes = 4 * TILE.count * TILE.others
  const bytes = outBytes + padded * stride * 2
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / 65_536) })
  let module = modules.get(stride)
  if (!module) {
    module = new WebAssembly.Module(tileModule(stride * 2))
    modules.set(stride, module)
  }
  const { f } = new WebAssembly.Instance(module, { m: { m: memory } }).exports as {
    f(a: number, b: number, countA: number, countB: number, out: number): void
  }
  return {
    rows: new Int16Array(memory.buffer, outBytes, padded * stride),
    stride,
    out: new Int32Array(memory.buffer, 0, TILE.count * TILE.others),
    tile(first, count, other, others) {
      f(outBytes + first * stride * 2, outBytes + other * stride * 2, count, others, 0)
    },
  }
}

/**
 * f(a, b, countA, countB, out): for two rows of A and four of B at a time, eight sums stay in registers over the whole
 * width; then their lanes are added across and stored.
 */
function tileModule(rowBytes: number): Uint8Array<ArrayBuffer> {
  const [a, b, countA, countB, out, endA, endB, rowB, atA, atB, endRow, skip] = Array.from({ length: 12 }, (_, i) => i)
  const [x0, x1, y] = [12, 13, 14]
  const sum = (rowOfA: number, rowOfB: number) => 15 + 4 * rowOfA + rowOfB
  const unroll = (rowBytes / 16) % 2 ? 1 : 2

  const step = (offset: number): Code => [
    ...[...get(atA), ...load(offset), ...set(x0)],
    ...[...get(atA), ...load(offset + rowBytes), ...set(x1)],
    ...[0, 1, 2, 3].flatMap((r) => [
      ...[...get(atB), ...load(offset + r * rowBytes), ...set(y)],
      ...[x0, x1].flatMap((x, i) => [
        ...[...get(sum(i, r)), ...get(x), ...get(y), ...dotPairs],
        ...[...addLanes, ...set(sum(i, r))],
      ]),
    ]),
  ]
  const inner: Code = [
    ...Array.from({ length: unroll }, (_, i) => step(16 * i)).flat(),
    ...increase(atB, constant(16 * unroll)),
    ...increase(atA, constant(16 * unroll)),
  ]
  // Two registers of lanes (p, q) → [p0+p2, p1+p3, …] interleaved with q's; twice, four sums stand side by side.
  const pairUp = (p: Code, q: Code): Code => [
    ...[...p, ...q, ...shuffle([0, 4, 1, 5])],
    ...[...p, ...q, ...shuffle([2, 6, 3, 7]), ...addLanes],
  ]
  const across = (i: number): Code => [
    ...[...pairUp(get(sum(i, 0)), get(sum(i, 1))), ...set(x0)],
    ...[...pairUp(get(sum(i, 2)), get(sum(i, 3))), ...set(x1)],
    ...[...get(x0), ...get(x1), ...shuffle([0, 1, 4, 5])],
    ...[...get(x0), ...get(x1), ...shuffle([2, 3, 6, 7]), ...addLanes],
  ]
  const middle: Code = [
    ...Array.from({ length: 8 }, (_, i) => [...zero, ...set(15 + i)]).flat(),
    ...[...get(a), ...set(atA), ...get(rowB), ...set(atB)],
    ...[...get(a), ...constant(rowBytes), ...add, ...set(endRow)],
    ...loopWhile(inner, [...get(atA), ...get(endRow), ...lessThan]),
    ...[...get(out), ...across(0), ...store(0)],
    ...[...get(out), ...get(skip), ...add, ...across(1), ...store(0)],
    ...increase(out, constant(16)),
    ...increase(rowB, constant(4 * rowBytes)),
  ]
  const outer: Code = [
    ...[...get(b), ...set(rowB)],
    ...loopWhile(middle, [...get(rowB), ...get(endB), ...lessThan]),
    // The second row of the pair is written already: on to the next pair.
    ...increase(out, get(skip)),
    ...increase(a, constant(2 * rowBytes)),
  ]
  const times = (count: number, start: number): Code => [...get(start), ...rowsOf(get(count), rowBytes), ...add]
  return moduleOf(5, 7, 11, [
    ...[...times(countA, a), ...set(endA)],
    ...[...times(countB, b), ...set(endB)],
    ...[...get(countB), ...constant(2), ...shiftLeft, ...set(skip)],
    ...loopWhile(outer, [...get(a), ...get(endA), ...lessThan]),
  ])
}

/** count · rowBytes (i32.mul). */
function rowsOf(count: Code, rowBytes: number): Code {
  return [...count, ...constant(rowBytes), 0x6c]
}
