import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { startAutosave } from '../../../src/state/autosave.ts'
import { exportMarkdown } from '../../../src/state/exportText.ts'
import { change, historyStore, replaceProject, undo } from '../../../src/state/history.ts'
import { jobsStore } from '../../../src/state/jobs.ts'
import { nodeById, nodes } from '../../../src/state/nodes.ts'
import { noticesStore } from '../../../src/state/notices.ts'
import { emptyProject, projectStore } from '../../../src/state/project.ts'
import { deleteProject, openProject, renameProject } from '../../../src/state/projects.ts'
import { projectsDb } from '../../../src/state/projectsDb.ts'
import { importFiles, importText, setGrain } from '../../../src/state/reading.ts'
import { markUntouched } from '../../../src/state/saved.ts'
import { firstView, viewStore } from '../../../src/state/view.ts'
import { aBranch, aProject } from './projects.ts'
import { rest, standInWorkers } from './workers.ts'

const open = () => projectStore.getState().project
const said = () => noticesStore.getState().notices.map(({ text }) => text)
const kept = async () => (await projectsDb.list()).map(({ id }) => id)
const pass = async (ms: number) => {
  await vi.advanceTimersByTimeAsync(ms)
  await rest()
}
const stopJob = async () => {
  jobsStore.getState().jobs[0].cancel!()
  await rest()
}
const text = 'One is here. Two is too. Three is last.'

let stop = () => {}
let workers: ReturnType<typeof standInWorkers>

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  await projectsDb.deleteAll()
  replaceProject(emptyProject())
  viewStore.setState(firstView)
  noticesStore.setState({ notices: [] })
  workers = standInWorkers()
  stop = startAutosave()
})

afterEach(async () => {
  stop()
  replaceProject(emptyProject())
  await rest()
  vi.restoreAllMocks()
  vi.useRealTimers()
})

describe('a project that is left while it is read', () => {
  const other = aProject(undefined, 'other')
  beforeEach(() => projectsDb.save(other, firstView))

  test('is read to its end when it is opened again, from wherever', async () => {
    void importText(text)
    await rest()
    const { id } = open()
    await openProject('other')
    await rest()
    expect(open().id).toBe('other')
    expect(jobsStore.getState().jobs).toEqual([])
    expect(said()).toEqual([])

    await openProject(id)
    await rest()
    expect(nodes()).toHaveLength(0)
    await workers.drawings.at(-1)!.finish()
    expect(nodes().map((node) => node.text)).toEqual(['One is here.', 'Two is too.', 'Three is last.'])
    expect(open().map!.k).toBe(1)
  })

  test('asks for no map any more, which would stop that of the project open now', async () => {
    let come = () => {}
    workers.encoder.come = new Promise((resolve) => {
      come = resolve
    })
    void importText(text)
    await rest()
    const { id } = open()
    await openProject('other')
    come()
    await rest()
    expect(workers.map).not.toHaveBeenCalled()
    expect(open()).toMatchObject({ id: 'other', map: other.map })
    expect(await kept()).toContain(id)
  })

  test('is not brought back, nor is what was open before it, by being stopped', async () => {
    void importText(text)
    await rest()
    await deleteProject(open().id)
    await rest()
    expect(open().documents).toEqual([])
    expect(said()).toEqual([])
    await pass(60_000)
    expect(await kept()).toEqual(['other'])
  })
})

test('a project of one passage is not read again each time it is opened', async () => {
  const project = aProject('Only this.', 'short')
  await projectsDb.save({ ...project, map: { ...project.map!, k: 0, neighbours: new Uint32Array(0) } }, firstView)
  await openProject('short')
  await rest()
  expect(workers.map).not.toHaveBeenCalled()
  expect(jobsStore.getState().jobs).toEqual([])
})

