import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { launch, openPage, picture, type Watched } from './harness.ts'
import { inhabited, modelsReady } from './noema.ts'

let browser: Browser
let watched: Watched

beforeAll(async () => {
  browser = await launch()
  watched = await openPage(browser, inject('url'), { width: 1440, height: 900 })
})
afterAll(() => browser.close())

describe('a first visit', () => {
  it('shows the sample as a map one can stand in, before any model is there', async () => {
    const { page } = watched
    await inhabited(page)
    expect(await page.locator('canvas').count()).toBeGreaterThan(0)
    const nodes = await page.evaluate(() => window.noema.nodes())
    expect(nodes.length).toBeGreaterThan(100)
    expect(new Set(nodes.map(({ at }) => at.join())).size).toBe(nodes.length)
    await page.getByText(nodes[0]!.text.slice(0, 40)).first().waitFor()
  })

  it('loads its models from this origin alone, and nothing leaves it (promise 1)', async () => {
    const { page, strangers } = watched
    await modelsReady(page)
    await picture(page, 'first-visit')
    expect(strangers).toEqual([])
  })

  it('is one isolated page under a strict policy', async () => {
    const { page } = watched
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
    const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'")
    const ran = await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.intruder = true'
      document.body.append(script)
      return 'intruder' in window
    })
    expect(ran).toBe(false)
  })

  it('goes through all of this without an error in the console', () => {
    // The policy test's own refused script is the one error that must be there.
    expect(watched.errors.filter((error) => !/Content Security Policy/.test(error))).toEqual([])
  })
})
