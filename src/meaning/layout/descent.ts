import type { Curve } from './curve.ts'
import type { Graph } from './graph.ts'

/** A gradient's component is held to this (umap-learn). */
const CLIP = 4
/** Strangers pushed away for each neighbour pulled near (umap-learn's default). */
const STRANGERS = 5

/** Squared distances 2^LOWEST … 2^HIGHEST have entries in the tables; beyond, the last entry holds. */
const LOWEST = -24
const HIGHEST = 16
/** Bits of a float32's mantissa that choose an entry: 128 an octave, an error of at most .4 %. */
const MANTISSA = 7
const SHIFT = 23 - MANTISSA
const FIRST = (LOWEST + 127) << MANTISSA

export interface DescentOptions {
  epochs: number
  curve: Curve
  seed: number
  /** Rows below this stay where they are (they pull and push, and do not move). */
  held?: number
  rate?: number
}

/**
 * UMAP's stochastic descent in three dimensions over flat arrays. The two powers in its gradients are read from tables
 * by the leading bits of the squared distance, in place of two `Math.pow` a step.
 *
 * `positions` is changed in place by {@link Descent.run}; epochs are counted from `epoch`.
 */
export class Descent {
  epoch = 0
  private readonly heads: Uint32Array
  private readonly tails: Uint32Array
  /** Epochs between two uses of an edge: strong edges are used in each. */
  private readonly period: Float32Array
  private readonly due: Float32Array
  private readonly dueStrangers: Float32Array
  private readonly pull: Float32Array
  private readonly push: Float32Array
  /** Beyond this squared distance no push reaches the clip. */
  private readonly near: number
  private state: number

  constructor(
    readonly positions: Float32Array,
    graph: Graph,
    private readonly options: DescentOptions,
  ) {
    const { epochs, curve, seed, held = 0 } = options
    const most = graph.weights.reduce((max, weight) => Math.max(max, weight), 0)
    const heads: number[] = []
    const tails: number[] = []
    const period: number[] = []
    for (let i = 0; i < graph.n; i++) {
      for (let edge = graph.starts[i]; edge < graph.starts[i + 1]; edge++) {
        const other = graph.tails[edge]
        // An edge too weak to be used once says nothing; one between two held rows does nothing.
        if (graph.weights[edge] * epochs < most || (i < held && other < held)) continue
        heads.push(i)
        tails.push(other)
        period.push(most / graph.weights[edge])
      }
    }
    this.heads = Uint32Array.from(heads)
    this.tails = Uint32Array.from(tails)
    this.period = Float32Array.from(period)
    this.due = this.period.slice()
    this.dueStrangers = this.period.map((value) => value / STRANGERS)
    ;[this.pull, this.push] = tables(curve)
    this.near = clippedBelow(this.push)
    this.state = (Math.imul(seed, 0x9e3779b9) ^ 0x5bd1e995) | 0 || 1
  }

  /** Do `count` epochs more (no further than the last). */
  run(count: number): void {
    const last = Math.min(this.options.epochs, this.epoch + count)
    for (; this.epoch < last; this.epoch++) this.step(this.epoch)
  }

  private step(epoch: number): void {
    const { heads, tails, period, due, dueStrangers, pull, push, near, positions } = this
    const { epochs, held = 0, rate = 1 } = this.options
    const alpha = rate * (1 - epoch / epochs)
    const share = positions.length / 3 / 2 ** 32
    const edges = heads.length
    let state = this.state
    for (let e = 0; e < edges; e++) {
      if (due[e] > epoch) continue
      const own = 3 * heads[e]
      const other = 3 * tails[e]
      const ownMoves = heads[e] >= held
      let x = positions[own]
      let y = positions[own + 1]
      let z = positions[own + 2]
      let dx = x - positions[other]
      let dy = y - positions[other + 1]
      let dz = z - positions[other + 2]
      // (The pull never comes near the clip: its largest step, at any distance and minDist, is under 2.)
      const pulled = pull[entry(dx * dx + dy * dy + dz * dz)] * alpha
      const gx = pulled * dx
      const gy = pulled * dy
      const gz = pulled * dz
      x += gx
      y += gy
      z += gz
      if (tails[e] >= held) {
        positions[other] -= gx
        positions[other + 1] -= gy
        positions[other + 2] -= gz
      }
      const every = period[e]
      due[e] += every
      if (!ownMoves) continue
      const strangers = Math.floor(((epoch - dueStrangers[e]) * STRANGERS) / every)
      dueStrangers[e] += (strangers * every) / STRANGERS
      for (let s = 0; s < strangers; s++) {
        state ^= state << 13
        state ^= state >>> 17
        state ^= state << 5
        const stranger = 3 * (((state >>> 0) * share) | 0)
        if (stranger === own) continue
        dx = x - positions[stranger]
        dy = y - positions[stranger + 1]
        dz = z - positions[stranger + 2]
        const square = dx * dx + dy * dy + dz * dz
        const force = push[entry(square)]
        if (square > near) {
          const pushed = force * alpha
          x += pushed * dx
          y += pushed * dy
          z += pushed * dz
        } else {
          x += clip(force * dx) * alpha
          y += clip(force * dy) * alpha
          z += clip(force * dz) * alpha
        }
      }
      positions[own] = x
      positions[own + 1] = y
      positions[own + 2] = z
    }
    this.state = state
  }
}

const float = new Float32Array(1)
const asBits = new Int32Array(float.buffer)
const ENTRIES = (HIGHEST - LOWEST) << MANTISSA

/** The entry of a squared distance: its float32 exponent and leading mantissa bits. */
function entry(square: number): number {
  float[0] = square
  const index = (asBits[0] >> SHIFT) - FIRST
  return index < 0 ? 0 : index < ENTRIES ? index : ENTRIES - 1
}

/** The largest squared distance at which a force along one axis could reach the clip. */
function clippedBelow(force: Float32Array): number {
  let last = 0
  for (let i = 0; i < ENTRIES; i++) {
    asBits[0] = (i + 1 + FIRST) << SHIFT
    if (force[i] * Math.sqrt(float[0]) >= CLIP) last = float[0]
  }
  return last
}

function clip(value: number): number {
  return value > CLIP ? CLIP : value < -CLIP ? -CLIP : value
}

/** Gradient coefficients of neighbours and strangers at the middle of each entry. */
function tables({ a, b }: Curve): [pull: Float32Array, push: Float32Array] {
  const pull = new Float32Array(ENTRIES)
  const push = new Float32Array(ENTRIES)
  for (let i = 0; i < ENTRIES; i++) {
    asBits[0] = ((i + FIRST) << SHIFT) | (1 << (SHIFT - 1))
    const square = float[0]
    const power = square ** b
    pull[i] = (-2 * a * b * power) / square / (a * power + 1)
    push[i] = (2 * b) / ((0.001 + square) * (a * power + 1))
  }
  return [pull, push]
}
