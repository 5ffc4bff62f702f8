import { beforeEach, describe, expect, it } from 'vitest'
import { joins, pointOut, toggleJoining } from '../../../src/headset/selecting.ts'
import { firstView, select, viewStore } from '../../../src/state/view.ts'

const selection = (): string[] => viewStore.getState().selection

beforeEach(() => viewStore.setState({ ...firstView, selection: [] }))

describe('pointing nodes out', () => {
  it('takes the place of what was selected', () => {
    pointOut('a')
    pointOut('b')
    expect(selection()).toEqual(['b'])
  })

  it('joins what is selected once that was asked for, and leaves it when pointed out again', () => {
    pointOut('a')
    toggleJoining()
    expect(joins()).toBe(true)
    for (const id of ['b', 'c']) pointOut(id)
    expect(selection()).toEqual(['a', 'b', 'c'])
    pointOut('b')
    expect(selection()).toEqual(['a', 'c'])
    toggleJoining()
    pointOut('d')
    expect(selection()).toEqual(['d'])
  })

  it('joins nothing any more when something else was selected meanwhile', () => {
    pointOut('a')
    toggleJoining()
    pointOut('b')
    select(['a branch that landed'])
    expect(joins()).toBe(false)
    pointOut('c')
    expect(selection()).toEqual(['c'])
  })
})
