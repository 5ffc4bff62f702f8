import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launch } from '../browser/harness.ts'
import {
  carry,
  frames,
  hold,
  jointsOnto,
  type Place,
  pinch,
  pinching,
  press,
  pulses,
  reach,
  release,
  take,
} from './device.ts'
import { clearest, enter, eyes, hip, panel, pointAt, pressOn, type Seen, says, seen } from './person.ts'
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
  await page.evaluate(() => window.noema.ready())
})
afterAll(() => browser?.close())

const branches = async (): Promise<Seen[]> => (await seen(page)).filter(({ kind }) => kind === 'branch')

/** Put the hand onto a node, so that its grip is there, with the fingers pointing on. */
async function onto(side: 'left' | 'right', { place: [x, y, z] }: Seen): Promise<void> {
  await reach(page, side, [x, y, z], [x, y, z - 1])
  await frames(page, 10)
}

/** New words stand there, or the panel says plainly that none were found: the person is never left to guess. */
function honest(branch: Seen, from: Seen, landed: string): void {
  expect(landed).toMatch(/asked .* reached /)
  expect(landed).toMatch(/% sure/)
  expect(landed).toContain(`It was: ${from.text}`)
  if (branch.text === from.text) expect(landed).toContain('unchanged')
}

/** What was asked, as the panel beside a branch says it: its title and its amounts. */
const askedOf = (words: string): string[] => words.match(/^Pull .*$|asked [^,]*/gm) ?? []

/** Undo a branch that the hand made; the same move by the desktop's own call must read as the same edit. */
async function sameFromDesktop(from: Seen, branch: Seen, landed: string): Promise<void> {
  await page.evaluate(() => window.noema.undo())
  await expect.poll(async () => (await branches()).length).toBe(0)
  await page.evaluate(({ id, move }) => window.noema.move(id, move!), { id: from.id, move: branch.move })
  const again = await says(page, 'selected', /asked /)
  expect(askedOf(landed).length).toBeGreaterThan(1)
  expect(askedOf(again)).toEqual(askedOf(landed))
  expect((await branches())[0]!.move).toEqual(branch.move)
}

/** Put back what this hand squeezes, by the upper button. */
async function putBack(side: 'right'): Promise<void> {
  await press(page, side, 'b-button')
  await expect.poll(() => panel(page, 'pull')).toBe(null)
  await release(page, side, 'squeeze')
  await frames(page, 10)
  expect(await branches()).toEqual([])
}

const away = (a: Seen, b: Seen): Place => b.place.map((value, axis) => value - a.place[axis]!) as Place
const apart = (a: Seen, b: Seen): number => Math.hypot(...away(a, b))

/** How far a hand must go to carry a node this far: beyond arm's reach (0.35 m) it counts double. */
function handWay(way: Place): Place {
  const length = Math.hypot(...way)
  return way.map((value) => (length > 0.35 ? (value * (length + 0.35)) / 2 / length : value)) as Place
}

/** Wait for the one branch there is, a blend of a passage with this one; then undo it. */
async function blendedWith(other: Seen, amount = 0.5): Promise<void> {
  const percent = `Blend ${Math.round(amount * 100)} %`
  await expect.poll(async () => (await branches()).length, { timeout: 120_000 }).toBe(1)
  expect((await branches())[0]!.move).toEqual({ kind: 'blend', other: other.id, amount })
  await says(page, 'selected', percent)
  await press(page, 'right', 'a-button')
  await expect.poll(async () => (await branches()).length).toBe(0)
  await says(page, 'caption', `Undone: ${percent}`)
}

