import { copyFileSync, mkdirSync } from 'node:fs'
import { createServer } from 'vite'
import { headers } from '../../src/headers.ts'
import { launch, openPage, serve } from '../browser/harness.ts'
import { buildApp } from './app.ts'
import type { Bench } from './main.ts'
import { mixedTexts } from './texts.ts'

const COUNT = 400
const peers = 'tests/bench/peers'

interface Run {
  ms: number
  vectors: number[]
}

interface OnPeer {
  embedAll: (texts: string[]) => Promise<Run>
}

/** Cosines between rows of two n×384 tables, the least of them. */
function leastCosine(a: number[], b: number[], width = 384): number {
  let least = 1
  for (let row = 0; row < a.length; row += width) {
    let dot = 0
    for (let i = 0; i < width; i++) dot += a[row + i]! * b[row + i]!
    least = Math.min(least, dot)
  }
  return least
}

/** Passages a second, beside transformers.js with the same weights in the same browser; vectors compared. */
export async function run(): Promise<Bench> {
  buildApp()
  const texts = mixedTexts(COUNT)
  const model = `${peers}/models/minilm/onnx`
  mkdirSync(model, { recursive: true })
  copyFileSync('models/encoder/model.onnx', `${model}/model.onnx`)
  for (const name of ['tokenizer.json', 'tokenizer_config.json'])
    copyFileSync(`models/encoder/${name}`, `${peers}/models/minilm/${name}`)

  const ours = await serve()
  const theirs = await createServer({
    root: peers,
    configFile: false,
    logLevel: 'error',
    server: { headers, port: 4390 },
  })
  await theirs.listen()
  const browser = await launch()

  const { page } = await openPage(browser, ours.url)
  await page.waitForFunction(() => window.noema)
  await page.evaluate(() => window.noema.ready())
  const mine = await page.evaluate(async (texts) => {
    await window.noema.embed(texts.slice(0, 8).map((text) => `warm up: ${text}`))
    const began = performance.now()
    const vectors = await window.noema.embed(texts)
    return { ms: performance.now() - began, vectors: [...vectors] }
  }, texts)
  // As the app's worker has (src/model/client.ts).
  const threads = await page.evaluate(() => (crossOriginIsolated ? Math.min(4, navigator.hardwareConcurrency) : 1))
  await page.context().close()

  /** A page with as many threads as ours has, or with its own default. */
  const peer = async (query: string): Promise<Run> => {
    const { page } = await openPage(browser, `${theirs.resolvedUrls!.local[0]!}${query}`)
    await page.waitForFunction(() => 'embedAll' in window, undefined, { timeout: 120_000 })
    const result = await page.evaluate((texts) => (window as unknown as OnPeer).embedAll(texts), texts)
    await page.context().close()
    return result
  }
  const asOurs = await peer(`?threads=${threads}`)
  const asIs = await peer('')
  await browser.close()
  await theirs.close()
  await ours.close()

  const rate = (ms: number) => ((COUNT / ms) * 1000).toFixed(0)
  const ratio = asOurs.ms / mine.ms
  const cosine = leastCosine(mine.vectors, asOurs.vectors)
  return {
    rows: [
      {
        what: `embedding, ${COUNT} passages of mixed length`,
        ours: `${rate(mine.ms)}/s (${ratio.toFixed(2)}×; least cosine ${cosine.toFixed(6)})`,
        baseline: `transformers.js with as many threads (${threads}) ${rate(asOurs.ms)}/s, with its default ${rate(asIs.ms)}/s`,
        hold: '≥ 1.3×, cosine ≥ 0.9999',
        met: ratio >= 1.3 && cosine >= 0.9999,
      },
    ],
    raw: { count: COUNT, threads, oursMs: mine.ms, peerMs: asOurs.ms, peerDefaultMs: asIs.ms, leastCosine: cosine },
  }
}
