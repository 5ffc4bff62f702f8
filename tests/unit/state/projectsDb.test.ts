import 'fake-indexeddb/auto'
import { IDBObjectStore } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { projectsDb } from '../../../src/state/projectsDb.ts'
import { firstView } from '../../../src/state/view.ts'
import { aBranch, aProject } from './projects.ts'

beforeEach(() => projectsDb.deleteAll())
afterEach(() => vi.restoreAllMocks())

describe('kept projects', () => {
  test('open as they were saved', async () => {
    const project = aProject()
    await projectsDb.save(project, { ...firstView, blend: 0.5, hovered: 'x' })
    const opened = await projectsDb.open(project.id)
    expect(opened.project).toEqual(project)
    expect(opened.view).toEqual({ ...firstView, blend: 0.5 })
  })

  test('are listed newest first, with their sizes', async () => {
    await projectsDb.save(aProject(undefined, 'one'), firstView)
    await projectsDb.save({ ...aProject(undefined, 'two'), changed: '2026-02-01T00:00:00.000Z' }, firstView)
    const list = await projectsDb.list()
    expect(list.map(({ id }) => id)).toEqual(['two', 'one'])
    expect(list[0]).toMatchObject({ name: 'A project', passages: 4, branches: 2 })
    expect(list[0].sizes['vectors.f32']).toBe(4 * 384 * 4)
  })

  test('only what changed is written', async () => {
    const project = aProject()
    await projectsDb.save(project, firstView)
    const put = vi.spyOn(IDBObjectStore.prototype, 'put')
    const names = () => put.mock.calls.map(([, key]) => (Array.isArray(key) ? key[1] : 'entry')).sort()
    await projectsDb.save(project, { ...firstView, blend: 1 })
    expect(names()).toEqual(['entry', 'project.json'])
    put.mockClear()
    const grown = { ...project, branches: [...project.branches, aBranch('b3', 'b2', 'More.')] }
    await projectsDb.save(grown, firstView)
    expect(names()).toEqual(['branches.f32', 'entry', 'project.json'])
    put.mockClear()
    expect((await projectsDb.open(project.id)).project).toEqual(grown)
    await projectsDb.save({ ...grown, map: null, contrasts: [] }, firstView)
    expect((await projectsDb.open(project.id)).project).toEqual({ ...grown, map: null, contrasts: [] })
  })

  test('after opening, too, only what changed is written', async () => {
    const project = aProject()
    await projectsDb.save(project, firstView)
    const opened = await projectsDb.open(project.id)
    const put = vi.spyOn(IDBObjectStore.prototype, 'put')
    await projectsDb.save({ ...opened.project, name: 'Other' }, firstView)
    expect(put).toHaveBeenCalledTimes(2)
  })

  test('a database emptied by someone else gets everything again', async () => {
    const project = aProject()
    await projectsDb.save(project, firstView)
    const db = await new Promise<IDBDatabase>((done) => {
      const request = indexedDB.open('noema')
      request.onsuccess = () => done(request.result)
    })
    await new Promise((done) => {
      const tx = db.transaction(['projects', 'parts'], 'readwrite')
      tx.objectStore('projects').clear()
      tx.objectStore('parts').clear()
      tx.oncomplete = done
    })
    db.close()
    await projectsDb.save({ ...project, name: 'Again' }, firstView)
    expect((await projectsDb.open(project.id)).project).toEqual({ ...project, name: 'Again' })
  })

  test('a failed save leaves the earlier state whole, and the next one is complete', async () => {
    const project = aProject()
    await projectsDb.save(project, firstView)
    const real = IDBObjectStore.prototype.put
    let count = 0
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
      if (++count === 3) throw new DOMException('full', 'QuotaExceededError')
      return real.apply(this, args)
    })
    const changed = { ...project, name: 'Changed', map: null, branches: [aBranch('b9', 'b1', 'Nine.')], contrasts: [] }
    await expect(projectsDb.save(changed, firstView)).rejects.toMatchObject({ name: 'QuotaExceededError' })
    vi.restoreAllMocks()
    expect((await projectsDb.open(project.id)).project).toEqual(project)
    await projectsDb.save(changed, firstView)
    expect((await projectsDb.open(project.id)).project).toEqual(changed)
  })

  test('rename, delete, delete all', async () => {
    await projectsDb.save(aProject(undefined, 'one'), firstView)
    await projectsDb.save(aProject(undefined, 'two'), firstView)
    await projectsDb.rename('one', 'Named')
    expect((await projectsDb.open('one')).project).toEqual({ ...aProject(undefined, 'one'), name: 'Named' })
    await projectsDb.delete('one')
    expect((await projectsDb.list()).map(({ id }) => id)).toEqual(['two'])
    await expect(projectsDb.open('one')).rejects.toMatchObject({ trouble: 'missing' })
    await projectsDb.deleteAll()
    expect(await projectsDb.list()).toEqual([])
  })
})