describe('a reading that does not come to its end', () => {
  test('leaves no row behind when it is stopped', async () => {
    replaceProject(aProject())
    await pass(1000)
    void importText(text)
    await pass(1000)
    expect(await kept()).toHaveLength(2)
    await stopJob()
    expect(open().id).toBe('a-project')
    expect(said()).toEqual(['Stopped reading. What was open before is open again.'])
    await pass(60_000)
    expect(await kept()).toEqual(['a-project'])
  })

  test('leaves none when it fails, nor does any other try', async () => {
    replaceProject(aProject())
    await pass(1000)
    workers.embed.mockRejectedValue(new Error('No encoder.'))
    void importText(text)
    await pass(1000)
    for (let tries = 0; tries < 3; tries++) {
      expect(await kept()).toEqual(['a-project'])
      noticesStore.getState().notices.at(-1)!.action!.run()
      await pass(1000)
    }
    expect(said()).toEqual(['No encoder.'])
  })

  test('leaves none either where the disk was full when it was to be kept', async () => {
    replaceProject(markUntouched(aProject()))
    const save = vi.spyOn(projectsDb, 'save').mockRejectedValue(new DOMException('full', 'QuotaExceededError'))
    void importText(text)
    await pass(1000)
    await stopJob()
    save.mockRestore()
    await pass(60_000)
    expect(await kept()).toEqual([])
  })

  test('can be stopped while the encoder is still on its way', async () => {
    workers.encoder.come = new Promise(() => undefined)
    void importText(text)
    await rest()
    await stopJob()
    expect(said()).toEqual(['Stopped reading. What was open before is open again.'])
    expect(jobsStore.getState().jobs).toEqual([])
  })

  test('what was being read before it is read on', async () => {
    void importText(text, { title: 'First' })
    await rest()
    void importText('Another text. It is stopped.')
    await rest()
    await stopJob()
    expect(open().name).toBe('First')
    await workers.drawings.at(-1)!.finish()
    expect(nodes()).toHaveLength(3)
  })

  test('one that was opened again can be read on', async () => {
    const { documents } = aProject()
    await projectsDb.save({ ...emptyProject('Half'), id: 'half', documents }, firstView)
    await openProject('half')
    await rest()
    await stopJob()
    expect(noticesStore.getState().notices.at(-1)).toMatchObject({ action: { label: 'Read on' } })
    expect(await kept()).toEqual(['half'])
    noticesStore.getState().notices.at(-1)!.action!.run()
    await rest()
    await workers.drawings.at(-1)!.finish()
    expect(nodes()).toHaveLength(documents[0].passages.length)
  })
})

describe('what is done while the map settles', () => {
  beforeEach(async () => {
    void importText(text, { title: 'As it was' })
    await rest()
    workers.drawings[0].show()
  })

  test('stays, and undo takes back that and nothing else', async () => {
    const [first] = nodes()
    await renameProject(open().id, 'Mine')
    workers.drawings[0].show()
    change('Pull', (now) => ({ ...now, branches: [aBranch('b', first.id, 'New.')], contrasts: aProject().contrasts }))
    workers.drawings[0].show()
    await workers.drawings[0].finish()
    expect(open()).toMatchObject({ name: 'Mine', models: { encoder: 'abc' }, map: { k: 1 } })
    expect(open().branches.map(({ id }) => id)).toEqual(['b'])
    expect(open().contrasts).toHaveLength(1)
    expect(historyStore.getState().past.map(({ label }) => label)).toEqual(['Rename the project', 'Pull'])
    undo()
    undo()
    expect(open()).toMatchObject({ name: 'As it was', branches: [], map: { k: 1 } })
    expect(nodes()).toHaveLength(3)
  })

  test('a branch goes along with its passage', async () => {
    const [first] = nodes()
    change('Pull', (now) => ({ ...now, branches: [aBranch('b', first.id, 'New.', { landedAt: first.at })] }))
    await workers.drawings[0].finish()
    expect(nodeById(first.id)!.at).not.toEqual(first.at)
    expect(nodeById('b')!.at).toEqual(nodeById(first.id)!.at)
  })

  test('a frame that comes after the map does not undo it', async () => {
    await workers.drawings[0].finish()
    workers.drawings[0].show()
    expect(open().map!.parameters.method).toBe('umap')
  })
})

