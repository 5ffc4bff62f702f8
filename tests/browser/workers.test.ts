import type { Page } from 'playwright-core'
import { createServer, type ViteDevServer } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { documentReader } from '../../src/document/client.ts'
import type { layoutClient } from '../../src/layout/client.ts'
import type { onRestart } from '../../src/lifeline.ts'
import type { browserClient } from '../../src/model/client.ts'
import { launch, openPage, softwareWebGPU } from './harness.ts'

/**
 * Workers and a graphics card that die under their clients. Plans of the model are handed in and vectors are made up,
 * so this needs the source modules: a development server.
 */
interface Modules {
  browserClient: typeof browserClient
  documentReader: typeof documentReader
  layoutClient: typeof layoutClient
  onRestart: typeof onRestart
  /** What was told of workers that were started again. */
  told: string[]
  /** Ends the newest worker of that name: at once, and without any event. */
  kill(name: string): void
}

const rememberWorkers = `
  const Real = Worker
  const made = []
  window.Worker = class extends Real {
    constructor(address, options) {
      super(address, options)
      made.push({ name: options?.name, worker: this })
    }
  }
  window.kill = (name) => made.findLast((one) => one.name === name).worker.terminate()
  window.told = []
`

let server: ViteDevServer
beforeAll(async () => {
  server = await createServer({ server: { port: 4330, strictPort: false, hmr: false, watch: null }, logLevel: 'error' })
  await server.listen()
})
afterAll(() => server.close())

async function modules(work: (page: Page) => Promise<void>): Promise<void> {
  const browser = await launch(softwareWebGPU)
  try {
    const address = `${server.resolvedUrls!.local[0]}tests/browser/blank.html`
    const { page } = await openPage(browser, address, { scripts: [rememberWorkers] })
    await page.waitForFunction(() => 'browserClient' in window)
    await page.evaluate(() => {
      const { onRestart, told } = window as unknown as Modules
      onRestart((words) => told.push(words))
    })
    await work(page)
  } finally {
    await browser.close()
  }
}

test('a layout worker that dies while the map settles is started again, once', () =>
  modules(async (page) => {
    const result = await page.evaluate(async () => {
      const { layoutClient, kill, told } = window as unknown as Modules
      const vectors = new Float32Array(1500 * 384).map((_, i) => Math.sin(i * 0.7 + (i % 384)))
      for (let row = 0; row < 1500; row++) {
        const one = vectors.subarray(row * 384, (row + 1) * 384)
        const length = Math.hypot(...one)
        for (let i = 0; i < 384; i++) one[i] /= length
      }
      let first = true
      const { positions } = await layoutClient.map(vectors, {
        stream: () => {
          if (first) kill('layout')
          first = false
        },
      })
      const hopeless = await layoutClient
        .map(vectors, { seed: 7, stream: () => kill('layout') })
        .catch((error: Error) => error.message)
      const after = await layoutClient.map(vectors.slice(0, 50 * 384))
      return { count: positions.length, hopeless, after: after.positions.length, told }
    })
    expect(result.count).toBe(4500)
    expect(result.told[0]).toMatch(/begun again. Nothing is lost/)
    expect(result.hopeless).toMatch(/Your text is safe; please try again/)
    expect(result.after).toBe(150)
  }))

test('a document worker that dies while it reads is told, and the next one reads', () =>
  modules(async (page) => {
    const result = await page.evaluate(async () => {
      const { documentReader, kill } = window as unknown as Modules
      const text = 'One thing. Another thing. '.repeat(100_000)
      const file = new File([text], 'long.txt')
      const died = await documentReader
        .readBlob(file, { progress: () => kill('document') })
        .catch((error: Error) => `${error.name}: ${error.message}`)
      const { passages } = await documentReader.readPasted('One thing. Another thing.')
      return { died, count: passages.length }
    })
    expect(result.died).toBe(
      'DocumentError: long.txt: Reading this text stopped unexpectedly. Your file is as it was; try once more.',
    )
    expect(result.count).toBe(2)
  }))

test('when the graphics card is lost, the encoder goes on without it', () =>
  modules(async (page) => {
    const before = await page.evaluate(async () => {
      const { browserClient: make } = window as unknown as Modules
      const client = make(async () => [
        { backend: 'webgpu', threads: 1 },
        { backend: 'wasm', threads: 1 },
      ])
      Object.assign(window, { client })
      return client.load('encoder')
    })
    expect(before.backend).toBe('webgpu')
    for (const worker of page.workers()) {
      if ((await worker.evaluate(() => self.name).catch(() => '')) !== 'model') continue
      await worker.evaluate(() => {
        interface Device {
          destroy(): void
        }
        const { GPUDevice } = globalThis as unknown as { GPUDevice: { prototype: Record<string, unknown> } }
        const create = GPUDevice.prototype.createCommandEncoder as (...args: unknown[]) => unknown
        GPUDevice.prototype.createCommandEncoder = function (this: Device, ...args: unknown[]) {
          this.destroy()
          return create.apply(this, args)
        }
      })
    }
    const after = await page.evaluate(async () => {
      const { client, told } = window as unknown as Modules & { client: ReturnType<typeof browserClient> }
      const { vectors } = await client.embed(['The road goes on.'])
      return { length: Math.hypot(...vectors), info: await client.load('encoder'), told }
    })
    expect(after.length).toBeCloseTo(1, 4)
    expect(after.info.backend).toBe('wasm')
    expect(after.told).toEqual([expect.stringMatching(/started again. Nothing is lost/)])
  }))
