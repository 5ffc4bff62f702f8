import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { dropSheetPoint, keepSheetPoint, leaveSheet, readSheet } from '../../../src/gestures/sheetPoint.ts'
import { pointLabel, shareLabel, sharesOf } from '../../../src/gestures/sheetWords.ts'
import { DIMENSIONS, type Document, type Word } from '../../../src/meaning/types.ts'
import { normalise } from '../../../src/meaning/vector.ts'
import type { InvertRequest } from '../../../src/model/api.ts'
import { replaceProject } from '../../../src/state/history.ts'
import { emptyProject, projectStore } from '../../../src/state/project.ts'
import { type Pull, pullStore } from '../../../src/state/pull.ts'
import { sheetPointStore } from '../../../src/state/sheetPoint.ts'
import { firstView, select, viewStore } from '../../../src/state/view.ts'

/** A model whose answers come when the test says so: what is asked of it, and what is dropped, is written down. */
const { model } = vi.hoisted(() => ({
  model: {
    lenses: [] as { answer: (words: Word[]) => void }[],
    previews: [] as { request: InvertRequest; answer: (text: string) => void; fail: (error: Error) => void }[],
    settles: [] as {
      request: InvertRequest
      signal?: AbortSignal
      answer: (text: string) => void
      fail: (e: Error) => void
    }[],
    dropped: 0,
  },
}))
const candidate = (text: string) => ({ text, vector: new Float32Array(DIMENSIONS), writer: 'inverter' })

vi.mock('../../../src/model/client.ts', () => ({
  modelClient: {
    lens: () => new Promise((answer) => model.lenses.push({ answer })),
    preview: (request: InvertRequest) =>
      new Promise((resolve, fail) =>
        model.previews.push({ request, answer: (text) => resolve(candidate(text)), fail }),
      ),
    dropPreview: () => model.dropped++,
    settle: (request: InvertRequest, signal?: AbortSignal) =>
      new Promise((resolve, fail) => {
        const answer = (text: string) =>
          resolve({
            candidates: [{ ...candidate(text), vector: request.asked }],
            confidence: { value: 0.9, word: 'close' },
            timing: { first: 1, settled: 1 },
          })
        signal?.addEventListener('abort', () => fail(new DOMException('', 'AbortError')))
        model.settles.push({ request, signal, answer, fail })
      }),
  },
}))

const unit = (seed: number): Float32Array =>
  normalise(Float32Array.from({ length: DIMENSIONS }, (_, i) => Math.sin(seed * 97 + i * (seed + 1.3))))

const anchors = ['p0', 'p1', 'p2']
const half = [0.5, 0.5, 0]
const other = [0.25, 0.25, 0.5]
const point = () => sheetPointStore.getState().point
/** Let answered promises be heard. */
const heard = () => vi.advanceTimersByTimeAsync(0)
const rest = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)

function open(text = 'A. B. C.'): void {
  const passages = anchors.map((id, i) => ({
    id,
    span: { start: i * 3, end: i * 3 + 2 },
    text: text.slice(i * 3, i * 3 + 2),
    kind: 'prose' as const,
    section: -1,
    paragraph: 0,
  }))
  const document = { id: 'd', title: 'd', text, passages, sections: [], notices: [] } as unknown as Document
  const vectors = new Float32Array(3 * DIMENSIONS)
  anchors.forEach((_, i) => {
    vectors.set(unit(10 + i), i * DIMENSIONS)
  })
  replaceProject({ ...emptyProject(), documents: [document], vectors: { ids: anchors, vectors } })
}

/** Read a point until its sentence stands. */
async function readThrough(weights: number[], text: string): Promise<void> {
  readSheet(anchors, weights)
  model.lenses.at(-1)?.answer([['word', 1]])
  await rest(150)
  model.previews.at(-1)!.answer('On the way.')
  await rest(450)
  model.settles.at(-1)!.answer(text)
  await heard()
}

beforeEach(() => {
  vi.useFakeTimers()
  dropSheetPoint()
  open()
  viewStore.setState({ ...firstView, selection: anchors })
  Object.assign(model, { lenses: [], previews: [], settles: [], dropped: 0 })
})
afterEach(async () => {
  dropSheetPoint()
  for (const { answer } of model.lenses) answer([])
  await heard()
  vi.useRealTimers()
})

