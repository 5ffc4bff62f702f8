import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { DIMENSIONS, type Writer } from '../../../src/meaning/types.ts'
import type { Settled } from '../../../src/model/api.ts'
import { modelClient } from '../../../src/model/client.ts'
import { equaliseSpan } from '../../../src/state/actions.ts'
import { featuresStore } from '../../../src/state/features.ts'
import { historyStore, redo, replaceProject, undo } from '../../../src/state/history.ts'
import { jobsStore } from '../../../src/state/jobs.ts'
import { noticesStore } from '../../../src/state/notices.ts'
import { projectStore } from '../../../src/state/project.ts'
import { renameProject } from '../../../src/state/projects.ts'
import { viewStore } from '../../../src/state/view.ts'
import { aBranch, aProject, unitVectors } from './projects.ts'
import { rest } from './workers.ts'

/** The words that somebody waits for, oldest first. */
let waiting: { come(words: Settled): void; signal?: AbortSignal }[] = []

const words = (text: string, writer: Writer): Settled => {
  const [candidate] = aBranch('b', 'p', text).candidates
  return {
    candidates: [{ ...candidate, text, writer, vector: unitVectors(1, 5).slice(0, DIMENSIONS) }],
    confidence: { value: 0.9, word: 'close' },
    timing: { first: 1, settled: 2 },
  }
}
const come = async (text: string, writer: Writer = 'inverter') => {
  waiting.shift()!.come(words(text, writer))
  await rest()
}
const texts = () => projectStore.getState().project.branches.map((branch) => branch.text)
const said = () => noticesStore.getState().notices.map(({ text }) => text)

beforeEach(() => {
  waiting = []
  vi.spyOn(modelClient, 'settle').mockImplementation(
    (_, signal) =>
      new Promise((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason))
        waiting.push({ come: resolve, signal })
      }),
  )
  featuresStore.setState({ shipped: aProject().contrasts, mean: null })
  replaceProject({ ...aProject(), branches: [], contrasts: [] })
  noticesStore.setState({ notices: [] })
})
afterEach(() => vi.restoreAllMocks())

describe('rewriting a span', () => {
  test('keeps each branch as it comes, as one step', async () => {
    const done = equaliseSpan(0, 2, { mine: 1 })
    await rest()
    await come('One.')
    expect(texts()).toEqual(['One.'])
    await renameProject('a-project', 'Mine')
    await come('Two.')
    await come('Three.')
    const ids = await done
    expect(texts()).toEqual(['One.', 'Two.', 'Three.'])
    expect(viewStore.getState().selection).toEqual(ids)
    expect(said()).toEqual(['3 of 3 passages found new words.'])
    expect(historyStore.getState().past).toHaveLength(2)
    undo()
    undo()
    expect(texts()).toEqual([])
    redo()
    expect(texts()).toEqual(['One.', 'Two.', 'Three.'])
  })

  test('stopped, it keeps what was found and says how much that is', async () => {
    const done = equaliseSpan(0, 3, { mine: 1 })
    await rest()
    await come('One.')
    jobsStore.getState().jobs[0].cancel!()
    await done
    expect(texts()).toEqual(['One.'])
    expect(said()).toEqual(['Rewriting the span stopped. 1 of 4 passages found new words.'])
  })

  test('another project is none of its own, even of the same text', async () => {
    const done = equaliseSpan(0, 3, { mine: 1 })
    await rest()
    await come('One.')
    const other = { ...aProject(undefined, 'other'), branches: [] }
    replaceProject(other)
    await done
    expect(projectStore.getState().project).toBe(other)
    expect(waiting[0].signal?.aborted).toBe(true)
    expect(said()).toEqual(['Rewriting the span stopped. 1 of 4 passages found new words, kept in “A project”.'])
  })

  test('undone on the way, it goes no further', async () => {
    const done = equaliseSpan(0, 3, { mine: 1 })
    await rest()
    await come('One.')
    undo()
    await come('Two.', 'source')
    expect(await done).toEqual([])
    expect(texts()).toEqual([])
    expect(waiting).toHaveLength(0)
    expect(said()).toEqual(['Rewriting the span was undone.'])
  })
})
