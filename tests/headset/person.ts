/** A person in the emulated headset: what they see of the space and how they reach it, through the device alone. */
import type { Browser, Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import { standing } from '../../src/comfort.ts'
import type { Move } from '../../src/meaning/types.ts'
import { openPage, type Watched } from '../browser/harness.ts'
import { inhabited } from '../browser/noema.ts'
import { deviceScript, frames, lookFrom, type Place, pinch, press, reach, type Side } from './device.ts'

/** A short text: software graphics draw a headset's two pictures slowly. */
export const text = `The bridge was closed for the winter. Nobody in the village liked it. My neighbour said that it was a mistake. I did not agree with him at first.

We walked along the river every morning. The water is cold and the path is narrow. Why should anyone want to cross here? The old ferry is slow, but it never fails.

In March the council opened the bridge again. He was glad, and he told everyone. I still take the ferry. Perhaps I have learned to like the waiting.`

export const eyes: Place = [0, 1.6, 0]

/** Open the app on a short text, put the headset on, and look at the space. */
export async function enter(browser: Browser, { short = true } = {}): Promise<Watched> {
  const watched = await openPage(browser, inject('url'), { scripts: [deviceScript()] })
  const { page } = watched
  await inhabited(page)
  if (short) {
    await page.evaluate((text) => window.noema.import(text, 'The bridge'), text)
  }
  await putOn(page)
  return watched
}

/** Put the headset on and look at the space. */
export async function putOn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Enter' }).click()
  await page.waitForFunction(() => window.emulated.device.activeSession !== undefined)
  await lookFrom(page, eyes, [0, 1.2, -1.2])
  await frames(page, 30)
}

export interface Seen {
  id: string
  kind: string
  text: string
  place: Place
  /** How a branch was made. */
  move?: Move
}

/** A place of the space in the room, as the space stands on entering (comfort.ts): at chest height, unturned. */
export function inRoom([x, y, z]: Place): Place {
  const { scale, height, distance } = standing
  return [x * scale, y * scale + height, z * scale - distance]
}

/** Where the space's nodes stand in the room on entering: in front of the eyes at chest height (comfort.ts), unturned. */
export async function seen(page: Page): Promise<Seen[]> {
  const nodes = await page.evaluate(() => window.noema.nodes())
  return nodes.map(({ at, ...node }) => ({ ...node, place: inRoom(at) }))
}

const minus = (a: Place, b: Place): Place => [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
const length = (a: Place): number => Math.hypot(...a)

function angle(a: Place, b: Place): number {
  const cosine = (a[0] * b[0] + a[1] * b[1] + a[2] * b[2]) / (length(a) * length(b))
  return Math.acos(Math.min(1, cosine))
}

/** The node that stands clearest of all others as seen from a place, no farther than `far` metres. */
export function clearest(nodes: Seen[], from: Place, far = 2): Seen {
  const room = (node: Seen) => {
    const sight = minus(node.place, from)
    return Math.min(...nodes.filter(({ id }) => id !== node.id).map((other) => angle(sight, minus(other.place, from))))
  }
  const near = nodes.filter(({ place }) => length(minus(place, from)) < far && place[2] < -0.3)
  return near.sort((a, b) => room(b) - room(a))[0]!
}

/** Point at a place with a hand held beside the body. */
export const hip = (side: Side): Place => [side === 'left' ? -0.2 : 0.2, 1.2, -0.25]

export async function pointAt(page: Page, side: Side, to: Place): Promise<void> {
  await reach(page, side, hip(side), to)
  await frames(page, 12)
}

const cross = (a: Place, b: Place): Place => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]
const unit = (a: Place): Place => a.map((value) => value / length(a)) as Place

/** A place of a panel that faces the eyes: `right` and `up` in dmm from its middle. */
function onPanel(middle: Place, right: number, up: number): Place {
  const out = unit(minus(eyes, middle))
  const across = unit(cross([0, 1, 0], out))
  const along = cross(out, across)
  const dmm = length(minus(eyes, middle)) / 1000
  return middle.map((value, axis) => value + (across[axis]! * right + along[axis]! * up) * dmm) as Place
}

/** Where the palette stands when the hand of that side asked for it and the person looks straight ahead. */
const palettePlace = (openedBy: Side): Place => [openedBy === 'left' ? -0.32 : 0.32, eyes[1] - 0.16, eyes[2] - 0.6]

/** Press what the ray of a hand is on: with the trigger of its controller, or by pinching. */
export async function choose(page: Page, side: Side): Promise<void> {
  const bare = (await page.evaluate(() => window.emulated.device.primaryInputMode)) === 'hand'
  if (bare) {
    await pinch(page, side, 1)
    await pinch(page, side, 0)
  } else await press(page, side, 'trigger')
  await frames(page, 4)
}

/** Aim a hand's ray at one place after another until this button lights up under it, and press. */
export async function pressAt(page: Page, side: Side, places: Iterable<Place>, label: string): Promise<void> {
  for (const place of places) {
    await reach(page, side, hip(side), place)
    if ((await panel(page, 'under the hand')) !== label) continue
    await frames(page, 3)
    return choose(page, side)
  }
  expect.fail(`no button “${label}” lit up`)
}

/** Aim a hand's ray at a button of the open palette by what lights up under it, and press. */
export async function pressOn(page: Page, side: Side, openedBy: Side, label: string): Promise<void> {
  const rows = (await panel(page, 'palette'))!.split('\n').map((row) => row.split(' · '))
  const row = rows.findIndex((labels) => labels.includes(label))
  const column = rows[row]?.indexOf(label) ?? -1
  expect(column, `“${label}” on the palette`).toBeGreaterThanOrEqual(0)
  const right = ((column + 0.5) / rows[row]!.length - 0.5) * 500
  // About where the row stands, judged from the rows above it; then further and further away from there.
  const heights = rows.map(({ length }) => (length > 1 ? 72 : 29))
  const sum = (list: number[]) => list.reduce((total, height) => total + height, 0)
  const middle = sum(heights) / 2 - sum(heights.slice(0, row)) - heights[row]! / 2
  const offsets = Array.from({ length: 16 }, (_, i) => (i % 2 ? -1 : 1) * Math.ceil(i / 2) * 28)
  const places = offsets.map((offset) => onPanel(palettePlace(openedBy), right, middle + offset))
  await pressAt(page, side, places, label)
}

/** What a panel says, or null while it is not there. */
export async function panel(page: Page, name: string): Promise<string | null> {
  return page.evaluate(
    (name) => document.querySelector(`#headset-words [data-panel="${name}"]`)?.textContent ?? null,
    name,
  )
}

/** Wait until a panel says something that matches. */
export async function says(page: Page, name: string, words: RegExp | string, timeout = 60_000): Promise<string> {
  await expect.poll(() => panel(page, name), { timeout, interval: 200 }).toMatch(words)
  return (await panel(page, name))!
}