describe('reading a point of the sheet', () => {
  it('has words at once, a first sentence after a short rest, and the one that stands after a longer one', async () => {
    readSheet(anchors, half)
    expect(point()).toMatchObject({ weights: half, words: [], text: null, phase: 'looking' })
    model.lenses[0]!.answer([['river', 1]])
    await heard()
    expect(point()!.words).toEqual([['river', 1]])
    await rest(149)
    expect(model.previews).toHaveLength(0)
    await rest(1)
    model.previews[0]!.answer('A first sentence.')
    await rest(449)
    expect(point()).toMatchObject({ text: 'A first sentence.', phase: 'looking' })
    expect(model.settles).toHaveLength(0)
    await rest(1)
    model.settles[0]!.answer('The sentence.')
    await heard()
    expect(point()).toMatchObject({ text: 'The sentence.', sure: 'close', phase: 'found' })
  })

  it('starts writing from the passage that counts most, and settles as a branch would', async () => {
    readSheet(anchors, other)
    await rest(150)
    model.previews[0]!.answer('x')
    await rest(450)
    expect(model.previews[0]!.request.source!.text).toBe('C.')
    const { source, between, seed, move } = model.settles[0]!.request
    expect(source!.text).toBe('A.')
    expect(between!.map(({ text }) => text)).toEqual(['A.', 'B.', 'C.'])
    expect(seed).toBe(1)
    expect(move).toEqual({ kind: 'slice', anchors, weights: other })
  })

  it('asks nothing twice of a point that is already read, however often the pointer moves', async () => {
    for (let i = 0; i < 20; i++) readSheet(anchors, [...half])
    await rest(150)
    expect(model.lenses).toHaveLength(1)
    expect(model.previews).toHaveLength(1)
  })

  it('remembers: on coming back the sentence and the words are there, and nothing is asked for', async () => {
    await readThrough(half, 'The sentence.')
    readSheet(anchors, other)
    Object.assign(model, { previews: [], settles: [] })
    const lenses = model.lenses.length
    readSheet(anchors, half)
    expect(point()).toMatchObject({ text: 'The sentence.', words: [['word', 1]], sure: 'close', phase: 'found' })
    await rest(2000)
    expect([model.lenses.length, model.previews.length, model.settles.length]).toEqual([lenses, 0, 0])
  })

  it('forgets with the project, and where a corner says something else', async () => {
    await readThrough(half, 'The sentence.')
    dropSheetPoint()
    const { project } = projectStore.getState()
    const documents = project.documents.map((document) => ({
      ...document,
      passages: document.passages.map((passage, i) => (i === 0 ? { ...passage, text: 'Z.' } : passage)),
    }))
    projectStore.setState({ project: { ...project, documents } })
    readSheet(anchors, half)
    expect(point()!.text).toBeNull()
    projectStore.setState({ project })
    expect(point()).toBeNull()
    readSheet(anchors, half)
    expect(point()!.text).toBe('The sentence.')
    open()
    expect(point()).toBeNull()
    readSheet(anchors, half)
    expect(point()!.text).toBeNull()
  })

  it('shows a passage itself at its own corner, without asking', async () => {
    readSheet(anchors, [0, 1, 0])
    expect(point()).toMatchObject({ text: 'B.', phase: 'found' })
    expect(pointLabel(point()!, 'Click')).toBe('The passage itself.')
    await rest(2000)
    expect([model.lenses.length, model.previews.length, model.settles.length]).toEqual([0, 0, 0])
  })
})

