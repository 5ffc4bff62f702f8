import { describe, expect, it } from 'vitest'
import { Resting } from '../../../src/headset/resting.ts'

describe('resting on a node', () => {
  it('means it only after a while, and passing over it does not', () => {
    const resting = new Resting()
    expect(resting.meet('a', 0)).toBe(null)
    expect(resting.meet('a', 200)).toBe(null)
    expect(resting.meet('b', 250)).toBe(null)
    expect(resting.meet('b', 500)).toBe(null)
    expect(resting.meet('b', 580)).toBe('b')
    expect(resting.means(600)).toBe('b')
  })

  it('is remembered while fingers open, and then forgotten', () => {
    const resting = new Resting()
    resting.meet('a', 0)
    resting.meet('a', 400)
    expect(resting.meet(null, 480)).toBe('a')
    expect(resting.means(629)).toBe('a')
    expect(resting.meet(null, 640)).toBe(null)
    expect(resting.meet('a', 660)).toBe(null)
  })

  it('lasts through a tremble, and however slowly frames come', () => {
    const resting = new Resting()
    resting.meet('a', 0)
    resting.meet('a', 400)
    resting.meet(null, 420)
    resting.meet('a', 440)
    expect(resting.means(2000)).toBe('a')
    expect(resting.meet('b', 2000)).toBe('a')
    expect(resting.meet('b', 2400)).toBe('b')
  })
})
