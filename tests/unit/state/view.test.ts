import { beforeEach, describe, expect, it } from 'vitest'
import { firstView, select, viewStore } from '../../../src/state/view.ts'

const selection = () => viewStore.getState().selection

describe('selecting', () => {
  beforeEach(() => viewStore.setState(firstView))

  it('takes the place of what was selected', () => {
    select(['a'])
    select(['b'])
    expect(selection()).toEqual(['b'])
  })

  it('adds in order, and lets go of what was selected already', () => {
    select(['a'])
    select(['b'], { add: true })
    select(['c', 'c'], { add: true })
    expect(selection()).toEqual(['a', 'b', 'c'])
    select(['a'], { add: true })
    expect(selection()).toEqual(['b', 'c'])
    select(['c', 'd'], { add: true })
    expect(selection()).toEqual(['b', 'd'])
  })
})
