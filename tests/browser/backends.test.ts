import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { createServer, type ViteDevServer } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cosine, row } from '../../src/meaning/vector.ts'
import type { browserClient } from '../../src/model/client.ts'
import { parseReferences } from '../../src/model/parity.ts'
import type { Plan } from '../../src/model/worker.ts'
import { launch, openPage, softwareWebGPU } from './harness.ts'

/**
 * The encoder in a real browser on each backend, against the original's vectors. WebGPU runs on the software adapter,
 * which the app itself never chooses, so the plan is handed in; that needs the source modules: a development server.
 */
const references = parseReferences(new Uint8Array(readFileSync('models/encoder/reference.json')))
const which = Array.from({ length: 24 }, (_, i) => references.texts.length - 1 - 4 * i)
let server: ViteDevServer

beforeAll(async () => {
  server = await createServer({ server: { port: 4301, strictPort: false, hmr: false, watch: null }, logLevel: 'error' })
  await server.listen()
})
afterAll(() => server.close())

/** Embeds in the page with the given plan alone; also what the client said about itself. */
function embedIn(page: Page, texts: string[], plan: Plan) {
  return page.evaluate(
    async ({ texts, plan }) => {
      const { browserClient: make } = window as unknown as { browserClient: typeof browserClient }
      const client = make(async () => [plan])
      const started = performance.now()
      const info = await client.load('encoder')
      const loaded = performance.now()
      const { vectors } = await client.embed(texts)
      return {
        info,
        vectors: Array.from(vectors),
        load: loaded - started,
        embed: performance.now() - loaded,
        isolated: crossOriginIsolated,
      }
    },
    { texts, plan },
  )
}

const plans: [Plan, number][] = [
  [{ backend: 'wasm', threads: 1 }, 0.9999],
  [{ backend: 'wasm', threads: 2 }, 0.9999],
  [{ backend: 'webgpu', threads: 1 }, 0.999],
]
for (const [plan, least] of plans)
  test(`the encoder agrees with the original on ${plan.backend} with ${plan.threads} thread(s)`, async () => {
    const browser = await launch(softwareWebGPU)
    try {
      const { page, strangers } = await openPage(browser, `${server.resolvedUrls!.local[0]}tests/browser/blank.html`)
      await page.waitForFunction(() => 'browserClient' in window)
      const result = await embedIn(
        page,
        which.map((index) => references.texts[index]),
        plan,
      )
      expect(result.isolated).toBe(true)
      expect(result.info).toMatchObject(plan)
      const vectors = Float32Array.from(result.vectors)
      const worst = Math.min(...which.map((index, i) => cosine(row(vectors, i), row(references.vectors, index))))
      console.info(
        `${plan.backend} × ${plan.threads}: worst cosine ${worst.toFixed(7)}, loaded in ${result.load.toFixed(0)} ms, ` +
          `${which.length} texts in ${result.embed.toFixed(0)} ms`,
      )
      expect(worst).toBeGreaterThanOrEqual(least)
      expect(strangers).toEqual([])
    } finally {
      await browser.close()
    }
  })
