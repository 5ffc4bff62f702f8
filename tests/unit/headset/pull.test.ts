import { Vector3 } from 'three'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type Hand, hands } from '../../../src/headset/hands.ts'
import {
  carryNode,
  dropNode,
  heldNode,
  letGo,
  markedNode,
  stretchNode,
  takeNode,
  together,
} from '../../../src/headset/pull.ts'
import { dropSecond, secondStore, takeSecond } from '../../../src/headset/second.ts'
import { placementStore, toWorld } from '../../../src/headset/world.ts'
import { DIMENSIONS, type Document, type Feature, type MapLayout, type Vec3 } from '../../../src/meaning/types.ts'
import { normalise } from '../../../src/meaning/vector.ts'
import { positionsBuffer, retarget } from '../../../src/space/positions.ts'
import { featuresStore } from '../../../src/state/features.ts'
import { replaceProject } from '../../../src/state/history.ts'
import { noticesStore } from '../../../src/state/notices.ts'
import { emptyProject, projectStore } from '../../../src/state/project.ts'
import { pullStore } from '../../../src/state/pull.ts'
import { firstView, viewStore } from '../../../src/state/view.ts'

vi.mock('../../../src/model/client.ts', () => ({
  modelClient: {
    pickUp: async () => undefined,
    dropPreview: () => undefined,
    lensChange: async () => ({ gained: [], lost: [] }),
    preview: () => new Promise(() => undefined),
    settle: async ({ asked }: { asked: Float32Array }) => ({
      candidates: [{ text: 'New words.', vector: asked, writer: 'inverter' }],
      confidence: { value: 0.9, word: 'close' },
      timing: { first: 1, settled: 1 },
    }),
  },
}))

/** A unit vector from a seed: enough to stand for a meaning. */
const unit = (seed: number): Float32Array =>
  normalise(Float32Array.from({ length: DIMENSIONS }, (_, i) => Math.sin(seed * 97 + i * (seed + 1.3))))

const feature = {
  id: 'one',
  name: 'one',
  kind: 'probe',
  poles: ['low', 'high'],
  direction: unit(1),
  mean: 0,
  sigma: 0.06,
  quantiles: { p01: -0.5, p05: -0.3, p25: -0.1, p50: 0, p75: 0.1, p95: 0.3, p99: 0.5 },
  naturalStep: 2,
} as unknown as Feature

/** Four passages: one left of the middle, its neighbour at arm's length, and two far from both. */
const places: Vec3[] = [
  [-0.5, 0, 0],
  [-0.2, 0.1, 0.1],
  [0.6, 0.4, 0],
  [0.5, -0.6, 0.3],
]

const text = 'A. B. C. D.'

beforeEach(() => {
  dropNode()
  featuresStore.setState({ shipped: [feature], mean: null })
  const passages = places.map((_, i) => ({
    id: `p${i}`,
    span: { start: i * 3, end: i * 3 + 2 },
    text: text.slice(i * 3, i * 3 + 2),
    kind: 'prose' as const,
    section: -1,
    paragraph: 0,
  }))
  const document = { id: 'd', title: 'd', text, passages, sections: [], notices: [] } as unknown as Document
  const vectors = new Float32Array(places.length * DIMENSIONS)
  places.forEach((_, i) => {
    vectors.set(unit(10 + i), i * DIMENSIONS)
  })
  const map = { positions: Float32Array.from(places.flat()), neighbours: new Uint32Array(0), k: 0 } as MapLayout
  replaceProject({
    ...emptyProject(),
    documents: [document],
    vectors: { ids: passages.map(({ id }) => id), vectors },
    map,
  })
  viewStore.setState({ ...firstView, selection: [] })
  retarget()
  positionsBuffer.current.set(positionsBuffer.target)
  for (const side of ['left', 'right'] as const) Object.assign(hands[side], { tracked: true, kind: 'controller' })
})

const standing = (row: number): Vector3 => toWorld(places[row]!)

/** A hand with its grip at a place of the world. */
function reach(side: 'left' | 'right', at: Vector3): Hand {
  hands[side].at.copy(at)
  hands[side].origin.copy(at)
  return hands[side]
}

const take = (side: 'left' | 'right', row: number, stretch = false): boolean =>
  takeNode(reach(side, standing(row)), `p${row}`, places[row]!, standing(row), true, stretch)

let time = 0

/** Let the hand that pulls be carried for a while, frame by frame. */
function forMilliseconds(side: 'left' | 'right', length: number): void {
  for (const end = time + length; time < end; time += 20) carryNode(hands[side], time)
}

