import { activations } from '../meaning/features.ts'
import { placeByNeighbours } from '../meaning/layout/place.ts'
import { blend, equalise, freeMove, slice, stretch, translate } from '../meaning/moves.ts'
import type { Feature, Move, Vec3 } from '../meaning/types.ts'
import { dot, length, meanOf, subtract } from '../meaning/vector.ts'
import { allFeatures, featureById } from '../state/features.ts'
import { type Node, nodeById } from '../state/nodes.ts'
import { projectStore } from '../state/project.ts'
import { viewStore } from '../state/view.ts'

/** What a move asks for: the vector, the directions it is measured along, and where it would stand. */
export interface Target {
  asked: Float32Array
  /** Unit directions of the features the move is about; none for a move without named features. */
  along: Float32Array[]
  /** What is asked of each feature, in σ: what was wished for, as far as English and the sphere go. */
  sigmas: Record<string, number>
  /** The nodes between which the place lies, for a blend, a slice or a far pull. */
  between?: Node[]
  /** Whose text is rewritten, where it is not the moved node's: beyond the other end of a blend it is that end's. */
  source?: Node
}

/** An anchor that counts less than this has no say in the words, unless it is one of the two that count most. */
const LEAST_WEIGHT = 0.05

/** A free pull that goes farther (chord) is no edit any more: its words lie between the passage and where it goes. */
const FAR = 0.6

/** The features on show are held: what is not asked for stays where it is on them. */
function shownFeatures(except: string[]): Feature[] {
  const { axes, blend: share } = viewStore.getState()
  if (share === 0) return []
  return Object.values(axes)
    .filter((id): id is string => id !== null && !except.includes(id))
    .flatMap((id) => featureById(id) ?? [])
}

function requireFeature(id: string): Feature {
  const feature = featureById(id)
  if (!feature) throw new Error(`There is no feature called “${id}”.`)
  return feature
}

function requireNode(id: string): Node {
  const node = nodeById(id)
  if (!node) throw new Error('That passage is no longer there.')
  return node
}

/** By how many σ each feature differs between two vectors, to a hundredth. */
function changes(from: Float32Array, to: Float32Array, features: Feature[]): Record<string, number> {
  const by = ({ direction, sigma }: Feature) => (dot(direction, to) - dot(direction, from)) / sigma
  return Object.fromEntries(features.map((feature) => [feature.id, Math.round(100 * by(feature)) / 100]))
}

/** A move with the amounts that are really asked in place of those wished for. */
export function withAmounts(move: Move, sigmas: Record<string, number>): Move {
  if (move.kind === 'translate') return { ...move, sigma: sigmas[move.feature] ?? move.sigma }
  if (move.kind === 'axes') return { ...move, sigmas }
  return move
}

/** Turn a move of a node into the embedding it asks for. Throws where a feature or a node is missing. */
export function target(node: Node, move: Move): Target {
  const e = node.vector
  switch (move.kind) {
    case 'translate': {
      const feature = requireFeature(move.feature)
      const held = [...shownFeatures([move.feature]), ...(move.held ?? []).map(requireFeature)]
      const asked = translate(e, [{ feature, sigma: move.sigma }], held)
      return { asked, along: [feature.direction], sigmas: changes(e, asked, [feature]) }
    }
    case 'axes': {
      const parts = Object.entries(move.sigmas).map(([id, sigma]) => ({ feature: requireFeature(id), sigma }))
      const moved = parts.filter(({ sigma }) => Math.abs(sigma) > 0.05)
      const asked = translate(e, parts, [])
      const features = parts.map(({ feature }) => feature)
      return { asked, along: moved.map(({ feature }) => feature.direction), sigmas: changes(e, asked, features) }
    }
    case 'equalise': {
      const features = Object.keys(move.gains).map(requireFeature)
      const asked = equalise(
        e,
        features.map((feature) => ({ feature, sigma: move.gains[feature.id]! })),
      )
      return { asked, along: features.map((feature) => feature.direction), sigmas: changes(e, asked, features) }
    }
    case 'stretch': {
      if (move.feature) return target(node, { kind: 'translate', feature: move.feature, sigma: move.sigma ?? 1 })
      const { vectors } = projectStore.getState().project.vectors
      return { asked: stretch(e, meanOf(vectors), move.angle), along: [], sigmas: {} }
    }
    case 'blend': {
      const other = requireNode(move.other)
      const asked = blend(e, other.vector, move.amount)
      if (move.amount > 1) return { asked, along: [], sigmas: {}, source: other }
      return { asked, along: [], sigmas: {}, ...(move.amount > 0 ? { between: [node, other] } : {}) }
    }
    case 'slice': {
      const anchors = move.anchors.map(requireNode)
      const vectors = anchors.map(({ vector }) => vector)
      const second = [...move.weights].sort((a, b) => b - a)[1] ?? 0
      const between = anchors.filter((_, i) => move.weights[i]! >= Math.min(LEAST_WEIGHT, second))
      return { asked: slice(vectors, move.weights), along: [], sigmas: {}, between }
    }
    case 'free': {
      const { vectors, map } = projectStore.getState().project
      if (!map) throw new Error('The map is not ready yet.')
      const asked = freeMove(e, move.from, move.to, map.positions, vectors.vectors)
      const near = { asked, along: [], sigmas: {} }
      if (length(subtract(asked, e)) < FAR) return near
      const [there] = nearestPassages(asked, 1, [node.id])
      return there ? { ...near, between: [node, requireNode(there)] } : near
    }
    case 'hand':
      return { asked: e, along: [], sigmas: {} }
  }
}

/** Where a vector stands in the map, relative to the node it grew from: p + place(v) − place(e). */
export function placeBeside(node: Node, vector: Float32Array): Vec3 {
  const { vectors, map } = projectStore.getState().project
  if (!map) return node.at
  const to = placeByNeighbours(vectors.vectors, map, vector)
  const from = placeByNeighbours(vectors.vectors, map, node.vector)
  return [node.at[0] + to[0] - from[0], node.at[1] + to[1] - from[1], node.at[2] + to[2] - from[2]]
}

/** Activations in σ of one vector on every feature, by feature id. */
export function readFeatures(vector: Float32Array): Record<string, number> {
  const features = allFeatures()
  const values = activations(vector, features)
  return Object.fromEntries(features.map((feature, index) => [feature.id, values[index]!]))
}

/** The `count` passages nearest to a vector by cosine, nearest first, without those in `except`. */
export function nearestPassages(vector: Float32Array, count: number, except: string[]): string[] {
  const { ids, vectors } = projectStore.getState().project.vectors
  return ids
    .map((id, row) => ({ id, cosine: dot(vectors.subarray(row * vector.length, (row + 1) * vector.length), vector) }))
    .filter(({ id }) => !except.includes(id))
    .sort((a, b) => b.cosine - a.cosine)
    .slice(0, count)
    .map(({ id }) => id)
}
