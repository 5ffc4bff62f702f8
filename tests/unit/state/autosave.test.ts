import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { reopenLast, startAutosave } from '../../../src/state/autosave.ts'
import { change, replaceProject, undo } from '../../../src/state/history.ts'
import { noticesStore } from '../../../src/state/notices.ts'
import { emptyProject, projectStore } from '../../../src/state/project.ts'
import { deleteProject, openProject, renameProject } from '../../../src/state/projects.ts'
import { projectsDb } from '../../../src/state/projectsDb.ts'
import { markUntouched, savedStore } from '../../../src/state/saved.ts'
import { firstView, viewStore } from '../../../src/state/view.ts'
import { aProject } from './projects.ts'

const settle = async () => {
  for (let i = 0; i < 40; i++) await new Promise((next) => setImmediate(next))
}
/** Let so many milliseconds pass, and what they set going come to its end. */
const pass = async (ms: number) => {
  await vi.advanceTimersByTimeAsync(ms)
  await settle()
}
const rename = (name: string) => change('Rename', (project) => ({ ...project, name }))
const keptName = async (id: string) => (await projectsDb.find(id))?.name
const messages = () => noticesStore.getState().notices

let stop = () => {}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  await projectsDb.deleteAll()
  replaceProject(emptyProject())
  viewStore.setState(firstView)
  noticesStore.setState({ notices: [] })
  stop = startAutosave({ saveToFile: () => {} })
})

afterEach(async () => {
  stop()
  await settle()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('autosave', () => {
  test('writes after a rest of 800 ms', async () => {
    replaceProject(aProject())
    await pass(700)
    expect(await projectsDb.list()).toEqual([])
    expect(savedStore.getState().state).toBe('waiting')
    await pass(200)
    expect(await keptName('a-project')).toBe('A project')
    expect(savedStore.getState().state).toBe('saved')
  })

  test('changes that never rest are written after five seconds', async () => {
    replaceProject(aProject())
    for (let i = 0; i < 12; i++) {
      rename(`Name ${i}`)
      await pass(500)
    }
    expect(await keptName('a-project')).toMatch(/^Name/)
  })

  test('an empty room is not kept', async () => {
    rename('Nothing in it')
    await pass(10_000)
    expect(await projectsDb.list()).toEqual([])
  })

  test('the view is kept, hovering is not a change', async () => {
    replaceProject(aProject())
    await pass(1000)
    const save = vi.spyOn(projectsDb, 'save')
    viewStore.setState({ hovered: 'b1' })
    await pass(6000)
    expect(save).not.toHaveBeenCalled()
    viewStore.setState({ blend: 0.75 })
    await pass(1000)
    expect((await projectsDb.open('a-project')).view.blend).toBe(0.75)
  })

  test('what waits is written when another project is opened, with its own view', async () => {
    replaceProject(aProject())
    viewStore.setState({ blend: 0.5 })
    await pass(1000)
    rename('Last words')
    viewStore.setState({ blend: 0 })
    replaceProject(aProject('Another text. Here.', 'another'))
    await pass(1000)
    const opened = await projectsDb.open('a-project')
    expect(opened.project.name).toBe('Last words')
    expect(opened.view.blend).toBe(0.5)
    expect(await keptName('another')).toBe('A project')
  })

  test('a sample is kept from its first change, and so is undoing it', async () => {
    replaceProject(markUntouched(aProject()))
    viewStore.setState({ blend: 1 })
    await pass(10_000)
    expect(await projectsDb.list()).toEqual([])
    rename('Mine')
    await pass(1000)
    expect(await keptName('a-project')).toBe('Mine')
    undo()
    await pass(1000)
    expect(await keptName('a-project')).toBe('A project')
  })

  test('a full disk is told once, with a way on, and tried again', async () => {
    const save = vi.spyOn(projectsDb, 'save').mockRejectedValue(new DOMException('full', 'QuotaExceededError'))
    replaceProject(aProject())
    await pass(1000)
    expect(savedStore.getState().state).toBe('failed')
    expect(messages()).toHaveLength(1)
    expect(messages()[0]).toMatchObject({ tone: 'trouble', action: { label: 'Save to a file' } })
    expect(messages()[0].text).toMatch(/no room left/)
    rename('Still here')
    await pass(1000)
    expect(messages()).toHaveLength(1)
    save.mockRestore()
    await pass(31_000)
    expect(await keptName('a-project')).toBe('Still here')
    expect(savedStore.getState().state).toBe('saved')
  })
})

describe('coming back', () => {
  test('opens what was there last, exactly, without computing', async () => {
    const project = aProject()
    replaceProject(project)
    viewStore.setState({ selection: ['b2'], axes: { x: 'mine', y: null, z: null } })
    await pass(1000)
    const before = projectStore.getState().project
    replaceProject(emptyProject())
    viewStore.setState(firstView)
    expect(await reopenLast()).toBe(true)
    expect(projectStore.getState().project).toEqual(before)
    expect(viewStore.getState()).toMatchObject({ selection: ['b2'], axes: { x: 'mine', y: null, z: null } })
  })

  test('where that is no longer kept, the newest is opened', async () => {
    const kept = new Map<string, string>()
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
      removeItem: (key: string) => kept.delete(key),
    })
    replaceProject(aProject())
    await pass(1000)
    replaceProject(aProject(undefined, 'another'))
    await pass(1000)
    await projectsDb.delete('another')
    replaceProject(emptyProject())
    expect([...kept.values()]).toEqual(['another'])
    expect(await reopenLast()).toBe(true)
    expect(projectStore.getState().project.id).toBe('a-project')
  })

  test('nothing kept: false, and no complaint', async () => {
    expect(await reopenLast()).toBe(false)
    expect(messages()).toEqual([])
  })

  test('another name is a step like any other: undo brings the old one back, and later ones do not', async () => {
    replaceProject(aProject())
    rename('Before')
    await renameProject('a-project', 'Mine')
    change('Another step', (project) => ({ ...project, branches: [] }))
    undo()
    expect(projectStore.getState().project.name).toBe('Mine')
    expect(undo()).toBe('Rename the project')
    expect(projectStore.getState().project.name).toBe('Before')
  })

  test('the open project can be renamed and deleted, and stays deleted', async () => {
    replaceProject(aProject())
    await pass(1000)
    await openProject('a-project')
    await renameProject('a-project', 'Renamed')
    await pass(1000)
    expect(await keptName('a-project')).toBe('Renamed')
    rename('Waiting to be written')
    // A write that failed is tried again; not for what is gone.
    const save = vi.spyOn(projectsDb, 'save').mockRejectedValue(new DOMException('full', 'QuotaExceededError'))
    await pass(1000)
    await deleteProject('a-project')
    save.mockRestore()
    await pass(60_000)
    expect(await projectsDb.list()).toEqual([])
    expect(projectStore.getState().project.documents).toEqual([])
  })
})
