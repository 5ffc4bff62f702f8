import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launch } from '../browser/harness.ts'
import { frames, hold, type Place, pinch, reach, release, take } from './device.ts'
import { enter, eyes, hip, panel, pointAt, type Seen, says, seen } from './person.ts'
import { stereo } from './stereo.ts'

let browser: Browser
let page: Page
let errors: string[]
let nodes: Seen[]
let anchors: Seen[]

const branches = async (): Promise<Seen[]> => (await seen(page)).filter(({ kind }) => kind === 'branch')
const between = (places: Place[]): Place =>
  [0, 1, 2].map((axis) => places.reduce((sum, place) => sum + place[axis]!, 0) / places.length) as Place

function angle(from: Place, a: Place, b: Place): number {
  const [u, v] = [a, b].map((to) => to.map((value, axis) => value - from[axis]!))
  const cosine = u!.reduce((sum, value, axis) => sum + value * v![axis]!, 0) / Math.hypot(...u!) / Math.hypot(...v!)
  return Math.acos(Math.min(1, cosine))
}

/** Three passages whose middle is clear of all others as the right hand points; the panel of the first stands aside. */
function clearestThree(): Seen[] {
  const from = hip('right')
  let best = { room: 0, three: [] as Seen[] }
  for (const [i, a] of nodes.entries())
    for (const [j, b] of nodes.slice(0, i).entries())
      for (const c of nodes.slice(0, j)) {
        const middle = between([a.place, b.place, c.place])
        const room = Math.min(...nodes.map(({ place }) => angle(from, middle, place)))
        // Not a sheet that is seen along its edge.
        const wide = Math.min(
          angle(eyes, a.place, b.place),
          angle(eyes, b.place, c.place),
          angle(eyes, a.place, c.place),
        )
        const score = Math.min(room, wide / 3)
        if (score > best.room) best = { room: score, three: [a, b, c] }
      }
  return best.three.sort((a, b) => b.place[0] - a.place[0])
}

beforeAll(async () => {
  browser = await launch()
  ;({ page, errors } = await enter(browser))
  nodes = await seen(page)
  await page.evaluate(() => window.noema.ready())
  anchors = clearestThree()
  await page.evaluate(
    (selection) => window.noema.setView({ selection }),
    anchors.map(({ id }) => id),
  )
  await away('left')
})
afterAll(() => browser?.close())

/** Let a hand hang down: its ray meets nothing. */
const away = (side: 'left' | 'right') => reach(page, side, [side === 'left' ? -0.3 : 0.3, 0.8, 0.1], [0, 0, 0.2])
const middle = (): Place => between(anchors.map(({ place }) => place))

describe('the sheet in the headset', () => {
  it('a ray reads what lies at a point of it, and leaves nothing behind', async () => {
    await pointAt(page, 'right', middle())
    const words = await says(page, 'sheet', /\d+ % of [123]/)
    expect(words).toMatch(/Finding the words|trigger/)
    await says(page, 'sheet', /Pull the trigger to keep it as a branch\.$/)
    await frames(page, 20)
    await stereo(page, 'sheet')
    await away('right')
    await expect.poll(() => panel(page, 'sheet')).toBe(null)
    expect(await branches()).toEqual([])
  })

  it('with both rays on it, the hand that came last reads', async () => {
    await pointAt(page, 'right', middle())
    const first = (await says(page, 'sheet', /% of/)).split('\n')[0]!
    const [a, b] = [middle(), anchors[0]!.place]
    await pointAt(page, 'left', a.map((value, axis) => value + (b[axis]! - value) * 0.3) as Place)
    const shares = async () => (await panel(page, 'sheet'))?.split('\n')[0]
    await expect.poll(shares).not.toBe(first)
    await away('left')
    await expect.poll(shares).toBe(first)
    await away('right')
    await expect.poll(() => panel(page, 'sheet')).toBe(null)
  })

  it('a trigger, however long it is held, keeps the point as a branch', async () => {
    await pointAt(page, 'right', middle())
    const read = await says(page, 'sheet', /Pull the trigger to keep it as a branch\.$/)
    await hold(page, 'right', 'trigger')
    await page.waitForTimeout(600)
    await release(page, 'right', 'trigger')
    await expect.poll(async () => (await branches()).length, { timeout: 60_000 }).toBe(1)
    const [branch] = await branches()
    expect(branch!.move).toMatchObject({ kind: 'slice', anchors: anchors.map(({ id }) => id) })
    const [, percent, anchor] = /(\d+) % of ([123])/.exec(read)!
    const { weights } = branch!.move as { weights: number[] }
    expect(Math.abs(weights[Number(anchor) - 1]! * 100 - Number(percent))).toBeLessThan(1)
    // What was read is what is kept.
    expect(read).toContain(branch!.text)
    await says(page, 'selected', branch!.text)
    expect(await panel(page, 'sheet')).toBe(null)
    // The world stayed where it was.
    expect((await seen(page)).filter(({ kind }) => kind === 'passage')).toEqual(nodes)
  })

  it('a pinch does the same', async () => {
    await page.evaluate(() => window.noema.undo())
    await page.evaluate(
      (selection) => window.noema.setView({ selection }),
      anchors.map(({ id }) => id),
    )
    await take(page, 'hand')
    await pointAt(page, 'right', middle())
    await says(page, 'sheet', /Pinch to keep it as a branch\.$/)
    await pinch(page, 'right', 1)
    await pinch(page, 'right', 0)
    await expect.poll(async () => (await branches()).length, { timeout: 60_000 }).toBe(1)
    expect((await branches())[0]!.move).toMatchObject({ kind: 'slice' })
    expect(errors).toEqual([])
  })
})
