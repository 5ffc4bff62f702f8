import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { launch, openPage, picture } from './harness.ts'
import { inhabited, modelsReady } from './noema.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
let page: Page

beforeAll(async () => {
  browser = await launch()
  ;({ page } = await openPage(browser, inject('url'), { width: 1440, height: 900 }))
  await inhabited(page)
  await modelsReady(page)
})
afterAll(() => browser.close())
// What one test leaves open must not be in the next one's way.
afterEach(() => page.keyboard.press('Escape'))

/** Violations of WCAG 2.2 A and AA that axe finds, in one line each. */
async function violations(): Promise<string[]> {
  // Playwright evaluates outside the page's policy, so axe needs no exception in it.
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run: (options: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    }
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
    // Half-faded-in is no colour to be judged by.
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished))
    const { violations } = await axe.run({ runOnly: { type: 'tag', values: tags } })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
  })
}

const theList = () => page.getByRole('listbox', { name: /in reading order/ })

/** The row that the list of the space stands on. */
const activeRow = async () =>
  page.locator(`[id="${await theList().getAttribute('aria-activedescendant')}"]`).textContent()

const selection = () => page.evaluate(() => window.noema.view.selection)

describe('for everyone', () => {
  for (const theme of ['night', 'paper']) {
    it(`axe finds nothing to mend, theme ${theme}`, async () => {
      const now = await page.evaluate(() => document.documentElement.dataset.theme)
      if (now !== theme) await page.getByRole('button', { name: /between night and paper/ }).click()
      await page.waitForFunction((want) => document.documentElement.dataset.theme === want, theme)
      await page.waitForTimeout(400)
      expect(await violations()).toEqual([])
      await picture(page, `desktop-${theme}`)
    })
  }

  it('axe finds nothing to mend with a passage in the inspector, nor in the dialogs', async () => {
    const [first] = await page.evaluate(() => window.noema.nodes())
    await page.evaluate(
      (id) => window.noema.setView({ selection: [id], panels: { text: true, wall: true, inspector: true } }),
      first!.id,
    )
    await page.waitForTimeout(400)
    expect(await violations()).toEqual([])
    for (const open of ['Control+k', 'Control+Shift+o', '?']) {
      await page.keyboard.press(open)
      await page.getByRole('dialog').waitFor()
      expect(await violations()).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
  })

  it('a whole edit goes through the accessibility tree alone: find, pull, hear, undo, export', async () => {
    // Every element below is found by its role and name, as a screen reader offers it; no mouse, no coordinates.
    const count = await page.evaluate(() => window.noema.nodes().length)
    const list = page.getByRole('listbox', { name: /in reading order/ })
    await list.focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    const stoodOn = await activeRow()
    await page.getByRole('combobox', { name: 'Pull along' }).selectOption('question')
    await list.focus()
    for (let i = 0; i < 13; i++) await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await page.waitForFunction((before) => window.noema.nodes().length === before + 1, count, { timeout: 60_000 })
    const heard = await page.locator('[aria-live][aria-atomic="true"]').textContent()
    expect(heard).toMatch(/Landed|stays as it was/)
    await page.keyboard.press('Control+z')
    await page.waitForFunction((before) => window.noema.nodes().length === before, count)
    // Where the landing is gone, the list stands on the passage it came from.
    await expect.poll(activeRow).toBe(stoodOn)
    const download = page.waitForEvent('download')
    await page.keyboard.press('Control+e')
    expect((await download).suggestedFilename()).toMatch(/\.(md|txt)$/)
  })

  it('what is found by search is what the list stands on; Shift and Space takes one more, and lets it go', async () => {
    const found = (await page.evaluate(() => window.noema.nodes()))[9]!
    const words = found.text.slice(0, 24)
    await page.getByPlaceholder('Search words or meaning').fill(words)
    await page.getByRole('listbox', { name: 'Results' }).getByRole('option').filter({ hasText: words }).nth(1).click()
    expect(await selection()).toEqual([found.id])
    await expect.poll(activeRow).toContain(words)
    await theList().focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Shift+Space')
    expect(await selection()).toHaveLength(2)
    const last = await activeRow()
    await page.keyboard.press('Shift+Space')
    expect(await selection()).toEqual([found.id])
    expect(await activeRow()).toBe(last)
  })

  it('in the space Enter takes the passage in the middle, and once more opens it', async () => {
    await page.evaluate(() =>
      window.noema.setView({ selection: [], heldFeature: null, panels: { text: true, wall: true, inspector: false } }),
    )
    await page.getByRole('application', { name: /^The space/ }).focus()
    await page.keyboard.press('Enter')
    expect(await selection()).toHaveLength(1)
    await page.keyboard.press('Enter')
    await page.getByRole('complementary', { name: 'Inspector' }).waitFor()
  })

  it('comfort is set by name, and the choice that holds is marked', async () => {
    const wish = async (name: string | RegExp) => {
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: 'Find anything' }).fill('Reduce motion')
      await page.getByRole('option', { name, exact: true }).click()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    await wish('Reduce motion: on')
    await page.waitForFunction(() => document.documentElement.dataset.motion === 'still')
    await wish(/Reduce motion: on.*chosen/)
    await wish('Reduce motion: as the system says')
  })

  it('the legend opens to all groups with their colours', async () => {
    await page.getByRole('button', { name: /^and \d+ more$/ }).click()
    const all = page.getByRole('dialog', { name: 'Sections by colour' })
    expect(await all.getByRole('listitem').count()).toBeGreaterThan(3)
    expect(await violations()).toEqual([])
    await page.keyboard.press('Escape')
    await all.waitFor({ state: 'detached' })
  })

  it('stands on a phone: the space, with text and wall as sheets', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.waitForTimeout(500)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(wide).toBeLessThanOrEqual(390)
    expect(await violations()).toEqual([])
    await picture(page, 'phone')
  })
})
