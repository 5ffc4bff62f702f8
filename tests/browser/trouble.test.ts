import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { packParts, unpackParts } from '../../src/state/projectZip.ts'
import { launch, openPage } from './harness.ts'
import { inhabited, message, modelsReady, paste, shortText } from './noema.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

/** Give files to the hidden chooser behind “Open”. */
async function open(page: Page, file: { name: string; buffer: Buffer }) {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('menuitem', { name: /Open a text/ }).click()
  await (await chooser).setFiles({ ...file, mimeType: 'application/octet-stream' })
}

/** The way on beside the message that has these words. */
const wayOn = (page: Page, words: RegExp, label: string) =>
  page.getByLabel('Messages').getByRole('listitem').filter({ hasText: words }).getByRole('button', { name: label })

/** What is said last, as a screen reader hears it. */
const heard = (page: Page) => page.locator('.corner [aria-live]').first().textContent()

const nodes = (page: Page) => page.evaluate(() => window.noema.nodes())

/** Remembers the page's workers, so that {@link kill} can end one: at once, in the middle, and without any event. */
const rememberWorkers = `
  const Real = Worker
  window.workersMade = []
  window.Worker = class extends Real {
    constructor(address, options) {
      super(address, options)
      const made = { name: options?.name, worker: this, spoken: false }
      window.workersMade.push(made)
      this.addEventListener('message', () => { made.spoken = true }, { once: true })
    }
  }
`
const kill = (page: Page, name: string) =>
  page.evaluate((name) => {
    const { workersMade } = window as unknown as { workersMade: { name: string; worker: Worker }[] }
    workersMade.findLast((made) => made.name === name)!.worker.terminate()
  }, name)