describe('pulling in the headset', () => {
  it('chooses a meaning on the palette by ray', async () => {
    await press(page, 'left', 'x-button')
    await says(page, 'palette', /Formality/)
    await pressOn(page, 'right', 'left', 'Formality')
    await press(page, 'left', 'x-button')
    expect((await page.evaluate(() => window.noema.view)).heldFeature).toBe('formality')
  })

  it('a squeeze takes a node, the hand carries it, and a branch lands with other words', async () => {
    const node = clearest(nodes, eyes, 1.3)
    await onto('right', node)
    await says(page, 'hovered', node.text)
    await hold(page, 'right', 'squeeze')
    const felt = (await pulses(page)).length
    await carry(page, 'right', [0.42, 0.05, 0], 14)
    const said = await says(page, 'pull', /[+−]\d\.\d σ/)
    // 0.42 m is about 1.6 σ where a unit, three σ, is 0.8 m; beyond arm's length it counts double.
    const sigma = Number(/(\d\.\d) σ/.exec(said)![1])
    expect(sigma).toBeGreaterThan(1.2)
    expect(sigma).toBeLessThan(2.4)
    await stereo(page, 'pull')
    expect((await pulses(page)).slice(felt).length).toBeGreaterThanOrEqual(1)
    await release(page, 'right', 'squeeze')
    await expect.poll(async () => (await branches()).length, { timeout: 60_000 }).toBe(1)
    const [branch] = await branches()
    expect(branch!.move).toMatchObject({ kind: 'translate', feature: 'formality' })
    const landed = await says(page, 'selected', branch!.text)
    honest(branch!, node, landed)
    await frames(page, 20)
    await stereo(page, 'landed')
    await sameFromDesktop(node, branch!, landed)
  })

  it('the original stays where it was', async () => {
    const now = await seen(page)
    for (const node of nodes) expect(now.find(({ id }) => id === node.id)).toEqual(node)
  })

  it('a face button undoes it, another does it again, and what it was is said', async () => {
    await press(page, 'right', 'a-button')
    await expect.poll(async () => (await branches()).length).toBe(0)
    await says(page, 'caption', /^Undone: Pull /)
    await stereo(page, 'undone')
    await press(page, 'left', 'y-button')
    await expect.poll(async () => (await branches()).length).toBe(1)
    await says(page, 'caption', /^Done again: Pull /)
    await press(page, 'right', 'a-button')
    await expect.poll(async () => (await branches()).length).toBe(0)
  })

  it('the upper button puts back what the hand holds', async () => {
    const node = clearest(nodes, eyes, 1.3)
    await onto('right', node)
    await hold(page, 'right', 'squeeze')
    await carry(page, 'right', [0.3, 0, 0])
    await says(page, 'pull', /σ/)
    await putBack('right')
  })

  it('a trigger that comes and goes lets nothing go that the grip holds', async () => {
    const node = clearest(nodes, eyes, 1.3)
    await onto('right', node)
    await hold(page, 'right', 'squeeze')
    await carry(page, 'right', [0.3, 0, 0])
    await says(page, 'pull', /σ/)
    await press(page, 'right', 'trigger')
    await frames(page, 10)
    expect(await panel(page, 'pull')).toMatch(/σ/)
    expect(await panel(page, 'pull')).not.toMatch(/Finding the words/)
    await putBack('right')
  })

  it('two hands on one node pull it along the held meaning: apart is more, also left of the middle', async () => {
    const node = clearest(
      nodes.filter(({ place }) => place[0] < -0.05),
      hip('left'),
    )
    await onto('right', node)
    await hold(page, 'right', 'squeeze')
    await pointAt(page, 'left', node.place)
    await hold(page, 'left', 'trigger')
    await carry(page, 'left', [0, 0, 0.25])
    await says(page, 'pull', /^\+\d\.\d σ/)
    await stereo(page, 'both-hands')
    await carry(page, 'left', [0, 0, -0.4])
    await says(page, 'pull', /^−\d\.\d σ/)
    await press(page, 'right', 'b-button')
    await expect.poll(() => panel(page, 'pull')).toBe(null)
    await release(page, 'left', 'trigger')
    await release(page, 'right', 'squeeze')
    await frames(page, 10)
    expect(await branches()).toEqual([])
  })

  it('one hand is enough: a ray and a trigger select, the palette pulls', async () => {
    const node = clearest(nodes, hip('right'))
    await pointAt(page, 'right', node.place)
    await says(page, 'hovered', node.text)
    await press(page, 'right', 'trigger')
    await says(page, 'selected', node.text)
    await press(page, 'right', 'thumbstick')
    await pressOn(page, 'right', 'right', 'Moves')
    const palette = await says(page, 'palette', /[+]\d\.\d σ/)
    const step = /[+]\d\.\d σ [^·\n]+/.exec(palette)![0].trim()
    await pressOn(page, 'right', 'right', step)
    await expect.poll(async () => (await branches()).length, { timeout: 60_000 }).toBe(1)
    const [branch] = await branches()
    honest(branch!, node, await says(page, 'selected', branch!.text))
    await stereo(page, 'palette')
    await pressOn(page, 'right', 'right', 'Undo')
    await expect.poll(async () => (await branches()).length).toBe(0)
    await press(page, 'right', 'thumbstick')
  })

  it('a pinch pulls like a squeeze, and the closing of the fingers is no pull', async () => {
    await take(page, 'hand')
    const node = clearest(nodes, eyes, 1.3)
    await jointsOnto(page, 'right', pinching, node.place)
    await says(page, 'hovered', node.text)
    await pinch(page, 'right', 1)
    await frames(page, 12)
    await pinch(page, 'right', 0)
    await frames(page, 12)
    // Pinched and let go on the spot: pointed out, not pulled.
    expect(await branches()).toEqual([])
    await says(page, 'selected', node.text)

    await jointsOnto(page, 'right', pinching, node.place)
    await pinch(page, 'right', 1)
    await frames(page, 8)
    await carry(page, 'right', [0.35, 0, 0], 12)
    await says(page, 'pull', /[+−]\d\.\d σ/)
    await stereo(page, 'pinch')
    await pinch(page, 'right', 0)
    await expect.poll(async () => (await branches()).length, { timeout: 60_000 }).toBe(1)
    const [branch] = await branches()
    expect(branch!.move).toMatchObject({ kind: 'translate', feature: 'formality' })
    const landed = await says(page, 'selected', branch!.text)
    honest(branch!, node, landed)
    await sameFromDesktop(node, branch!, landed)
  })

  it('rested on another node and slid back along the filament, it blends with as much of it', async () => {
    await take(page, 'controller')
    await page.evaluate(() => {
      window.noema.undo()
      window.noema.setView({ heldFeature: null, selection: [] })
    })
    await reach(page, 'left', [-0.3, 0.8, 0.1], [-0.3, 0, 0.2])
    const node = clearest(nodes, eyes, 1.3)
    const [other] = nodes
      .filter(({ id }) => id !== node.id)
      // Far enough for the way back to leave it.
      .filter((each) => apart(node, each) > 0.3)
      .sort((a, b) => apart(node, a) - apart(node, b))
    await onto('right', node)
    await hold(page, 'right', 'squeeze')
    await carry(page, 'right', handWay(away(node, other!)), 14)
    await frames(page, 20)
    const said = await says(page, 'pull', /^Let go to blend the two/)
    expect(said).toContain(`with: ${other!.text}`)
    expect((await page.evaluate(() => window.noema.view)).hovered).toBe(other!.id)
    await stereo(page, 'on-another')
    const back = handWay(away(node, other!)).map((value) => -0.6 * value) as Place
    await carry(page, 'right', back, 8)
    await frames(page, 20)
    const slid = await says(page, 'pull', /^Let go to blend: \d+ % of the other/)
    await stereo(page, 'sliding')
    await release(page, 'right', 'squeeze')
    await blendedWith(other!, Number(/\d+/.exec(slid)![0]) / 100)
  })

  it('a node in each hand, brought together, blend', async () => {
    const node = clearest(nodes, eyes, 1.3)
    const other = clearest(
      nodes.filter((each) => apart(node, each) > 0.3),
      eyes,
    )
    await onto('right', node)
    await hold(page, 'right', 'squeeze')
    await onto('left', other)
    await hold(page, 'left', 'squeeze')
    await says(page, 'pull', /Bring the hands together/)
    await stereo(page, 'two-nodes')
    const [x, y, z] = away(other, node)
    await carry(page, 'left', [x - 0.1, y, z], 14)
    await frames(page, 20)
    await says(page, 'pull', /^Let go to blend the two/)
    await release(page, 'left', 'squeeze')
    await release(page, 'right', 'squeeze')
    await blendedWith(other)
  })

  it('adds to the selection what is pointed out next, and the palette blends the two', async () => {
    await page.evaluate(() => window.noema.setView({ selection: [] }))
    await reach(page, 'left', [-0.3, 0.8, 0.1], [-0.3, 0, 0.2])
    const first = clearest(nodes, hip('right'))
    const second = clearest(
      nodes.filter(({ id }) => id !== first.id),
      eyes,
    )
    await pointAt(page, 'right', first.place)
    await says(page, 'hovered', first.text)
    await press(page, 'right', 'trigger')
    await says(page, 'selected', first.text)
    await press(page, 'left', 'x-button')
    await pressOn(page, 'right', 'left', 'Moves')
    await says(page, 'palette', /Add to selection/)
    await pressOn(page, 'right', 'left', 'Add to selection')
    await says(page, 'palette', /joins the selection/)
    await press(page, 'left', 'x-button')
    // By the grip: the text of the first, which stands beside it, is in no grip's way.
    await onto('right', second)
    await says(page, 'hovered', second.text)
    await press(page, 'right', 'squeeze')
    await says(page, 'selected', `With it: ${second.text}`)
    await stereo(page, 'two-selected')
    await press(page, 'left', 'x-button')
    await pressOn(page, 'right', 'left', '½')
    await blendedWith(second)
    await press(page, 'left', 'x-button')
  })

  it('has asked nobody else and stumbled over nothing', () => {
    expect(strangers).toEqual([])
    expect(errors).toEqual([])
  })
})
