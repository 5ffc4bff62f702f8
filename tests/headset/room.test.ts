import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BAND_HEIGHT, WALL_ASIDE, WALL_BELOW, WALL_RADIUS, WALL_WIDTH } from '../../src/headset/wallMesh.ts'
import { launch } from '../browser/harness.ts'
import {
  carry,
  connect,
  fingertip,
  frames,
  hold,
  jointsOnto,
  leave,
  lookFrom,
  type Place,
  pinch,
  press,
  reach,
  release,
  take,
} from './device.ts'
import {
  clearest,
  enter,
  eyes,
  hip,
  inRoom,
  panel,
  pointAt,
  pressAt,
  pressOn,
  putOn,
  type Seen,
  says,
  seen,
} from './person.ts'
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

/** The middle of a cell of the wall: passage from the left, band from the top, in the room as it stands on entering. */
function cellOnWall(passage: number, band: number, count: number, bands: number): Place {
  const names = 0.16
  const share = names + ((1 - names) * (passage + 0.5)) / count
  const angle = WALL_ASIDE - ((share - 0.5) * WALL_WIDTH) / WALL_RADIUS
  const up = ((bands - 1) / 2 - band) * BAND_HEIGHT
  return [-Math.sin(angle) * WALL_RADIUS, eyes[1] - WALL_BELOW + up, -Math.cos(angle) * WALL_RADIUS]
}

/** Take a passage with the right controller's grip and carry it off. */
async function squeezeAndCarry(node: Seen): Promise<void> {
  const [x, y, z] = node.place
  await reach(page, 'right', [x, y, z], [x, y, z - 1])
  await frames(page, 10)
  await hold(page, 'right', 'squeeze')
  await carry(page, 'right', [0.3, 0.05, 0], 8)
  await says(page, 'pull', /[+−]\d\.\d σ|Through the map/)
}

