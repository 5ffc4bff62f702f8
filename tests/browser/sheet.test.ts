import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { launch, openPage, picture } from './harness.ts'
import { inhabited, message, modelsReady, paste, shortText } from './noema.ts'

let browser: Browser
let page: Page
let errors: string[]
let anchors: string[]
/** The read-out of the point that is pointed at. */
let out: Locator

const nodes = () => page.evaluate(() => window.noema.nodes())
const sentence = () => out.locator('.book').textContent()
const ready = () => out.getByText(/to keep it as a branch\.$/).waitFor({ timeout: 60_000 })

/** The three passages between which the sheet is largest. */
async function widest(): Promise<string[]> {
  const list = await nodes()
  let best = { area: 0, ids: [] as string[] }
  const side = (a: number[], b: number[]) => a.map((value, axis) => value - b[axis]!) as [number, number, number]
  for (const [i, a] of list.entries())
    for (const [j, b] of list.slice(0, i).entries())
      for (const c of list.slice(0, j)) {
        const [x, y, z] = side(b.at, a.at)
        const [u, v, w] = side(c.at, a.at)
        const area = Math.hypot(y * w - z * v, z * u - x * w, x * v - y * u)
        if (area > best.area) best = { area, ids: [a.id, b.id, c.id] }
      }
  return best.ids
}

/** Places of the screen where the sheet answers, found as a person would: by moving the mouse over the space. */
async function onSheet(count: number): Promise<{ x: number; y: number }[]> {
  const found: { x: number; y: number; says: string }[] = []
  const box = (await page.getByRole('main').boundingBox())!
  for (let row = 3; row < 10 && found.length < count; row++)
    for (let column = 2; column < 11 && found.length < count; column++) {
      const [x, y] = [box.x + (box.width * column) / 12, box.y + (box.height * row) / 12]
      await page.mouse.move(x, y)
      await page.waitForTimeout(60)
      const says = (await out.count()) > 0 ? await out.locator('.readout-shares').textContent() : null
      if (says && found.every((other) => other.says !== says)) found.push({ x, y, says })
    }
  expect(found).toHaveLength(count)
  return found
}

beforeAll(async () => {
  browser = await launch()
  ;({ page, errors } = await openPage(browser, inject('url'), { width: 1024, height: 768 }))
  out = page.locator('.readout')
  await inhabited(page)
  await modelsReady(page)
  await paste(page, shortText)
  await message(page, /12 passages, laid out/)
  anchors = await widest()
  await page.evaluate((selection) => window.noema.setView({ selection }), anchors)
  await page.waitForTimeout(1500)
})
afterAll(() => browser.close())

describe('the sheet between three passages', () => {
  it('says what lies at a point: words at once, then a sentence, which is there at once on coming back', async () => {
    const [first, second] = await onSheet(2)
    await page.mouse.move(first!.x, first!.y)
    await expect.poll(() => out.locator('.readout-words span').count()).toBeGreaterThan(0)
    expect(await out.textContent()).toMatch(/\d+ % of [123]/)
    await ready()
    const read = await sentence()
    expect(read!.length).toBeGreaterThan(5)
    await picture(page, 'sheet')

    await page.mouse.move(second!.x, second!.y)
    await ready()
    const said = await page.evaluateHandle(() => {
      const said: string[] = []
      const listen = () => said.push(document.querySelector('.readout')?.textContent ?? '')
      new MutationObserver(listen).observe(document.body, { subtree: true, childList: true, characterData: true })
      return said
    })
    await page.mouse.move(first!.x, first!.y)
    await expect.poll(sentence).toBe(read)
    // Remembered by its point: nothing was looked for.
    expect((await said.jsonValue()).filter((words) => words.includes('Finding'))).toEqual([])
  })

  it('leaves nothing behind where the pointer leaves it, or Escape is pressed', async () => {
    const [first] = await onSheet(1)
    await page.mouse.move(5, 5)
    await out.waitFor({ state: 'detached' })
    await page.mouse.move(first!.x, first!.y)
    await out.waitFor()
    await page.keyboard.press('Escape')
    await out.waitFor({ state: 'detached' })
    await page.evaluate((selection) => window.noema.setView({ selection }), anchors)
  })

  it('is read by key on the inspector’s grid', async () => {
    await page.mouse.move(5, 5)
    await page.evaluate(() => {
      window.noema.setView({ panels: { ...window.noema.view.panels, inspector: true } })
    })
    await page.getByRole('button', { name: /^50 % of 1, 50 % of 2/ }).focus()
    await ready()
    await picture(page, 'sheet-by-key')
    await page.getByRole('heading', { name: 'On the sheet between them' }).click()
    await page.evaluate(() => (document.activeElement as HTMLElement).blur())
    await out.waitFor({ state: 'detached' })
    await page.evaluate(() => {
      window.noema.setView({ panels: { ...window.noema.view.panels, inspector: false } })
    })
  })

  it('a click makes a branch of the point that is read', async () => {
    const before = await nodes()
    const [first] = await onSheet(1)
    await page.mouse.move(first!.x, first!.y)
    await ready()
    const [, percent, anchor] = /(\d+) % of ([123])/.exec((await out.textContent())!)!
    const read = await sentence()
    await page.mouse.click(first!.x, first!.y)
    await page.waitForFunction((count) => window.noema.nodes().length === count + 1, before.length, { timeout: 60_000 })
    const branch = (await nodes()).at(-1)!
    expect(branch.move).toMatchObject({ kind: 'slice', anchors })
    expect(branch.text).toBe(read)
    const { weights } = branch.move as { weights: number[] }
    expect(Math.abs(weights[Number(anchor) - 1]! * 100 - Number(percent))).toBeLessThan(1)
    await out.waitFor({ state: 'detached' })
  })

  it('a finger reads by a first tap, and keeps what it read by a second', async () => {
    await page.evaluate((selection) => window.noema.setView({ selection }), anchors)
    const before = await nodes()
    const [first] = await onSheet(1)
    await page.mouse.move(5, 5)
    const tap = () =>
      page.evaluate(({ x, y }) => {
        const where = { clientX: x, clientY: y, bubbles: true, pointerId: 7, pointerType: 'touch', button: 0 }
        const canvas = document.querySelector('canvas')!
        for (const type of ['pointerdown', 'pointerup', 'click', 'pointerout', 'pointerleave'])
          canvas.dispatchEvent(new PointerEvent(type, where))
      }, first!)
    await tap()
    await ready()
    const read = await sentence()
    expect(await nodes()).toHaveLength(before.length)
    await tap()
    await page.waitForFunction((count) => window.noema.nodes().length === count + 1, before.length, { timeout: 60_000 })
    expect((await nodes()).at(-1)!.text).toBe(read)
    expect(errors).toEqual([])
  })
})
