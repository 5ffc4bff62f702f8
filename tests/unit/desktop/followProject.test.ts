import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { followProject } from '../../../src/desktop/followProject.ts'
import { ledTo, placeOf } from '../../../src/desktop/stage/listPlace.ts'
import { change, redo, replaceProject, undo } from '../../../src/state/history.ts'
import { emptyProject } from '../../../src/state/project.ts'
import { firstView, select, viewStore } from '../../../src/state/view.ts'
import { aBranch, aProject } from '../state/projects.ts'

const selection = () => viewStore.getState().selection
const grow = (id: string, parent: string) =>
  change('Pull', (project) => ({ ...project, branches: [...project.branches, aBranch(id, parent, `${id} says`)] }))

describe('the view follows the project', () => {
  let stop = () => {}
  const passages = aProject().vectors.ids

  beforeEach(() => {
    replaceProject(aProject())
    viewStore.setState(firstView)
    stop = followProject()
  })
  afterEach(() => stop())

  it('an undone landing gives way to what it grew from, and a redone one disturbs nothing', () => {
    grow('new', 'b2')
    select(['new'])
    undo()
    expect(selection()).toEqual(['b2'])
    redo()
    expect(selection()).toEqual(['b2'])
  })

  it('goes down through branches that are gone together, and names nothing twice', () => {
    change('Delete', (project) => ({ ...project, branches: [] }))
    undo()
    select(['b2', passages[0]!, 'b1'])
    redo()
    expect(selection()).toEqual([passages[1], passages[0]])
  })

  it('drops what has nothing left under it, and what the pointer was on', () => {
    select([passages[0]!, 'b1'])
    viewStore.setState({ hovered: 'b1' })
    replaceProject(emptyProject())
    expect(selection()).toEqual([])
    expect(viewStore.getState().hovered).toBeNull()
  })

  it('leaves a selection alone that still stands', () => {
    select([passages[0]!])
    const before = selection()
    grow('new', passages[0]!)
    expect(selection()).toBe(before)
  })

  it('lets go of a feature of one’s own that is gone, wherever it was in use, and of no other', () => {
    viewStore.setState({
      heldFeature: 'mine',
      axes: { x: 'mine', y: 'formality', z: null },
      colour: { by: 'feature', feature: 'mine' },
    })
    change('Delete a feature', (project) => ({ ...project, contrasts: [] }))
    expect(viewStore.getState()).toMatchObject({
      heldFeature: null,
      axes: { x: null, y: 'formality', z: null },
      colour: { by: 'group' },
    })
  })
})

describe('where the list stands', () => {
  it('knows what a branch grew from, down to its passage', () => {
    const project = aProject()
    replaceProject(project)
    const [first, second] = project.vectors.ids
    expect(placeOf('b2')).toEqual(['b2', 'b1', second])
    expect(placeOf(first!)).toEqual([first])
  })

  it('goes to what was newly selected, else to what comes first', () => {
    expect(ledTo(['a'], ['a', 'b'])).toBe('b')
    expect(ledTo(['a'], ['a'])).toBe('a')
    expect(ledTo(['a', 'b'], ['b'])).toBe('b')
    expect(ledTo(['a'], [])).toBeUndefined()
  })
})