describe('when things go wrong, a plain message comes and nothing is lost', () => {
  it('files that cannot be read: empty, binary, huge, of a newer version, not quite UTF-8', async () => {
    const { page } = await openPage(browser, inject('url'))
    await inhabited(page)
    // What is said at the start is over by then: the last words heard are about the files.
    await modelsReady(page)
    const before = await nodes(page)
    await open(page, { name: 'empty.txt', buffer: Buffer.from('') })
    await message(page, /empty/i)
    await open(page, {
      name: 'picture.txt',
      buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 0, 1, 2, 3, 0, 0]),
    })
    await message(page, /picture\.txt/)
    await open(page, { name: 'huge.txt', buffer: Buffer.alloc(50_000_000, 'All work and no play. ') })
    expect(await message(page, /huge\.txt/)).toMatch(/48 MB.*Split the text/)
    await expect.poll(() => heard(page), { timeout: 5000 }).toMatch(/huge\.txt/)
    expect(await nodes(page)).toEqual(before)

    const newer = unpackParts(readFileSync('assets/public/samples/opinions.noema'))
    const described = JSON.parse(new TextDecoder().decode(newer['project.json']))
    newer['project.json'] = new TextEncoder().encode(JSON.stringify({ ...described, schema: described.schema + 1 }))
    await open(page, { name: 'tomorrow.noema', buffer: Buffer.from(packParts(newer, new Date())) })
    expect(await message(page, /newer version/)).toMatch(/Load the newest version.*Nothing was changed/)
    expect(await nodes(page)).toEqual(before)

    // Five troubles leave no room for a word beside them: a person puts them away.
    while (await page.getByRole('button', { name: 'Put away' }).count())
      await page.getByRole('button', { name: 'Put away' }).first().click()
    const broken = Buffer.from(
      'Größe, Straße, Äpfel, Öl, übrig, Füße, Maß, Süße, Flöße, öde. Ende X hier. Niemand sah uns.',
    )
    broken[broken.indexOf('X')] = 0xff
    await open(page, { name: 'broken.txt', buffer: broken })
    await message(page, /One character/)
    await message(page, /3 passages, laid out/)
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

  it('a truncated encoder and a swapped lens are told, and can be fetched again', async () => {
    const { page } = await openPage(browser, 'about:blank')
    await page.route('**/models/encoder/model.onnx', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, body: (await response.body()).subarray(0, 1_000_000) })
    })
    await page.route('**/models/lens/lens.bin', async (route) => {
      const response = await route.fetch()
      const body = await response.body()
      body[body.length >> 1] ^= 1
      await route.fulfill({ response, body })
    })
    await page.goto(inject('url'))
    await inhabited(page)
    const before = await nodes(page)
    expect(await message(page, /encoder/)).toMatch(/what is open can be read and kept/)
    await message(page, /lens\.bin is not the file that belongs to the lens/)
    // A text that cannot be read now is not lost: it can be read as soon as the encoder is there.
    await paste(page, shortText)
    await expect.poll(() => wayOn(page, /encoder/, 'Try again').count(), { timeout: 60_000 }).toBe(2)
    expect(await nodes(page)).toEqual(before)
    await page.unroute('**/models/encoder/model.onnx')
    await page.unroute('**/models/lens/lens.bin')
    await wayOn(page, /encoder/, 'Try again')
      .last()
      .click()
    await message(page, /12 passages, laid out/)
    await wayOn(page, /lens\.bin.*no words show/, 'Try again').click()
    await page.waitForFunction(() => window.noema.ready().then(() => true))
    await page.context().close()
  })

  it('without its inverter a pull still finds words', async () => {
    const { page } = await openPage(browser, 'about:blank')
    await page.route('**/models/inverter/model.onnx', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, body: (await response.body()).subarray(0, 1_000_000) })
    })
    await page.goto(inject('url'))
    await inhabited(page)
    expect(await message(page, /inverter/)).toMatch(/a plainer search finds the words/)
    const writer = await page.evaluate(async () => {
      const [, second] = window.noema.nodes()
      return (await window.noema.move(second!.id, { kind: 'translate', feature: 'question', sigma: 3 }))?.writer
    })
    expect(['search', 'source']).toContain(writer)
    await page.unroute('**/models/inverter/model.onnx')
    await wayOn(page, /inverter/, 'Try again').click()
    await modelsReady(page)
    await page.context().close()
  })

  it('a model worker that dies in the middle is started again, and the work goes on', async () => {
    const { page } = await openPage(browser, inject('url'), { scripts: [rememberWorkers] })
    await inhabited(page)
    await modelsReady(page)
    const texts = Array.from({ length: 120 }, (_, i) => `Sentence ${i} is read while something goes wrong.`)
    const reading = page.evaluate((texts) => window.noema.embed(texts).then((vectors) => Array.from(vectors)), texts)
    await page.waitForTimeout(50)
    await kill(page, 'model')
    expect(await reading).toHaveLength(384 * texts.length)
    expect(await message(page, /started again/)).toMatch(/Nothing is lost/)
    // One that dies while nothing is asked of it is no matter for a message.
    await kill(page, 'model')
    await page.waitForTimeout(300)
    expect(await page.evaluate(() => window.noema.embed(['Once more.']).then((v) => v.length))).toBe(384)
    await page.context().close()
  })

  it('a document worker that dies while it reads is told, and the file can be read again', async () => {
    const { page } = await openPage(browser, inject('url'), { scripts: [rememberWorkers] })
    await inhabited(page)
    const before = await nodes(page)
    await open(page, { name: 'long.txt', buffer: Buffer.alloc(19_000_000, 'All work and no play. Was it so? ') })
    await page.waitForFunction(() =>
      (window as unknown as { workersMade: { name: string; spoken: boolean }[] }).workersMade.some(
        ({ name, spoken }) => name === 'document' && spoken,
      ),
    )
    await kill(page, 'document')
    expect(await message(page, /long\.txt/)).toMatch(/stopped unexpectedly.*Your file is as it was/)
    expect(await nodes(page)).toEqual(before)
    await wayOn(page, /long\.txt/, 'Try again').click()
    await page.getByText('Opening long.txt').waitFor()
    await page.context().close()
  })

  it('without WebGL the text and the list still work, and it is said', async () => {
    const bare = await launch(['--disable-gpu', '--disable-3d-apis'])
    const { page } = await openPage(bare, inject('url'))
    await inhabited(page)
    await page
      .getByRole('status')
      .filter({ hasText: /WebGL 2.*work without it/ })
      .waitFor()
    await page.getByRole('listbox', { name: /in reading order/ }).waitFor({ state: 'attached' })
    await bare.close()
  })

  it('without WebGPU the models run on the processor, and it is said once', async () => {
    const { page } = await openPage(browser, inject('url'), { scripts: [`delete Navigator.prototype.gpu`] })
    await inhabited(page)
    expect(await message(page, /WebGPU/)).toMatch(/everything works/)
    expect(await page.evaluate(() => window.noema.embed(['It works.']).then((v) => v.length))).toBe(384)
    await page.context().close()
  })

  it('a lost graphics card: the picture comes back, by itself or when asked', async () => {
    const { page } = await openPage(browser, inject('url'))
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await inhabited(page)
    const canvas = page.locator('canvas[data-engine]').first()
    await canvas.waitFor()
    const lose = () =>
      canvas.evaluate((element: HTMLCanvasElement) => {
        const extension = element.getContext('webgl2')!.getExtension('WEBGL_lose_context')!
        Object.assign(window, { extension })
        extension.loseContext()
      })
    const trouble = page.getByRole('status').filter({ hasText: 'The picture is gone for a moment' })
    const before = await nodes(page)
    await lose()
    await trouble.waitFor()
    await page.evaluate(() => (window as unknown as { extension: WEBGL_lose_context }).extension.restoreContext())
    await trouble.waitFor({ state: 'detached' })
    await lose()
    await trouble.getByRole('button', { name: 'Draw it again' }).click()
    await trouble.waitFor({ state: 'detached' })
    expect(await canvas.evaluate((element: HTMLCanvasElement) => element.getContext('webgl2')!.isContextLost())).toBe(
      false,
    )
    expect(await nodes(page)).toEqual(before)
    await page.context().close()
  })

  it('a full disk is told with a way out, and what was changed is kept when there is room again', async () => {
    const { page } = await openPage(browser, inject('url'))
    await inhabited(page)
    await modelsReady(page)
    const disk = await page.context().newCDPSession(page)
    const origin = new URL(inject('url')).origin
    await disk.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 })
    const made = await page.evaluate(async () => {
      const [first] = window.noema.nodes()
      return (await window.noema.move(first!.id, { kind: 'translate', feature: 'question', sigma: 3 }))!.id
    })
    expect(await message(page, /no room left/)).toMatch(/Save the project to a file/)
    const saved = page.waitForEvent('download')
    await wayOn(page, /no room left/, 'Save to a file').click()
    expect((await saved).suggestedFilename()).toMatch(/\.noema$/)
    await disk.send('Storage.overrideQuotaForOrigin', { origin })
    await page.evaluate(() => {
      window.noema.undo()
      window.noema.redo()
    })
    await page.waitForTimeout(2500)
    await page.reload()
    await inhabited(page)
    await page.waitForFunction((id) => window.noema.nodes().some((node) => node.id === id), made)
    await page.context().close()
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
