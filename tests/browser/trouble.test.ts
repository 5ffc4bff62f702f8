import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { launch, openPage } from './harness.ts'
import { inhabited, message, modelsReady, paste, shortText } from './noema.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

/** Give files to the hidden chooser behind “Open”. */
async function open(page: Awaited<ReturnType<typeof openPage>>['page'], file: { name: string; buffer: Buffer }) {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('menuitem', { name: /Open a text/ }).click()
  await (await chooser).setFiles({ ...file, mimeType: 'application/octet-stream' })
}

describe('when things go wrong, a plain message comes and nothing is lost', () => {
  it('files that cannot be read: empty, binary, huge', async () => {
    const { page } = await openPage(browser, inject('url'))
    await inhabited(page)
    const before = await page.evaluate(() => window.noema.nodes())
    await open(page, { name: 'empty.txt', buffer: Buffer.from('') })
    await message(page, /empty/i)
    await open(page, {
      name: 'picture.txt',
      buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 0, 1, 2, 3, 0, 0]),
    })
    await message(page, /picture\.txt/)
    await open(page, { name: 'huge.txt', buffer: Buffer.alloc(50_000_000, 'All work and no play. ') })
    await message(page, /huge\.txt/)
    expect(await page.evaluate(() => window.noema.nodes())).toEqual(before)
    await page.context().close()
  })

  it('hostile markup in Markdown is text, and never runs', async () => {
    const { page, errors } = await openPage(browser, inject('url'))
    await inhabited(page)
    await modelsReady(page)
    await paste(
      page,
      '# A title\n\n<img src=x onerror="window.hacked=1"> <script>window.hacked=1</script>\n\nThe road goes on. [A link](javascript:window.hacked=1) stands here.\n\nThis is the last of it.',
    )
    await message(page, /passages, laid out/)
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
    expect(errors.filter((error) => !/favicon/.test(error))).toEqual([])
    await page.context().close()
  })

  it('a truncated encoder is told, and can be tried again', async () => {
    const { page } = await openPage(browser, 'about:blank')
    await page.route('**/models/encoder/model.onnx', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, body: (await response.body()).subarray(0, 1_000_000) })
    })
    await page.goto(inject('url'))
    await inhabited(page)
    await message(page, /encoder/i)
    expect(await page.evaluate(() => window.noema.nodes().length)).toBeGreaterThan(100)
    await page.unroute('**/models/encoder/model.onnx')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.evaluate(() => window.noema.embed(['It works again.']))
    await page.context().close()
  })

  it('a model worker that dies in the middle is started again', async () => {
    const { page } = await openPage(browser, inject('url'))
    await inhabited(page)
    await modelsReady(page)
    const workers = page.workers().filter((worker) => /worker/.test(worker.url()))
    expect(workers.length).toBeGreaterThan(0)
    await Promise.all(workers.map((worker) => worker.evaluate(() => self.close()).catch(() => undefined)))
    await page.waitForTimeout(500)
    const again = await page
      .evaluate(() => window.noema.embed(['Once more.']).then((vectors) => vectors.length))
      .catch((error: Error) => error.message)
    // Either the restart carried the call, or the call failed in words and the next one works.
    if (again !== 384)
      expect(await page.evaluate(() => window.noema.embed(['Once more.']).then((v) => v.length))).toBe(384)
    await page.context().close()
  })

  it('without WebGL the text and the list still work, and it is said', async () => {
    const bare = await launch(['--disable-gpu', '--disable-3d-apis'])
    const { page } = await openPage(bare, inject('url'))
    await inhabited(page)
    await page.getByText(/WebGL/).first().waitFor()
    await page.getByRole('listbox', { name: /in reading order/ }).waitFor({ state: 'attached' })
    await bare.close()
  })

  it('reopens as it was, without computing (promise 5)', async () => {
    const { page } = await openPage(browser, inject('url'))
    await inhabited(page)
    await modelsReady(page)
    await paste(page, shortText)
    await message(page, /12 passages, laid out/)
    const made = await page.evaluate(async () => {
      const [first] = window.noema.nodes()
      await window.noema.move(first!.id, { kind: 'translate', feature: 'question', sigma: 3 })
      return window.noema.nodes()
    })
    await page.waitForTimeout(2000)
    await page.reload()
    await inhabited(page)
    await page.waitForFunction((count) => window.noema.nodes().length === count, made.length)
    expect(await page.evaluate(() => window.noema.nodes())).toEqual(made)
    await page.context().close()
  })
})
