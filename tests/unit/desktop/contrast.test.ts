import { beforeEach, describe, expect, it } from 'vitest'
import { deleteContrast, renameContrast } from '../../../src/desktop/contrast.ts'
import { historyStore, replaceProject, undo } from '../../../src/state/history.ts'
import { projectStore } from '../../../src/state/project.ts'
import { aBranch, aProject } from '../state/projects.ts'

const project = () => projectStore.getState().project

describe('a feature of one’s own', () => {
  beforeEach(() => {
    const made = aProject()
    const along = aBranch('along', 'b1', 'One was that.', { move: { kind: 'translate', feature: 'mine', sigma: 2 } })
    const named = aBranch('named', 'b1', 'One was this.', {
      move: { kind: 'axes', sigmas: { mine: 1 } },
      name: 'My own name',
    })
    replaceProject({ ...made, branches: [...made.branches, along, named] })
  })

  it('takes another name, and only a name that is one', () => {
    renameContrast('mine', '  Warmth ')
    expect(project().contrasts[0]!.name).toBe('Warmth')
    renameContrast('mine', ' ')
    renameContrast('mine', 'Warmth')
    expect(historyStore.getState().past).toHaveLength(1)
    expect(undo()).toBe('Rename the feature Mine')
    expect(project().contrasts[0]!.name).toBe('Mine')
  })

  it('is deleted in one step; branches pulled along it stay and keep the words for it', () => {
    const before = project()
    deleteContrast('mine')
    expect(project().contrasts).toEqual([])
    expect(project().branches.map(({ name }) => name)).toEqual([
      undefined,
      undefined,
      'Pull +2.0 σ that',
      'My own name',
    ])
    expect(undo()).toBe('Delete the feature Mine')
    expect(project()).toBe(before)
  })
})
