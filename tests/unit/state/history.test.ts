import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { beginStep, change, fillIn, historyStore, redo, replaceProject, undo } from '../../../src/state/history.ts'
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

  it('fills what was computed into every state, as no step of its own', () => {
    rename('second')
    rename('third')
    undo()
    fillIn((project) => ({ ...project, models: { encoder: 'abc' } }))
    const filled = projectStore.getState().project
    expect(filled).toMatchObject({ name: 'second', models: { encoder: 'abc' } })
    expect(redo()).toBe('Rename to third')
    expect(projectStore.getState().project).toMatchObject({ name: 'third', models: { encoder: 'abc' } })
    undo()
    expect(projectStore.getState().project).toBe(filled)
    expect(undo()).toBe('Rename to second')
    expect(projectStore.getState().project).toMatchObject({ name: 'first', models: { encoder: 'abc' } })
    expect(undo()).toBeNull()
  })

  it('takes back a step that came bit by bit at once, and what was done in between by itself', () => {
    const models = () => Object.keys(projectStore.getState().project.models).join('')
    const step = beginStep('Many')
    const add = (id: string) => step.add((project) => ({ ...project, models: { ...project.models, [id]: id } }))
    add('a')
    add('b')
    rename('second')
    add('c')
    expect([name(), models()]).toEqual(['second', 'abc'])
    expect(undo()).toBe('Rename to second')
    expect([name(), models()]).toEqual(['first', 'abc'])
    add('d')
    redo()
    expect([name(), models()]).toEqual(['second', 'abcd'])
    undo()
    expect(undo()).toBe('Many')
    expect(models()).toBe('')
    expect(step.stands()).toBe(false)
    expect(add('e')).toBe(false)
    redo()
    expect(models()).toBe('abcd')
  })

  it('shares what a change leaves alone', () => {
    const { documents, vectors } = projectStore.getState().project
    rename('second')
    expect(projectStore.getState().project.documents).toBe(documents)
    expect(projectStore.getState().project.vectors).toBe(vectors)
  })
})
