import { beforeEach, describe, expect, it } from 'vitest'
import { comfortCommands } from '../../../src/desktop/comfortCommands.ts'
import { isWithin, middleOf, nearestTo } from '../../../src/desktop/freeView.ts'
import { digitOf, numbered } from '../../../src/desktop/numbered.ts'
import type { Feature } from '../../../src/meaning/types.ts'
import { noticesStore } from '../../../src/state/notices.ts'
import { preferencesStore } from '../../../src/state/preferences.ts'

describe('the number keys', () => {
  const feature = (id: string, kind: Feature['kind'] = 'probe') => ({ id, kind }) as Feature
  const many = Array.from({ length: 12 }, (_, index) => feature(`p${index}`))

  it('hold the axes first, then the person’s own, then the others as listed', () => {
    const order = numbered({ x: 'p5', y: null, z: 'p1' }, [...many, feature('mine', 'contrast')])
    expect(order).toEqual(['p5', 'p1', 'mine', 'p0', 'p2', 'p3', 'p4', 'p6', 'p7'])
    expect(digitOf('mine', order)).toBe('3')
    expect(digitOf('p11', order)).toBeNull()
  })

  it('name each feature once, and none that is gone', () => {
    const order = numbered({ x: 'gone', y: 'mine', z: 'p0' }, [many[0]!, feature('mine', 'contrast')])
    expect(order).toEqual(['mine', 'p0'])
  })
})

describe('comfort by name', () => {
  const run = (title: string) => comfortCommands.find((command) => command.title.startsWith(title))!.run()
  const held = () => comfortCommands.flatMap(({ title, on }) => (on?.() ? title : []))

  beforeEach(() => {
    preferencesStore.setState(preferencesStore.getInitialState(), true)
    noticesStore.setState({ notices: [] })
  })

  it('shows the choice that holds, one of each kind', () => {
    expect(held()).toEqual([
      'Theme: night',
      'Reduce motion: as the system says',
      'Turn in the headset: by 45° at a time',
      'Sounds in the headset: on',
    ])
  })

  it('sets each preference, and says so', () => {
    run('Theme: as the system')
    run('Reduce motion: on')
    run('Turn in the headset: smoothly')
    run('Sounds in the headset: off')
    run('Swap hands')
    expect(preferencesStore.getState()).toMatchObject({
      theme: 'system',
      reducedMotion: 'always',
      turn: 'smooth',
      sounds: false,
      leftHanded: true,
    })
    expect(noticesStore.getState().notices).toHaveLength(5)
    run('Swap hands')
    expect(preferencesStore.getState().leftHanded).toBe(false)
  })
})

describe('what is in the picture', () => {
  const picture = { width: 800, height: 600, inset: { left: 0, right: 300, top: 0, bottom: 0 } }

  it('has its middle in the part that no panel covers', () => {
    expect(middleOf(picture)).toEqual([250, 300])
  })

  it('holds a point that is well within that part', () => {
    expect(isWithin(picture, 250, 300)).toBe(true)
    expect(isWithin(picture, 600, 300)).toBe(false)
    expect(isWithin(picture, 250, 595)).toBe(false)
    expect(isWithin(picture, Number.NaN, Number.NaN)).toBe(false)
  })

  it('finds the node seen nearest to a point, and none behind the eye', () => {
    const seen = Float32Array.of(Number.NaN, Number.NaN, Number.NaN, 10, 10, 1, 240, 290, 3)
    expect(nearestTo(seen, 3, [250, 300])).toBe(2)
    expect(nearestTo(seen, 1, [250, 300])).toBe(-1)
  })
})
