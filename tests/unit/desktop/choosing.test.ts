import { beforeEach, describe, expect, it } from 'vitest'
import { choose, setBring } from '../../../src/desktop/choosing.ts'
import { firstView, viewStore } from '../../../src/state/view.ts'

describe('choosing by words', () => {
  beforeEach(() => viewStore.setState(firstView))

  it('selects, and asks the camera to show it; not what was let go', () => {
    const shown: string[] = []
    const stop = setBring((id) => shown.push(id))
    choose('a')
    choose('b', { add: true })
    choose('a', { add: true })
    stop()
    choose('c')
    expect(shown).toEqual(['a', 'b'])
    expect(viewStore.getState().selection).toEqual(['c'])
  })
})
