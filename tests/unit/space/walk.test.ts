import { describe, expect, it } from 'vitest'
import { nearestInDirection } from '../../../src/space/walk.ts'

const up = [0, 1] as const
const right = [1, 0] as const
const left = [-1, 0] as const

describe('nearestInDirection', () => {
  // A cross with a straggler far above to the right.
  const screen = new Float32Array([0, 0, 10, 0, -10, 1, 0, 12, 0, -9, 40, 60])

  it('walks to what lies that way', () => {
    expect(nearestInDirection(screen, 6, 0, right)).toBe(1)
    expect(nearestInDirection(screen, 6, 0, left)).toBe(2)
    expect(nearestInDirection(screen, 6, 0, up)).toBe(3)
    expect(nearestInDirection(screen, 6, 0, [0, -1])).toBe(4)
  })

  it('stays where nothing lies that way', () => {
    expect(nearestInDirection(screen, 6, 2, left)).toBe(-1)
    expect(nearestInDirection(screen, 1, 0, left)).toBe(-1)
  })

  it('prefers a neighbour straight ahead to a nearer one aside', () => {
    const places = new Float32Array([0, 0, 10, 0, 6, 5.9])
    expect(nearestInDirection(places, 3, 0, right)).toBe(1)
  })

  it('walks back where it came from on a line', () => {
    const line = new Float32Array([0, 0, 5, 0, 10, 0])
    expect(nearestInDirection(line, 3, nearestInDirection(line, 3, 1, right), left)).toBe(1)
  })

  it('does not see what is out of view', () => {
    expect(nearestInDirection(new Float32Array([0, 0, Number.NaN, Number.NaN]), 2, 0, right)).toBe(-1)
  })
})