/** Carry the pulling hand so that what it holds comes to a place: beyond arm's reach it goes farther than the hand. */
function carryTo(side: 'left' | 'right', from: Vector3, to: Vector3): void {
  const way = to.clone().sub(from)
  const length = way.length()
  reach(side, from.clone().addScaledVector(way, length > 0.35 ? (length + 0.35) / 2 / length : 1))
}

const branches = () => projectStore.getState().project.branches

describe('letting go of a node on another one', () => {
  it('blends the two at the half, and marks the other one while it is met', async () => {
    expect(take('right', 0)).toBe(true)
    forMilliseconds('right', 40)
    carryTo('right', standing(0), standing(1))
    forMilliseconds('right', 100)
    expect(markedNode()).toBe('p1')
    expect(viewStore.getState().hovered).toBe('p1')
    expect(pullStore.getState().pull?.move.kind).toBe('free')
    forMilliseconds('right', 400)
    expect(pullStore.getState().pull?.move).toEqual({ kind: 'blend', other: 'p1', amount: 0.5 })
    await letGo(hands.right, time)
    expect(branches().map(({ parent, move }) => ({ parent, move }))).toEqual([
      { parent: 'p0', move: { kind: 'blend', other: 'p1', amount: 0.5 } },
    ])
    expect(markedNode()).toBe(null)
  })

  it('does not where it was only passed over, nor where a meaning is held', async () => {
    take('right', 0)
    forMilliseconds('right', 40)
    carryTo('right', standing(0), standing(1))
    forMilliseconds('right', 200)
    await letGo(hands.right, time)
    expect(branches().map(({ move }) => move.kind)).toEqual(['free'])

    viewStore.setState({ heldFeature: 'one' })
    take('right', 0)
    forMilliseconds('right', 40)
    carryTo('right', standing(0), standing(1))
    forMilliseconds('right', 600)
    expect(markedNode()).toBe(null)
    await letGo(hands.right, time)
    expect(branches()[1]!.move).toMatchObject({ kind: 'translate', feature: 'one' })
  })

  it('slides back along the filament, and the place says how much of the other; to the side it is left', async () => {
    const shown = () => pullStore.getState().pull?.move
    take('right', 0)
    forMilliseconds('right', 40)
    carryTo('right', standing(0), standing(1))
    forMilliseconds('right', 400)
    const part = standing(0).lerp(standing(1), 0.3)
    carryTo('right', standing(0), part)
    forMilliseconds('right', 400)
    expect(shown()).toEqual({ kind: 'blend', other: 'p1', amount: 0.3 })
    expect(markedNode()).toBe('p1')
    carryTo('right', standing(0), part.clone().add(new Vector3(0, 0.4, 0)))
    forMilliseconds('right', 40)
    expect(shown()?.kind).toBe('free')
    // Back on the line it is a pull like any other: the other node was left.
    carryTo('right', standing(0), part)
    forMilliseconds('right', 40)
    expect(shown()?.kind).toBe('free')
    carryTo('right', standing(0), standing(1))
    forMilliseconds('right', 400)
    carryTo('right', standing(0), standing(0).lerp(standing(1), 0.7))
    forMilliseconds('right', 400)
    await letGo(hands.right, time)
    expect(branches().map(({ move }) => move)).toEqual([{ kind: 'blend', other: 'p1', amount: 0.7 }])
  })

  it('on the other node again after sliding, it means all of it; and a trembling hand means half', () => {
    const amount = () => (pullStore.getState().pull!.move as { amount: number }).amount
    take('right', 0)
    forMilliseconds('right', 40)
    carryTo('right', standing(0), standing(1))
    forMilliseconds('right', 400)
    carryTo('right', standing(0), standing(0).lerp(standing(1), 0.93))
    forMilliseconds('right', 400)
    expect(amount()).toBe(0.5)
    carryTo('right', standing(0), standing(0).lerp(standing(1), 0.5))
    forMilliseconds('right', 400)
    carryTo('right', standing(0), standing(1))
    forMilliseconds('right', 400)
    expect(amount()).toBe(1)
    expect(pullStore.getState().pull?.filament).toMatchObject({ from: places[0] })
  })

  it('a node that is undone under the hand is blended with no more', () => {
    take('right', 0)
    forMilliseconds('right', 40)
    carryTo('right', standing(0), standing(1))
    forMilliseconds('right', 400)
    const { project } = projectStore.getState()
    const documents = project.documents.map((each) => ({
      ...each,
      passages: each.passages.filter(({ id }) => id !== 'p1'),
    }))
    projectStore.setState({ project: { ...project, documents } })
    carryTo('right', standing(0), standing(0).lerp(standing(1), 0.5))
    expect(() => forMilliseconds('right', 400)).not.toThrow()
    expect(pullStore.getState().pull?.move.kind).toBe('free')
  })

  it('joins the selection, or is it, where it was only pointed out', async () => {
    take('right', 0)
    forMilliseconds('right', 600)
    expect(await letGo(hands.right, time)).toBe(null)
    expect(viewStore.getState().selection).toEqual(['p0'])
    expect(branches()).toEqual([])
  })
})

