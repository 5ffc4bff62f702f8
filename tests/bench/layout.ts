import type { Browser, Page } from 'playwright-core'
import { createServer } from 'vite'
import { launch, openPage } from '../browser/harness.ts'
import type { Mapped, Streamed } from './layout/page.ts'
import { benchVectors } from './layout/vectors.ts'
import type { Bench, Options, Row } from './main.ts'

const COUNTS = [1000, 5000, 10_000]
const MAKERS = ['ours', 'umapJs', 'atlas'] as const

/** Numbers of the design, at 10,000 passages. */
const HOLD = { times: 3, trust: 0.01, principal: 300, beats: 10 }

type Maker = (typeof MAKERS)[number]

interface OnPage {
  bench: {
    load: (count: number) => Promise<void>
    map: (maker: Maker) => Promise<Mapped>
    stream: () => Promise<Streamed>
  }
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!

/** Time and trustworthiness of a map of the same vectors in the same browser: ours, umap-js, embedding-atlas. */
export async function run({ texts }: Options): Promise<Bench> {
  const { vectors, from } = await benchVectors(COUNTS.at(-1)!, texts)
  const counts = COUNTS.filter((count) => count * 384 <= vectors.length)
  const server = await createServer({ logLevel: 'error', server: { port: 4341, strictPort: false, hmr: false } })
  await server.listen()
  const url = new URL('tests/bench/layout/index.html', server.resolvedUrls!.local[0]!).href
  const browser = await launch()
  const rows: Row[] = []
  const raw: Record<string, unknown> = { from }
  try {
    for (const count of counts) {
      // The small ones are over soon: the middle of three counts.
      const rounds = count === 1000 ? 3 : 1
      const results = {} as Record<Maker, Mapped>
      for (const maker of MAKERS) {
        results[maker] = await onPage(browser, url, vectors, count, async (page) => {
          const runs: Mapped[] = []
          for (let round = 0; round < rounds; round++)
            runs.push(await page.evaluate((name) => (window as unknown as OnPage).bench.map(name), maker))
          return { ...runs[0]!, ms: median(runs.map(({ ms }) => ms)) }
        })
      }
      const streamed = await onPage(browser, url, vectors, count, (page) =>
        page.evaluate(() => (window as unknown as OnPage).bench.stream()),
      )
      raw[count] = { ...results, streamed }
      rows.push(...table(count, results, streamed))
    }
  } finally {
    await browser.close()
    await server.close()
  }
  return { rows, raw }
}

/** A fresh page for each, so that none profits from what another has compiled. */
async function onPage<T>(
  browser: Browser,
  url: string,
  vectors: Float32Array,
  count: number,
  work: (page: Page) => Promise<T>,
): Promise<T> {
  const { page, errors } = await openPage(browser, url)
  try {
    await page.context().route('**/vectors.f32', (route) => route.fulfill({ body: Buffer.from(vectors.buffer) }))
    await page.waitForFunction(() => 'bench' in window, undefined, { timeout: 120_000 })
    await page.evaluate((n) => (window as unknown as OnPage).bench.load(n), count)
    return await work(page)
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${errors.join('\n')}`)
  } finally {
    await page.context().close()
  }
}

function table(count: number, { ours, umapJs, atlas }: Record<Maker, Mapped>, streamed: Streamed): Row[] {
  const n = count.toLocaleString('en')
  const full = count === 10_000
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`
  const trust = (map: Mapped) => map.trustworthiness.toFixed(3)
  const times = umapJs.ms / ours.ms
  const gap = median(streamed.gaps)
  const row = (what: string, mine: string, baseline: string, hold: string, met: boolean): Row => ({
    what: `map of ${n}: ${what}`,
    ours: mine,
    baseline,
    hold: full ? hold : '–',
    met: full ? met : null,
  })
  return [
    row(
      'time',
      `${seconds(ours.ms)} (${times.toFixed(1)}× umap-js, ${(atlas.ms / ours.ms).toFixed(1)}× embedding-atlas)`,
      `umap-js ${seconds(umapJs.ms)}, embedding-atlas ${seconds(atlas.ms)}`,
      `≥ ${HOLD.times}× umap-js`,
      times >= HOLD.times,
    ),
    row(
      'trustworthiness at 15',
      trust(ours),
      `umap-js ${trust(umapJs)}, embedding-atlas ${trust(atlas)}`,
      `≥ umap-js − ${HOLD.trust}`,
      ours.trustworthiness >= umapJs.trustworthiness - HOLD.trust,
    ),
    row(
      'principal view on the page',
      `${streamed.first.toFixed(0)} ms`,
      '–',
      `≤ ${HOLD.principal} ms`,
      streamed.first <= HOLD.principal,
    ),
    row(
      'positions while it settles, median',
      `${(1000 / gap).toFixed(1)} Hz`,
      '–',
      `≥ ${HOLD.beats} Hz`,
      1000 / gap >= HOLD.beats,
    ),
  ]
}
