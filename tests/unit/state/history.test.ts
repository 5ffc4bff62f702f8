import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { change, historyStore, redo, replaceProject, undo } from '../../../src/state/history.ts'
import { emptyProject, projectStore } from '../../../src/state/project.ts'

const name = () => projectStore.getState().project.name
const rename = (to: string) => change(`Rename to ${to}`, (project) => ({ ...project, name: to }))

describe('history', () => {
  beforeEach(() => replaceProject(emptyProject('first')))

  it('takes back and makes again any run of changes, exactly', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { maxLength: 30 }), (names) => {
        replaceProject(emptyProject('first'))
        const states = [projectStore.getState().project]
        for (const to of names) {
          rename(to)
          states.push(projectStore.getState().project)
        }
        for (let i = names.length - 1; i >= 0; i--) {
          expect(undo()).toBe(`Rename to ${names[i]}`)
          expect(projectStore.getState().project).toBe(states[i])
        }
        expect(undo()).toBeNull()
        for (let i = 1; i <= names.length; i++) {
          redo()
          expect(projectStore.getState().project).toBe(states[i])
        }
        expect(redo()).toBeNull()
      }),
    )
  })

  it('forgets what could have been made again, once something else is done', () => {
    rename('second')
    undo()
    rename('third')
    expect(redo()).toBeNull()
    expect(name()).toBe('third')
  })

  it('makes no step of a change that changes nothing', () => {
    change('Nothing', (project) => project)
    expect(historyStore.getState().past).toHaveLength(0)
  })

  it('shares what a change leaves alone', () => {
    const { documents, vectors } = projectStore.getState().project
    rename('second')
    expect(projectStore.getState().project.documents).toBe(documents)
    expect(projectStore.getState().project.vectors).toBe(vectors)
  })
})