describe('a node in each hand', () => {
  it('drawn apart, the first goes away from the second, by as much as the hands went', async () => {
    take('right', 0)
    forMilliseconds('right', 40)
    takeSecond(reach('left', standing(2)), 'p2', standing(2), true)
    forMilliseconds('right', 40)
    expect(together(time)).toBe(false)
    hands.left.at.add(new Vector3(0.4, 0, 0))
    hands.left.origin.copy(hands.left.at)
    forMilliseconds('right', 40)
    const { move } = pullStore.getState().pull!
    expect(move).toMatchObject({ kind: 'blend', other: 'p2' })
    expect((move as { amount: number }).amount).toBeLessThan(-0.2)
    expect(together(time)).toBe(true)
    await letGo(hands.right, time)
    expect(branches().map(({ parent, move }) => ({ parent, move }))).toEqual([{ parent: 'p0', move }])
  })

  it('brought together they blend, whichever hand came', async () => {
    for (const moved of ['left', 'right'] as const) {
      take('right', 0)
      forMilliseconds('right', 40)
      expect(takeSecond(reach('left', standing(2)), 'p2', standing(2), true)).toBe(true)
      forMilliseconds('right', 600)
      // Apart: the second is marked, and nothing is blended yet.
      expect(markedNode()).toBe('p2')
      expect(together(time)).toBe(false)
      const [still, come] = moved === 'left' ? (['right', 'left'] as const) : (['left', 'right'] as const)
      reach(come, hands[still].at.clone().add(new Vector3(0.1, 0, 0)))
      forMilliseconds('right', 600)
      expect(together(time)).toBe(true)
      await letGo(hands.right, time)
      expect(branches().at(-1)).toMatchObject({ parent: 'p0', move: { kind: 'blend', other: 'p2', amount: 0.5 } })
      expect(secondStore.getState().node).toBe(null)
      expect(heldNode()).toBe(null)
    }
    expect(branches().length).toBe(2)
  })

  it('the second let go apart leaves the first in its hand', () => {
    take('right', 0)
    forMilliseconds('right', 40)
    takeSecond(reach('left', standing(2)), 'p2', standing(2), true)
    forMilliseconds('right', 100)
    dropSecond()
    forMilliseconds('right', 100)
    expect(markedNode()).toBe(null)
    expect(heldNode()).toBe('p0')
  })

  it('is refused in words while a meaning is held', () => {
    viewStore.setState({ heldFeature: 'one' })
    take('right', 0)
    expect(takeSecond(reach('left', standing(2)), 'p2', standing(2), true)).toBe(false)
    expect(noticesStore.getState().notices.at(-1)?.text).toMatch(/let it go on the palette/)
    expect(secondStore.getState().node).toBe(null)
  })
})

describe('two hands on one node', () => {
  const sigma = (): number => {
    const move = pullStore.getState().pull?.move
    return move?.kind === 'translate' ? move.sigma : Number.NaN
  }

  it('pulled apart it is always more of the held feature, pressed together less, wherever it stands', () => {
    viewStore.setState({ heldFeature: 'one' })
    for (const view of [{ blend: 0 }, { blend: 1, axes: { x: null, y: 'one', z: null } }]) {
      viewStore.setState(view)
      for (const [row] of places.entries()) {
        expect(take('right', row, true)).toBe(true)
        stretchNode(0.2)
        // Three σ to a unit of space, at any scale of the world.
        expect(sigma()).toBeCloseTo((3 * 0.2) / placementStore.getState().scale, 5)
        stretchNode(-0.1)
        expect(sigma()).toBeCloseTo((-3 * 0.1) / placementStore.getState().scale, 5)
        dropNode()
      }
    }
  })

  it('with none held it goes out from the middle, or back', () => {
    take('right', 0, true)
    stretchNode(0.1)
    const { move } = pullStore.getState().pull!
    expect(move.kind === 'stretch' && move.angle).toBeCloseTo(0.1 / placementStore.getState().scale, 5)
    stretchNode(-0.1)
    const back = pullStore.getState().pull!.move
    expect(back.kind === 'stretch' && back.angle).toBeLessThan(0)
  })
})
