import { beforeEach, describe, expect, it } from 'vitest'
import { chooseCandidate, nextUnkept, pinCandidate } from '../../../src/gestures/branch.ts'
import { type Branch, type Candidate, DIMENSIONS, type Document } from '../../../src/meaning/types.ts'
import { normalise } from '../../../src/meaning/vector.ts'
import { replaceProject, undo } from '../../../src/state/history.ts'
import { emptyProject, projectStore } from '../../../src/state/project.ts'
import { firstView, viewStore } from '../../../src/state/view.ts'

const unit = (seed: number): Float32Array =>
  normalise(Float32Array.from({ length: DIMENSIONS }, (_, i) => Math.sin(seed * 97 + i * (seed + 1.3))))

const candidate = (text: string, seed: number, value: number): Candidate => ({
  text,
  vector: unit(seed),
  writer: 'inverter',
  cosine: 0.9,
  progress: 1,
  kept: 0.9,
  fluency: -1,
  closeness: 0.8,
  score: 1,
  confidence: { value, word: value > 0.7 ? 'close' : 'near' },
})

const candidates = [candidate('One.', 2, 0.9), candidate('Two.', 3, 0.5)]

const branch = {
  id: 'b',
  parent: 'p0',
  name: 'mine',
  move: { kind: 'stretch', angle: 0.2 },
  text: 'One.',
  writer: 'inverter',
  asked: unit(4),
  landing: candidates[0]!.vector,
  askedAt: [0, 0, 0],
  landedAt: [0, 0, 0],
  candidates,
  confidence: candidates[0]!.confidence,
  echoes: [],
  figures: {},
  timing: { first: 1, settled: 1 },
  made: '2026-01-01T00:00:00Z',
  adopted: true,
} as unknown as Branch

const branches = () => projectStore.getState().project.branches

beforeEach(() => {
  const passage = { id: 'p0', span: { start: 0, end: 2 }, text: 'A.', kind: 'prose', section: -1, paragraph: 0 }
  const document = { id: 'd', title: 'd', text: 'A.', passages: [passage], sections: [], notices: [] }
  replaceProject({
    ...emptyProject(),
    documents: [document as unknown as Document],
    vectors: { ids: ['p0'], vectors: unit(1) },
    branches: [branch],
  })
  viewStore.setState({ ...firstView, selection: ['b'] })
})

describe('the candidates of a branch', () => {
  it('another one is taken with its own landing and confidence', () => {
    chooseCandidate('b', 1)
    expect(branches()).toHaveLength(1)
    expect(branches()[0]).toMatchObject({
      id: 'b',
      name: 'mine',
      adopted: true,
      text: 'Two.',
      confidence: { value: 0.5 },
    })
    expect(branches()[0]!.landing).toBe(candidates[1]!.vector)
    undo()
    expect(branches()).toEqual([branch])
  })

  it('the next one to keep is the first after it that nobody says', () => {
    expect(nextUnkept(branch)).toBe(1)
    expect(nextUnkept({ ...branch, candidates: [candidates[0]!] })).toBe(-1)
  })

  it('another one is pinned beside it: a branch of the same move, which stands in no text yet', () => {
    pinCandidate('b', 1)
    const [first, second] = branches()
    expect(first).toEqual(branch)
    expect(second).toMatchObject({
      parent: 'p0',
      move: branch.move,
      text: 'Two.',
      adopted: false,
      confidence: { value: 0.5 },
    })
    expect(second!.name).toBe(undefined)
    expect(second!.id).not.toBe('b')
    expect(viewStore.getState().selection).toEqual([second!.id])
    // Both wordings stand in branches of this move: there is none to keep any more.
    expect([first!, second!].map(nextUnkept)).toEqual([-1, -1])
    undo()
    expect(branches()).toEqual([branch])
  })

  it('what is not there is neither taken nor pinned', () => {
    chooseCandidate('b', 7)
    pinCandidate('b', 7)
    pinCandidate('gone', 0)
    expect(branches()).toEqual([branch])
  })
})
