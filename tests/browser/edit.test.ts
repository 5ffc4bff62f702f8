import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { launch, openPage, picture } from './harness.ts'
import { inhabited, message, modelsReady, paste, shortText } from './noema.ts'

let browser: Browser
let page: Page

const nodes = () => page.evaluate(() => window.noema.nodes())

interface Spot {
  id: string
  x: number
  y: number
}

/** Where passages are drawn, at least 90 pixels apart: found as a person would, by pointing until a name lights up. */
const spots = (count: number): Promise<Spot[]> =>
  page.evaluate(async (count) => {
    const canvas = document.querySelector('canvas')!
    const box = canvas.getBoundingClientRect()
    const found: Spot[] = []
    // Of those without branches: a branch that stayed where it was lies over its passage.
    const want = new Set(
      window.noema
        .nodes()
        .slice(2, 12)
        .map(({ id }) => id),
    )
    const wait = () => new Promise((done) => setTimeout(done, 30))
    for (let step = 6; step >= 3; step -= 3)
      for (let y = box.top + 60; y < box.bottom - 20; y += step * 3)
        for (let x = box.left + 20; x < box.right - 20; x += step * 3) {
          if (found.some((spot) => Math.hypot(spot.x - x, spot.y - y) < 90)) continue
          if (document.elementFromPoint(x, y) !== canvas) continue
          const where = { clientX: x, clientY: y, bubbles: true, pointerId: 1, pointerType: 'mouse' }
          canvas.dispatchEvent(new PointerEvent('pointermove', where))
          await wait()
          const id = window.noema.view.hovered
          if (!id || !want.has(id)) continue
          found.push({ id, x, y })
          if (found.length === count) return found
        }
    return found
  }, count)

beforeAll(async () => {
  browser = await launch()
  ;({ page } = await openPage(browser, inject('url'), { width: 1024, height: 768 }))
  await inhabited(page)
  await modelsReady(page)
  await paste(page, shortText)
  await message(page, /12 passages, laid out/)
})
afterAll(() => browser.close())

