import { createServer } from 'vite'
import { launch, openPage } from '../browser/harness.ts'
import type { Pulled } from './inverter/page.ts'
import type { Written } from './inverter/worker.ts'
import type { Bench } from './main.ts'

/** Numbers of the design, for a passage of 25 tokens, milliseconds. */
const HOLD = { first: 700, settled: 2500 }

interface OnPage {
  bench: Record<'pull' | 'plain', () => Promise<unknown>>
}

function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
}

/** Pulls of a passage in the browser's WASM, beside the same decoder driven plainly and the search without one. */
export async function run(): Promise<Bench> {
  const server = await createServer({ logLevel: 'error', server: { port: 4342, strictPort: false, hmr: false } })
  await server.listen()
  const browser = await launch()
  const url = new URL('tests/bench/inverter/index.html', server.resolvedUrls!.local[0]!).href
  /** A fresh page for each: what one has embedded, the other has not. */
  const onPage = async <T>(what: keyof OnPage['bench']): Promise<T> => {
    const { page, errors } = await openPage(browser, url)
    try {
      await page.waitForFunction(() => 'bench' in window, undefined, { timeout: 120_000 })
      return (await page.evaluate((name) => (window as unknown as OnPage).bench[name](), what)) as T
    } catch (error) {
      throw new Error(`${(error as Error).message}\n${errors.join('\n')}`)
    } finally {
      await page.context().close()
    }
  }
  try {
    const pulled = await onPage<Pulled[]>('pull')
    const written = await onPage<Written[]>('plain')
    return { rows: table(pulled, written), raw: { pulled, written } }
  } finally {
    await browser.close()
    await server.close()
  }
}

function table(pulled: Pulled[], written: Written[]): Bench['rows'] {
  const ms = (values: number[]) => `${Math.round(quantile(values, 0.5))} ms`
  const spread = (values: number[]) => `${ms(values)} (90 % within ${Math.round(quantile(values, 0.9))} ms)`
  const first = pulled.map((one) => one.first)
  const settled = pulled.map((one) => one.settled)
  const kept = pulled.map(({ candidates }) => candidates.length)
  const times = (way: 'draft' | 'step' | 'uncached' | 'batch' | 'single') => written.map((one) => one[way].ms)
  const rate = (way: 'draft' | 'step' | 'uncached' | 'batch' | 'single') => {
    const tokens = written.reduce((sum, one) => sum + one[way].tokens, 0)
    return ((1000 * tokens) / times(way).reduce((sum, value) => sum + value, 0)).toFixed(0)
  }
  const sizes = written.map(({ sourceTokens }) => sourceTokens)
  const size = `${Math.min(...sizes)}–${Math.max(...sizes)} tokens`
  const searched = written.map(({ search }) => search.ms)
  return [
    {
      what: `a pull's first words, passages of ${size}`,
      ours: spread(pulled.map(({ words }) => words)),
      baseline: '–',
      hold: '–',
      met: null,
    },
    {
      what: `a pull's first candidate, embedded again`,
      ours: spread(first),
      baseline: `the search without a model ${ms(searched)}`,
      hold: `≤ ${HOLD.first} ms`,
      met: quantile(first, 0.5) <= HOLD.first,
    },
    {
      what: `a pull settled, ${quantile(kept, 0.5)} candidates (middle of ${pulled.length})`,
      ours: spread(settled),
      baseline: `the search without a model ${ms(searched)}`,
      hold: `≤ ${HOLD.settled.toLocaleString('en')} ms`,
      met: quantile(settled, 0.5) <= HOLD.settled,
    },
    {
      what: 'one text written, the source as draft',
      ours: `${ms(times('draft'))}, ${rate('draft')} tokens/s`,
      baseline: `a token a pass ${ms(times('step'))}, ${rate('step')} tokens/s; without a cache ${ms(times('uncached'))}, ${rate('uncached')} tokens/s`,
      hold: '–',
      met: null,
    },
    {
      what: 'five texts written in one batch',
      ours: `${ms(times('batch'))}, ${rate('batch')} tokens/s`,
      baseline: `one after another ${ms(times('single'))}, ${rate('single')} tokens/s`,
      hold: '–',
      met: null,
    },
  ]
}