describe('the room around the space', () => {
  it('the wall: a ray reads a cell of it, a trigger chooses its passage', async () => {
    const { features, values } = await page.evaluate(() => {
      const { features, values } = window.noema.activations()
      return { features, values: [...values] }
    })
    const [passage, band] = [4, 3]
    const at = cellOnWall(passage, band, nodes.length, features.length)
    await lookFrom(page, eyes, [-1.2, 1.2, -0.3])
    await pointAt(page, 'left', at)
    const said = await says(page, 'wall', nodes[passage]!.text)
    const [, sign, amount] = /: ([+−])(\d+\.\d) σ/.exec(said)!
    const shown = Number(amount) * (sign === '−' ? -1 : 1)
    const own = features.map((_, feature) => values[passage * features.length + feature]!)
    expect(Math.min(...own.map((value) => Math.abs(value - shown)))).toBeLessThan(0.051)
    await stereo(page, 'wall')
    await press(page, 'left', 'trigger')
    await says(page, 'selected', nodes[passage]!.text)
    await pointAt(page, 'left', cellOnWall(passage, band + 1, nodes.length, features.length))
    const below = await says(page, 'wall', nodes[passage]!.text)
    expect(below.split(':')[0]).not.toBe(said.split(':')[0])
    await pointAt(page, 'left', [-0.3, 3, -1])
    await press(page, 'right', 'b-button')
    await expect.poll(() => panel(page, 'selected')).toBe(null)
    await lookFrom(page, eyes, [0, 1.2, -1.2])
  })

  it('a controller that goes away in the middle of a pull takes nothing with it', async () => {
    const node = clearest(nodes, eyes, 1.3)
    await squeezeAndCarry(node)
    await connect(page, 'right', false)
    await expect.poll(() => panel(page, 'pull')).toBe(null)
    expect(await seen(page)).toEqual(nodes)
    await release(page, 'right', 'squeeze')
    await connect(page, 'right', true)
    expect(await seen(page)).toEqual(nodes)
  })

  it('leaving in the middle of a pull puts it back', async () => {
    const node = clearest(nodes, eyes, 1.3)
    await squeezeAndCarry(node)
    await leave(page)
    await page.evaluate(() => window.emulated.device.controllers.right.updateButtonValue('squeeze', 0))
    expect(await page.evaluate(() => window.noema.nodes().length)).toBe(nodes.length)
    await putOn(page)
    expect(await panel(page, 'pull')).toBe(null)
    expect(await seen(page)).toEqual(nodes)
  })

  it('a branch made in the headset is there on the desktop and on coming back, and one button undoes it', async () => {
    await page.evaluate(() => window.noema.ready())
    const node = clearest(nodes, eyes, 1.3)
    await squeezeAndCarry(node)
    await release(page, 'right', 'squeeze')
    await expect.poll(async () => (await seen(page)).length, { timeout: 60_000 }).toBe(nodes.length + 1)
    const branch = (await seen(page)).at(-1)!
    await leave(page)
    const list = page.getByRole('listbox', { name: /in reading order/ })
    await expect.poll(() => list.getByRole('option').filter({ hasText: branch.text }).count()).toBeGreaterThan(0)
    await putOn(page)
    expect((await seen(page)).at(-1)).toEqual(branch)
    expect(await says(page, 'selected', branch.text)).toContain(`It was: ${node.text}`)
    await press(page, 'right', 'a-button')
    await expect.poll(async () => seen(page)).toEqual(nodes)
    // What it grew from is read on.
    await says(page, 'selected', node.text)
  })

  it('a fingertip reads the passage it touches', async () => {
    await take(page, 'hand')
    await reach(page, 'left', [-0.4, 0.8, 0.1], [-0.4, 0, 0.2])
    const selected = (await panel(page, 'selected')) ?? ''
    const others = nodes.filter(({ text }) => !selected.includes(text))
    const node = clearest(others, eyes, 1.3)
    const [x, y, z] = node.place
    await jointsOnto(page, 'right', fingertip, [x, y, z + 0.02])
    await says(page, 'hovered', node.text)
    await stereo(page, 'touch')
    await reach(page, 'right', [0.4, 0.8, 0.1], [0.4, 0, 0.2])
    await expect.poll(() => panel(page, 'hovered')).toBe(null)
  })

  it('a hand that is lost in the middle of a pinch lets nothing fall', async () => {
    await take(page, 'hand')
    const node = clearest(nodes, eyes, 1.3)
    await jointsOnto(page, 'right', ['thumb-tip', 'index-finger-tip'], node.place)
    await pinch(page, 'right', 1)
    await carry(page, 'right', [0.25, 0, 0], 6)
    await says(page, 'pull', /σ|Through the map/)
    await connect(page, 'right', false)
    await expect.poll(() => panel(page, 'pull')).toBe(null)
    await connect(page, 'right', true)
    await pinch(page, 'right', 0)
    expect(await seen(page)).toEqual(nodes)
  })

  it('the palette at the wrist lays a meaning along an axis, and mixes map and axes in steps', async () => {
    await take(page, 'hand')
    const wrist: Place = [-0.2, 1.25, -0.4]
    await reach(page, 'left', wrist, [-0.2, 1.25, -2])
    await says(page, 'wrist', /Palette/)
    const around: Place[] = []
    for (const up of [0.04, 0.01, 0.07, 0.1, -0.02])
      for (const right of [0.12, 0.09, 0.15, 0.06, 0.18])
        around.push([wrist[0] + right, wrist[1] + up, wrist[2] - 0.06])
    await stereo(page, 'wrist')
    await pressAt(page, 'right', around, 'Palette')
    await says(page, 'palette', /Hold a meaning/)
    expect(await panel(page, 'wrist')).toBe(null)
    await pressOn(page, 'right', 'left', 'Anger')
    await pressOn(page, 'right', 'left', /Across: .*/.exec(await says(page, 'palette', /Across/))![0].split(' · ')[0]!)
    await says(page, 'palette', /Across: Anger/)
    const readings = await page.evaluate(() => {
      const { features, values, ids } = window.noema.activations()
      const { axes } = window.noema.view
      const shown = [axes.x, axes.y, axes.z].map((feature) => features.indexOf(feature!))
      return ids.map((_, row) => shown.map((feature) => values[row * features.length + feature] ?? null))
    })
    const map = await page.evaluate(() => window.noema.nodes())
    // One grid line is one σ, three to a unit of space; where an axis has no meaning, the map's own coordinate stays.
    const mixed = (share: number): Seen[] =>
      map.map(({ at, ...node }, row) => {
        const place = at.map((own, axis) => own + share * ((readings[row]![axis] ?? own * 3) / 3 - own))
        return { ...node, place: inRoom(place as Place) }
      })
    for (const [label, share] of [
      ['½', 0.5],
      ['Axes', 1],
    ] as const) {
      await pressOn(page, 'right', 'left', label)
      await frames(page, 30)
      const there = clearest(
        mixed(share).filter(({ place }) => place[0] > 0.05),
        hip('right'),
      )
      await pointAt(page, 'right', there.place)
      await says(page, 'hovered', there.text)
    }
    await stereo(page, 'axes')
    await pressOn(page, 'right', 'left', 'Map')
    await frames(page, 30)
    await pressOn(page, 'right', 'left', 'Close')
    const back = clearest(nodes, hip('right'))
    await pointAt(page, 'right', back.place)
    await says(page, 'hovered', back.text)
  })

  it('has asked nobody else and stumbled over nothing', () => {
    expect(strangers).toEqual([])
    expect(errors).toEqual([])
  })
})