describe('what is no longer wanted', () => {
  it('only the latest point is answered: older words, previews and sentences are not shown', async () => {
    readSheet(anchors, half)
    await rest(150)
    readSheet(anchors, other)
    expect(model.dropped).toBe(1)
    model.previews[0]!.answer('Too late.')
    model.lenses[0]!.answer([['stale', 1]])
    await heard()
    expect(point()).toMatchObject({ weights: other, text: null, words: [] })
    // One look-up at a time: the newest after it.
    expect(model.lenses).toHaveLength(2)
    model.lenses[1]!.answer([['fresh', 1]])
    await heard()
    expect(point()!.words).toEqual([['fresh', 1]])
    await rest(2000)
    expect(model.previews).toHaveLength(2)
    expect(model.settles).toHaveLength(0)
  })

  it.each([
    ['the pointer leaves', () => leaveSheet()],
    ['something else is selected', () => select(['p0'])],
    ['another project is opened', () => open('X. Y. Z.')],
    ['a pull begins', () => pullStore.setState({ pull: { phase: 'held' } as Pull })],
  ])('a sentence that is being settled is aborted when %s', async (_, happens) => {
    readSheet(anchors, half)
    await rest(150)
    model.previews[0]!.answer('x')
    await rest(450)
    const signal = model.settles[0]!.signal!
    expect(signal.aborted).toBe(false)
    happens()
    expect(signal.aborted).toBe(true)
    expect(point()).toBeNull()
    pullStore.setState({ pull: null })
    // A pull's preview is not ours to drop.
    expect(model.dropped).toBe(0)
  })

  it('nothing is read while a hand carries something', () => {
    pullStore.setState({ pull: { phase: 'held' } as Pull })
    readSheet(anchors, half)
    expect(point()).toBeNull()
    pullStore.setState({ pull: null })
  })

  it('what cannot be found is said, and is asked for again the next time', async () => {
    readSheet(anchors, half)
    await rest(150)
    model.previews[0]!.fail(new Error('no'))
    await rest(450)
    model.settles[0]!.fail(new Error('No words were found for this place.'))
    await heard()
    expect(pointLabel(point()!, 'Click')).toMatch(/^No words were found here/)
    leaveSheet()
    readSheet(anchors, half)
    expect(point()!.phase).toBe('looking')
  })
})

describe('keeping a point', () => {
  it('makes one branch of the point that is read, and asks nothing else meanwhile', async () => {
    readSheet(anchors, half)
    const made = keepSheetPoint(anchors, half)
    expect(point()!.phase).toBe('keeping')
    // A second click, and a pointer that goes on moving or leaves, change nothing.
    expect(await keepSheetPoint(anchors, half)).toBeNull()
    readSheet(anchors, other)
    leaveSheet()
    await rest(2000)
    expect(point()).toMatchObject({ weights: half, phase: 'keeping' })
    expect(model.previews).toHaveLength(0)
    expect(model.settles).toHaveLength(1)
    model.settles[0]!.answer('The branch.')
    const id = await made
    const [branch] = projectStore.getState().project.branches
    expect(branch).toMatchObject({ id, text: 'The branch.', move: { kind: 'slice', anchors, weights: half } })
    expect(point()).toBeNull()
  })

  it('keeps nothing at a corner, where the passage itself stands', async () => {
    readSheet(
      anchors,
      anchors.map((_, i) => Number(i === 1)),
    )
    expect(
      await keepSheetPoint(
        anchors,
        anchors.map((_, i) => Number(i === 1)),
      ),
    ).toBeNull()
    expect(projectStore.getState().project.branches).toEqual([])
    expect(model.settles).toHaveLength(0)
  })

  it('keeps the very sentence that was read, and asks nobody for it again', async () => {
    readSheet(anchors, half)
    await rest(150)
    model.previews[0]!.fail(new Error('no'))
    await rest(450)
    model.settles[0]!.answer('What was read.')
    await heard()
    const id = await keepSheetPoint(anchors, half)
    expect(model.settles).toHaveLength(1)
    expect(projectStore.getState().project.branches).toMatchObject([{ id, text: 'What was read.' }])
  })
})

describe('the words for a point', () => {
  it('name the shares, the greatest first, without those that count for nothing', () => {
    expect(sharesOf([1 / 3, 0, 2 / 3]).map(shareLabel)).toEqual(['67 % of 3', '33 % of 1'])
    const percents = (weights: number[]) => sharesOf(weights).map(({ percent }) => percent)
    expect(percents([1 / 3, 1 / 3, 1 / 3])).toEqual([33, 33, 33])
    // Each rounded by itself would come to 101.
    expect(percents([0.486, 0.347, 0.097, 0.07])).toEqual([48, 35, 10, 7])
    expect(sharesOf([0, 1, 0]).map(shareLabel)).toEqual(['100 % of 2'])
  })

  it('say how sure it is, and whose words they are', () => {
    const found = { anchors, weights: half, words: [], text: 'New.', sure: 'close', phase: 'found' } as const
    const read = (part: object) => pointLabel({ ...found, anchors, weights: half, words: [], ...part }, 'Pinch')
    expect(read({})).toBe('Pinch to keep it as a branch.')
    expect(read({ sure: 'off the map' })).toMatch(/^Off the map\. Pinch/)
    expect(read({ text: 'B.' })).toMatch(/^Nothing comes nearer than the words of 2\./)
    expect(read({ text: 'B.', phase: 'looking' })).toBe('Finding the words …')
  })
})
