import { activation, activations } from '../meaning/features.ts'
import type { Feature } from '../meaning/types.ts'
import { askedRow, type Scene } from './scene.ts'

/** Passages' activations, kept as long as their table of vectors lives: a dot product per passage is paid once. */
const kept = new WeakMap<Float32Array, Map<Float32Array, Float32Array>>()

function ofPassages(vectors: Float32Array, feature: Feature): Float32Array {
  let columns = kept.get(vectors)
  if (!columns) {
    columns = new Map()
    kept.set(vectors, columns)
  }
  let column = columns.get(feature.direction)
  if (!column) {
    column = activations(vectors, [feature])
    columns.set(feature.direction, column)
  }
  return column
}

/**
 * One feature's activation, in σ, of every row of the scene (passages, branches' landings, asked places), written into
 * `out` from `offset` in steps of `stride`.
 */
export function writeActivity(scene: Scene, feature: Feature, out: Float32Array, offset = 0, stride = 1): void {
  const { project, passages } = scene
  const column = ofPassages(project.vectors.vectors, feature)
  for (let row = 0; row < passages; row++) out[offset + row * stride] = column[row]
  project.branches.forEach(({ landing, asked }, index) => {
    const row = passages + index
    out[offset + row * stride] = activation(landing, feature)
    out[offset + askedRow(scene, row) * stride] = activation(asked, feature)
  })
}