describe('one text at a time', () => {
  test('two that are added at once are both there, also under one name', async () => {
    replaceProject(aProject())
    const add = (words: string) => importFiles([new File([words], 'same.txt')], { add: true })
    void add('The first.')
    void add('The second.')
    await rest()
    expect(workers.drawings).toHaveLength(1)
    await workers.drawings[0].finish()
    await workers.drawings[1].finish()
    expect(
      open()
        .documents.map((document) => document.text)
        .slice(1),
    ).toEqual(['The first.', 'The second.'])
    expect(new Set(open().vectors.ids).size).toBe(nodes().filter(({ kind }) => kind === 'passage').length)
    undo()
    expect(open().documents).toHaveLength(2)
  })

  test('what is added to a project that is then left is told', async () => {
    replaceProject(aProject())
    void importText('More of it.', { add: true })
    await rest()
    replaceProject(aProject(undefined, 'other'))
    await rest()
    expect(said()).toEqual(['Not added, for another project was opened meanwhile: More of it.'])
  })

  test('a grain chosen while a text is read waits for it', async () => {
    void importText(`${text}\n\nAnother paragraph. It has two.`)
    await rest()
    void setGrain('paragraph')
    await rest()
    expect(said()).toEqual([])
    await workers.drawings[0].finish()
    await workers.drawings[1].finish()
    expect(nodes().map((node) => node.text)).toEqual([text, 'Another paragraph. It has two.'])
    undo()
    expect(nodes()).toHaveLength(5)
  })
})

describe('a text cut anew', () => {
  const source = 'One is here. Two is too.\n\nAlone.\n\nThree. Four.'
  const idOf = (words: string) => nodes().find((node) => node.text === words)!.id
  const cut = async (grain: 'sentence' | 'paragraph') => {
    void setGrain(grain)
    await rest()
    await workers.drawings.at(-1)!.finish()
  }

  beforeEach(async () => {
    void importText(source)
    await rest()
    await workers.drawings[0].finish()
    noticesStore.setState({ notices: [] })
    const branches = [
      aBranch('alone', idOf('Alone.'), 'By itself.', { landedAt: nodeById(idOf('Alone.'))!.at }),
      aBranch('two', idOf('Two is too.'), 'Two was too.'),
      aBranch('again', 'two', 'Two had been too.', { adopted: true }),
    ]
    change('Pull', (now) => ({ ...now, branches }))
  })

  test('hides the branches of passages that are cut away, and says so', async () => {
    await cut('paragraph')
    expect(nodes().map(({ id }) => id)).toEqual([...open().vectors.ids, 'alone'])
    expect(nodeById('alone')!.at).toEqual(nodeById(idOf('Alone.'))!.at)
    expect(said()).toEqual([
      '2 branches wait out of sight until you read by sentences again, or undo. What you put into the text stays in its export.',
    ])
    await cut('sentence')
    expect(nodeById('two')).toBeDefined()
    expect(said()).toHaveLength(1)
  })

  test('keeps in the export what was adopted, unless it is adopted otherwise', async () => {
    await cut('paragraph')
    const now = source.replace('Two is too.', 'Two had been too.')
    expect(exportMarkdown(open())).toBe(now)
    await projectsDb.save(open(), firstView)
    expect(exportMarkdown((await projectsDb.open(open().id)).project)).toBe(now)
    const whole = aBranch('whole', idOf('One is here. Two is too.'), 'Both were.', { adopted: true })
    change('Pull', (project) => ({ ...project, branches: [...project.branches, whole] }))
    expect(exportMarkdown(open())).toBe(source.replace('One is here. Two is too.', 'Both were.'))
    await cut('sentence')
    expect(exportMarkdown(open())).toBe(source.replace('One is here. Two is too.', 'Both were.'))
  })
})
