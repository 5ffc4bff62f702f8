/**
 * What every browser test stands on: a Chromium, the built app served as `npm start` serves it, and pages that
 * record what went wrong in them and every request that left the origin.
 */
import { existsSync, mkdirSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'
import { preview } from 'vite'

/** Software WebGL, and software WebGPU that is asked for by name: a machine without a GPU draws and computes too. */
const softwareGraphics = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist']
export const softwareWebGPU = [
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
  '--use-webgpu-adapter=swiftshader',
  '--use-vulkan=swiftshader',
]

const quiet = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync']

/** A Chromium: the one named in NOEMA_CHROMIUM, Playwright's own, or the system's. */
export function findChromium(): string | null {
  const places = [
    process.env.NOEMA_CHROMIUM,
    chromium.executablePath(),
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ]
  return places.find((path) => path && existsSync(path)) ?? null
}

export async function launch(extra: string[] = []): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('No Chromium found. Install one, or name it in NOEMA_CHROMIUM.')
  return chromium.launch({ executablePath, args: [...softwareGraphics, ...quiet, ...extra] })
}

/** Serve `dist/` on a free port of this machine. */
export async function serve(port = 0): Promise<{ url: string; close: () => Promise<void> }> {
  const server = await preview({
    logLevel: 'error',
    preview: { port: port || 4300 + Math.floor(Math.random() * 1000), strictPort: port !== 0, host: 'localhost' },
  })
  return { url: server.resolvedUrls!.local[0]!, close: () => server.close() }
}

export interface Watched {
  page: Page
  /** Errors of the page and the console. */
  errors: string[]
  /** Requests to any other origin (promise 1: there are none). */
  strangers: string[]
}

/** A fresh page (own storage) of the given size, watched. */
export async function openPage(
  browser: Browser,
  url: string,
  { width = 800, height = 600, scripts = [] as string[] } = {},
): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width, height }, acceptDownloads: true })
  for (const content of scripts) await context.addInitScript({ content })
  const page = await context.newPage()
  const watched: Watched = { page, errors: [], strangers: [] }
  const origin = new URL(url).origin
  page.on('pageerror', (error) => watched.errors.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') watched.errors.push(message.text())
  })
  context.on('request', (request) => {
    const to = request.url()
    if (!to.startsWith(origin) && !to.startsWith('blob:') && !to.startsWith('data:')) watched.strangers.push(to)
  })
  await page.goto(url)
  return watched
}

/** Keep a picture under out/ as an artifact. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync('out/pictures', { recursive: true })
  await page.screenshot({ path: `out/pictures/${name}.png` })
}
