/**
 * Takes the README's pictures of the desktop from the built app: `npm run build && npx tsx assets/pictures/desktop.ts`.
 * `--all FOLDER` also writes the stages of an edit and the sizes of a phone there, to be looked at.
 */
import { mkdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { launch, openPage, serve } from '../../tests/browser/harness.ts'
import { inhabited, modelsReady } from '../../tests/browser/noema.ts'

const { values: options } = parseArgs({ options: { all: { type: 'string' } } })
const desk = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }

const { url, close } = await serve()
const browser = await launch()
const rest = (page: Page, ms = 2500) => page.waitForTimeout(ms)
const keep = (page: Page, path: string) => page.screenshot({ path: `assets/pictures/${path}.png` })
const look = (page: Page, name: string) => options.all && page.screenshot({ path: `${options.all}/${name}.png` })

async function at(size: { width: number; height: number }): Promise<Page> {
  const { page } = await openPage(browser, url, size)
  await inhabited(page)
  await rest(page, 5000)
  return page
}

/** Where a passage is drawn: found as a person would, by pointing around a place until it lights up. */
async function pointAt(
  page: Page,
  [across, down]: [number, number],
  wanted = /./,
): Promise<{ x: number; y: number } | null> {
  const { width, height } = page.viewportSize()!
  for (let reach = 0; reach < 12; reach++)
    for (let turn = 0; turn < 16; turn++) {
      const x = width * across + Math.cos((turn / 16) * 2 * Math.PI) * reach * 18
      const y = height * down + Math.sin((turn / 16) * 2 * Math.PI) * reach * 14
      await page.mouse.move(x, y)
      await page.waitForTimeout(40)
      const id = await page.evaluate(() => window.noema.view.hovered)
      const text = id && (await page.evaluate((id) => window.noema.nodes().find((node) => node.id === id)?.text, id))
      if (text && wanted.test(text)) return { x, y }
    }
  return null
}

if (options.all) mkdirSync(options.all, { recursive: true })

const page = await at(desk)
await modelsReady(page)
await rest(page)
await keep(page, 'desktop-night')
const themes = page.getByRole('button', { name: /between night and paper/ })
await themes.click()
await rest(page)
await look(page, 'paper')
await themes.click()

if (options.all) {
  const small = await at(phone)
  await look(small, 'phone')
  const tapped = await pointAt(small, [0.47, 0.4])
  if (tapped) await small.mouse.click(tapped.x, tapped.y)
  await rest(small)
  await look(small, 'phone-selected')
  await small.context().close()
}

const spot = await pointAt(page, [0.511, 0.397], /^If that is so/)
if (!spot) throw new Error('The passage to pull was not found.')
await rest(page, 800)
await look(page, 'hover')
await page.mouse.click(spot.x, spot.y)
await rest(page)
await look(page, 'selected')
await page.evaluate(() => window.noema.setView({ heldFeature: 'negation' }))
await page.mouse.move(spot.x, spot.y)
await page.mouse.down()
await page.mouse.move(spot.x + 120, spot.y, { steps: 8 })
await page.mouse.move(spot.x + 330, spot.y, { steps: 8 })
await rest(page, 5000)
await look(page, 'pulling')
await page.mouse.up()
await page.waitForFunction(() => window.noema.nodes().at(-1)?.kind === 'branch')
await page.evaluate(() => window.noema.setView({ panels: { text: true, wall: true, inspector: true } }))
await rest(page, 9000)
await keep(page, 'landed')
await page.evaluate(() =>
  window.noema.setView({ axes: { x: 'sentiment', y: 'formality', z: 'concreteness' }, blend: 1 }),
)
await rest(page, 3000)
await look(page, 'axes')
await page.setViewportSize({ width: 1024, height: 700 })
await rest(page)
await look(page, 'narrow')

await browser.close()
await close()
