import type { Browser, Page } from 'playwright-core'
import { Vector3 } from 'three'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { flightPath } from '../../src/headset/walking.ts'
import { launch } from '../browser/harness.ts'
import { carry, frames, hold, leave, type Place, press, pulses, reach, release, stick, take } from './device.ts'
import { clearest, enter, hip, panel, pointAt, pressOn, putOn, type Seen, says, seen } from './person.ts'
import { stereo } from './stereo.ts'

let browser: Browser
let page: Page
let errors: string[]
let strangers: string[]
let nodes: Seen[]

beforeAll(async () => {
  browser = await launch()
  ;({ page, errors, strangers } = await enter(browser))
  nodes = await seen(page)
})
afterAll(() => browser?.close())

/** Whether pointing at a place of the room reads this node. */
async function readsAt(place: Place, node: Seen): Promise<void> {
  await pointAt(page, 'right', place)
  await says(page, 'hovered', node.text)
}

describe('in the headset', () => {
  it('enters, and shows the space at chest height with both controllers', async () => {
    expect(nodes.length).toBe(12)
    await stereo(page, 'entered')
    expect(strangers).toEqual([])
    expect(errors).toEqual([])
  })

  it('reads a passage that a ray points at, and says it with a tick', async () => {
    const node = clearest(nodes, hip('right'))
    const before = (await pulses(page)).length
    await readsAt(node.place, node)
    expect((await pulses(page)).length).toBeGreaterThan(before)
    await stereo(page, 'read')
    await pointAt(page, 'right', [3, 4, 2])
    await expect.poll(() => panel(page, 'hovered')).toBe(null)
  })

  it('keeps the text of what is selected beside it, with a trigger or a touch of the palette to close it', async () => {
    const node = clearest(nodes, hip('right'))
    await readsAt(node.place, node)
    await press(page, 'right', 'trigger')
    await pointAt(page, 'right', [3, 4, 2])
    await says(page, 'selected', node.text)
    await press(page, 'right', 'b-button')
    await expect.poll(() => panel(page, 'selected')).toBe(null)
  })

  it('turns by 45° about oneself when a stick goes sideways, once for a push', async () => {
    const turned = ([x, y, z]: Place): Place => {
      // The room turns the other way before a person who turns to the right.
      const [cos, sin] = [Math.cos(Math.PI / 4), Math.sin(Math.PI / 4)]
      return [x * cos + z * sin, y, -x * sin + z * cos]
    }
    await stick(page, 'right', 1, 0)
    await frames(page, 10)
    await stick(page, 'right', 0, 0)
    const after = nodes.map((node) => ({ ...node, place: turned(node.place) }))
    const node = clearest(
      after.map((each) => ({ ...each })),
      hip('right'),
    )
    await readsAt(node.place, node)
    await stick(page, 'right', -1, 0)
    await stick(page, 'right', 0, 0)
    const back = clearest(nodes, hip('right'))
    await readsAt(back.place, back)
  })

  it('says on the palette what is comfortable, and a press goes on to the next', async () => {
    const turn = () => page.evaluate(() => JSON.parse(localStorage.getItem('noema-preferences')!).state.turn)
    await press(page, 'left', 'x-button')
    await pressOn(page, 'right', 'left', 'Room')
    await says(page, 'palette', /Main hand: right/)
    await stereo(page, 'comfort')
    await pressOn(page, 'right', 'left', 'Stick turns 45°')
    await says(page, 'palette', /Stick turns 30°/)
    expect(await turn()).toBe('snap30')
    await pressOn(page, 'right', 'left', 'Stick turns 30°')
    await pressOn(page, 'right', 'left', 'Stick turns smoothly')
    await says(page, 'palette', /Stick turns 45°/)
    expect(await turn()).toBe('snap45')
    await pressOn(page, 'right', 'left', 'Meanings')
    await press(page, 'left', 'x-button')
    await expect.poll(() => panel(page, 'palette')).toBe(null)
  })

  it('teleports to where the arc meets the floor, and home brings the space to the person', async () => {
    const from: Place = [0.2, 1.2, -0.25]
    const aim: Place = [0.2, 0, -0.75]
    await reach(page, 'right', from, aim)
    await stick(page, 'right', 0, 1)
    await stereo(page, 'teleport')
    await stick(page, 'right', 0, 0)
    const direction = new Vector3(...aim).sub(new Vector3(...from)).normalize()
    const landing = flightPath(new Vector3(...from), direction, new Float32Array(96))!
    expect(landing).not.toBe(null)
    const moved = nodes.map((node) => {
      const [x, y, z] = node.place
      return { ...node, place: [x - landing.x, y, z - landing.z] as Place }
    })
    const node = clearest(moved, hip('right'))
    await readsAt(node.place, node)

    await press(page, 'left', 'x-button')
    await says(page, 'palette', /Hold a meaning/)

    await press(page, 'left', 'x-button')
    await expect.poll(() => panel(page, 'palette')).toBe(null)
    // Back where we came from.
    await leave(page)
    await putOn(page)
  })

  it('grows and carries the world between two grips, and does not go wild when they begin too close', async () => {
    const middle: Place = [0, 1.0, -0.2]
    await reach(page, 'left', [-0.2, 1.0, -0.2], [-0.2, 3, -0.2])
    await reach(page, 'right', [0.2, 1.0, -0.2], [0.2, 3, -0.2])
    await hold(page, 'left', 'squeeze')
    await hold(page, 'right', 'squeeze')
    await carry(page, 'left', [-0.1, 0, 0])
    await carry(page, 'right', [0.1, 0, 0])
    await release(page, 'left', 'squeeze')
    await release(page, 'right', 'squeeze')
    // From 0.4 to 0.6 m apart: half as large again about their middle.
    const grown = nodes.map((node) => ({
      ...node,
      place: node.place.map((value, axis) => middle[axis]! + (value - middle[axis]!) * 1.5) as Place,
    }))
    const node = clearest(grown, hip('right'), 3)
    await readsAt(node.place, node)

    await reach(page, 'left', [-0.03, 1.0, -0.2], [-0.03, 3, -0.2])
    await reach(page, 'right', [0.03, 1.0, -0.2], [0.03, 3, -0.2])
    await hold(page, 'left', 'squeeze')
    await hold(page, 'right', 'squeeze')
    await carry(page, 'left', [-0.3, 0, 0], 5)
    await carry(page, 'right', [0.3, 0, 0], 5)
    await release(page, 'left', 'squeeze')
    await release(page, 'right', 'squeeze')
    await readsAt(node.place, node)
  })

  it('shows bare hands, with the palette at the wrist', async () => {
    await take(page, 'hand')
    await reach(page, 'left', [-0.25, 1.2, -0.35], [-0.25, 1.2, -2])
    await frames(page, 10)
    expect(await panel(page, 'wrist')).toMatch(/Palette/)
    await stereo(page, 'hands')
    expect(errors).toEqual([])
  })
})