describe('moving an idea', () => {
  it('by the list: choose a feature, pull, land; the original stays and the branch says something else', async () => {
    const before = await nodes()
    const list = page.getByRole('listbox', { name: /in reading order/ })
    await list.focus()
    await page.keyboard.press('Home')
    await page.getByLabel('Pull along').selectOption('negation')
    await list.focus()
    for (let i = 0; i < 14; i++) await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await message(page, /Landed|stays as it was/)
    const after = await nodes()
    expect(after.slice(0, before.length)).toEqual(before)
    expect(after).toHaveLength(before.length + 1)
    const branch = after.at(-1)!
    expect(branch.kind).toBe('branch')
    await picture(page, 'edit-landed')
  })

  it('undo takes it back and redo brings the same again', async () => {
    const withBranch = await nodes()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Undo' }).click()
    expect(await nodes()).toHaveLength(withBranch.length - 1)
    await page.getByRole('button', { name: 'Redo' }).click()
    expect(await nodes()).toEqual(withBranch)
  })

  it('a pull of nothing returns the passage byte for byte (promise 2)', async () => {
    const [first] = await nodes()
    const branch = await page.evaluate(
      (id) => window.noema.move(id, { kind: 'translate', feature: 'sentiment', sigma: 0 }),
      first!.id,
    )
    expect(branch!.text).toBe(first!.text)
    expect(branch!.writer).toBe('source')
  })

  it('every generated text is embedded again: asked and reached are both kept (promise 3)', async () => {
    const [first] = await nodes()
    const branch = await page.evaluate(
      (id) => window.noema.move(id, { kind: 'translate', feature: 'tense', sigma: -2 }),
      first!.id,
    )
    const again = await page.evaluate(async (text) => [...(await window.noema.embed([text]))], branch!.text)
    const reached = Object.values(branch!.landing) as number[]
    const cosine = again.reduce((sum, value, i) => sum + value * reached[i]!, 0)
    expect(cosine).toBeGreaterThan(0.9999)
    expect(branch!.figures.tense!.asked - branch!.figures.tense!.before).toBeCloseTo(-2, 1)
    expect(['close', 'near', 'off the map']).toContain(branch!.confidence.word)
  })

  it('between two passages it finds words nearer to the middle than either; at the other end it finds that passage', async () => {
    const [first, second] = await nodes()
    const blend = (amount: number) =>
      page.evaluate(([id, other, share]) => window.noema.move(id, { kind: 'blend', other, amount: share }), [
        first!.id,
        second!.id,
        amount,
      ] as const)
    const middle = await blend(0.5)
    const cosine = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0)
    const asked = Object.values(middle!.asked) as number[]
    const reached = cosine(asked, Object.values(middle!.landing) as number[])
    for (const { text } of [first!, second!]) {
      expect(middle!.text).not.toBe(text)
      const end = await page.evaluate(async (words) => [...(await window.noema.embed([words]))], text)
      expect(reached).toBeGreaterThan(cosine(asked, end))
    }
    expect((await blend(1))!.text).toBe(second!.text)
    await picture(page, 'edit-blend')
  })

  it('exports the text unchanged until a branch is put into it', async () => {
    expect(await page.evaluate(() => window.noema.export())).toBe(shortText)
  })

  it('a feature of one’s own is in the hand at once, has its number, and can be renamed, deleted and brought back', async () => {
    await page.evaluate(() => window.noema.setView({ selection: [] }))
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('menuitem', { name: 'Make a feature of your own' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('warmth')
    await page.getByRole('textbox', { name: 'Texts for the one end' }).fill('The water is cold and the path is narrow.')
    await page.getByRole('textbox', { name: 'Texts for the other end' }).fill('He was glad, and he told everyone.')
    await page.getByRole('button', { name: 'Make the feature' }).click()
    // After the three axes comes one's own.
    await message(page, /“warmth” is a feature now, and in your hand.* 4 takes it up again/)
    await page.getByRole('button', { name: 'warmth in hand' }).waitFor()

    await page.getByRole('button', { name: 'How far it can be trusted' }).click()
    await page.getByRole('button', { name: 'Rename' }).click()
    await page.getByRole('textbox', { name: 'Name of the feature' }).fill('tenderness')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'tenderness' }).getByRole('button', { name: 'Delete' }).click()
    await message(page, /“tenderness” is deleted/)
    expect(await page.evaluate(() => window.noema.view.heldFeature)).toBeNull()
    const own = () => page.evaluate(() => window.noema.activations().features.length)
    const without = await own()
    await page.getByRole('button', { name: 'Undo' }).click()
    expect(await own()).toBe(without + 1)
  })

  it('by the mouse: drag a node with a held feature, read the words, let go', async () => {
    const before = await nodes()
    await page.evaluate(() => window.noema.setView({ heldFeature: 'negation', selection: [] }))
    const [spot] = await spots(1)
    expect(spot).toBeDefined()
    await page.mouse.move(spot.x, spot.y)
    await page.mouse.down()
    await page.mouse.move(spot.x + 60, spot.y, { steps: 6 })
    await page.mouse.move(spot.x + 160, spot.y, { steps: 6 })
    await page.waitForTimeout(1500)
    await picture(page, 'edit-dragging')
    await page.mouse.up()
    await page.waitForFunction((count) => window.noema.nodes().length === count + 1, before.length, { timeout: 60_000 })
    expect((await nodes()).slice(0, before.length)).toEqual(before)
  })

  it('by the mouse: rest on another node and slide back along the filament: the place says how much of it', async () => {
    const before = await nodes()
    await page.evaluate(() => window.noema.setView({ heldFeature: null, selection: [] }))
    const [from, to] = await spots(2)
    const shown = page.locator('.readout-amount')
    const along = (share: number): [number, number] => [
      from!.x + (to!.x - from!.x) * share,
      from!.y + (to!.y - from!.y) * share,
    ]
    await page.mouse.move(...along(0))
    await page.mouse.down()
    await page.mouse.move(...along(0.5), { steps: 4 })
    await page.mouse.move(...along(1), { steps: 4 })
    await expect.poll(() => shown.textContent()).toBe('Let go to blend the two')
    await page.mouse.move(...along(0.4), { steps: 6 })
    await expect.poll(() => shown.textContent()).toMatch(/^Let go to blend: (35|40|45) % of the other$/)
    await page.waitForTimeout(1500)
    await picture(page, 'edit-sliding')
    await page.mouse.up()
    await page.waitForFunction((count) => window.noema.nodes().length === count + 1, before.length, { timeout: 60_000 })
    const { move } = (await nodes()).at(-1)!
    expect(move).toMatchObject({ kind: 'blend', other: to!.id })
    expect((move as { amount: number }).amount).toBeCloseTo(0.4, 1)
  })

  it('another wording is kept beside the one that was chosen', async () => {
    const before = await nodes()
    const { id, text } = before.at(-1)!
    await page.evaluate((id) => {
      const { panels } = window.noema.view
      window.noema.setView({ selection: [id], panels: { ...panels, inspector: true } })
    }, id)
    const others = page.locator('.candidates li', { has: page.getByRole('button', { name: /^Keep beside/ }) })
    const words = await others.first().locator('.candidate-text').textContent()
    await others.first().hover()
    await picture(page, 'edit-candidates')
    await others
      .first()
      .getByRole('button', { name: /^Keep beside/ })
      .click()
    const after = await nodes()
    expect(after.slice(0, before.length)).toEqual(before)
    expect(after).toHaveLength(before.length + 1)
    const kept = after.at(-1)!
    expect(kept.text).not.toBe(text)
    expect(kept.move).toEqual(before.at(-1)!.move)
    expect(words).toContain(kept.text.split(' ')[0])
    expect((await page.evaluate(() => window.noema.view)).selection).toEqual([kept.id])
  })
})
