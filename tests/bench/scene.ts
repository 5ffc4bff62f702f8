import type { Page } from 'playwright-core'
import { createServer } from 'vite'
import { launch, openPage } from '../browser/harness.ts'
import type { Bench, Row } from './main.ts'
import type { Measured } from './scene/page.tsx'

const COUNTS = [1000, 10_000]

interface OnPage {
  bench: {
    space: (count: number) => Promise<Measured>
    bare: (count: number) => Promise<Measured>
    picking: (count: number) => { ours: number; three: number }
  }
}

/** Numbers of the design: at 10,000 nodes. */
const HOLD = { ms: 6, calls: 100, triangles: 60_000 }

/** Script time, allocation, draw calls and triangles a frame, beside a bare three.js scene with the same cloud. */
export async function measureScene(page: Page, count: number): Promise<{ space: Measured; bare: Measured }> {
  const bare = await page.evaluate((n) => (window as unknown as OnPage).bench.bare(n), count)
  const space = await page.evaluate((n) => (window as unknown as OnPage).bench.space(n), count)
  return { space, bare }
}

const ms = (value: number): string => `${value.toFixed(2)} ms`

export async function run(): Promise<Bench> {
  const server = await createServer({ logLevel: 'error', server: { port: 4337, strictPort: false, hmr: false } })
  await server.listen()
  const browser = await launch(['--enable-precise-memory-info'])
  const rows: Row[] = []
  const raw: Record<string, unknown> = {}
  try {
    for (const count of COUNTS) {
      // A page of its own for each size: nothing of the smaller scene lingers.
      const url = new URL('tests/bench/scene/index.html', server.resolvedUrls!.local[0]!).href
      const { page, errors } = await openPage(browser, url)
      await page.waitForFunction(() => 'bench' in window, undefined, { timeout: 120_000 })
      const { space, bare } = await measureScene(page, count)
      const picking = await page.evaluate((n) => (window as unknown as OnPage).bench.picking(n), count)
      raw[count] = { space, bare, picking, errors }
      await page.context().close()
      const n = count.toLocaleString('en')
      const full = count === 10_000
      const row = (what: string, ours: string, baseline: string, hold: string, met: boolean): void => {
        rows.push({ what: `${n} nodes: ${what}`, ours, baseline, hold: full ? hold : '–', met: full ? met : null })
      }
      row('script a frame, median', ms(space.median), ms(bare.median), `≤ ${HOLD.ms} ms`, space.median <= HOLD.ms)
      row('script a frame, 95th percentile', ms(space.p95), ms(bare.p95), `≤ ${HOLD.ms} ms`, space.p95 <= HOLD.ms)
      row('draw calls', `${space.calls}`, `${bare.calls}`, `≤ ${HOLD.calls}`, space.calls <= HOLD.calls)
      row(
        'triangles',
        space.triangles.toLocaleString('en'),
        bare.triangles.toLocaleString('en'),
        `≤ ${HOLD.triangles.toLocaleString('en')}`,
        space.triangles <= HOLD.triangles,
      )
      rows.push({
        what: `${n} nodes: heap grown a frame, median`,
        ours: `${(space.bytes / 1024).toFixed(1)} KiB`,
        baseline: `${(bare.bytes / 1024).toFixed(1)} KiB`,
        hold: '–',
        met: null,
      })
      rows.push({
        what: `${n} nodes: one pick, beside three's own raycast`,
        ours: ms(picking.ours),
        baseline: ms(picking.three),
        hold: '–',
        met: null,
      })
    }
  } finally {
    await browser.close()
    await server.close()
  }
  return { rows, raw }
}
