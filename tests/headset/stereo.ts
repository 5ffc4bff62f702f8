import { mkdirSync, writeFileSync } from 'node:fs'
import type { Page } from 'playwright-core'

interface Shot {
  /** Pixels of one eye's picture. */
  width?: number
  height?: number
  eyes?: 1 | 2
  /** Degrees from its bottom to its top. */
  fov?: number
}

/**
 * Take what the eyes see, side by side, as PNG bytes: 10 pixels a degree in the middle, where a Quest 3 shows 25. The
 * device draws small between pictures, since software graphics is slow; for this one its canvas grows.
 */
export async function stereoPicture(
  page: Page,
  { width = 1100, height = 1100, eyes = 2, fov = 90 }: Shot = {},
): Promise<Buffer> {
  const base64 = await page.evaluate(
    async ({ width, height, eyes, fov }) => {
      const { device, frames } = window.emulated
      const canvas = document.querySelector<HTMLCanvasElement>('[data-webxr_runtime] canvas')!
      const before = { width: canvas.width, height: canvas.height }
      const { stereoEnabled, fovy } = device
      device.stereoEnabled = eyes === 2
      device.fovy = (fov * Math.PI) / 180
      canvas.width = width * eyes
      canvas.height = height
      await frames(4)
      // Within the frame that has just been drawn: afterwards the canvas is empty.
      const url = await new Promise<string>((resolve) =>
        device.activeSession!.requestAnimationFrame(() => resolve(canvas.toDataURL('image/png'))),
      )
      Object.assign(canvas, before)
      Object.assign(device, { stereoEnabled, fovy })
      return url.slice(url.indexOf(',') + 1)
    },
    { width, height, eyes, fov },
  )
  return Buffer.from(base64, 'base64')
}

/** Keep what both eyes see under tests/artifacts/, to be looked at. */
export async function stereo(page: Page, name: string): Promise<void> {
  mkdirSync('tests/artifacts', { recursive: true })
  writeFileSync(`tests/artifacts/headset-${name}.png`, await stereoPicture(page))
}
