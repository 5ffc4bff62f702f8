/**
 * Takes the README's picture of the headset from the built app, through the emulated device that the tests use:
 * `npm run build && npx tsx assets/pictures/headset.ts`. `--all FOLDER` also writes the stages of a visit there.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { standing } from '../../src/comfort.ts'
import { launch, openPage, serve } from '../../tests/browser/harness.ts'
import { inhabited, modelsReady } from '../../tests/browser/noema.ts'
import {
  carry,
  deviceScript,
  frames,
  hold,
  lookFrom,
  type Place,
  press,
  reach,
  release,
  stick,
  take,
} from '../../tests/headset/device.ts'
import { stereoPicture } from '../../tests/headset/stereo.ts'

const { values: options } = parseArgs({ options: { all: { type: 'string' } } })
const { url, close } = await serve()
const browser = await launch()
const { page } = await openPage(browser, url, { scripts: [deviceScript()], width: 640, height: 320 })
if (options.all) mkdirSync(options.all, { recursive: true })
const look = async (name: string) => {
  if (options.all)
    writeFileSync(`${options.all}/${name}.png`, await stereoPicture(page, { eyes: 1, width: 1400, height: 1400 }))
}

await inhabited(page)
await modelsReady(page)
await page.getByRole('button', { name: 'Enter' }).click()
await page.waitForFunction(() => window.emulated.device.activeSession !== undefined)
const eyes: Place = [0, 1.6, 0]
await lookFrom(page, eyes, [0, 1.2, -1.2])
await frames(page, 40)
await look('1-arrival')

/** Where the nodes stand in the room. */
const nodes = (await page.evaluate(() => window.noema.nodes())).map(({ text, at: [x, y, z] }) => ({
  text,
  place: [x * standing.scale, y * standing.scale + standing.height, z * standing.scale - standing.distance] as Place,
}))
const hip: Place = [0.2, 1.2, -0.25]
const before = nodes.filter(({ place: [x, y, z] }) => z < -0.5 && z > -1.1 && Math.abs(x) < 0.15 && y > 1 && y < 1.4)
const chosen = before[0]!
await reach(page, 'right', hip, chosen.place)
await frames(page, 20)
await look('2-read')
await press(page, 'right', 'trigger')
await frames(page, 20)
await look('3-selected')
await press(page, 'right', 'b-button')
await press(page, 'left', 'x-button')
await frames(page, 20)
await look('4-palette')
await press(page, 'left', 'x-button')
await page.evaluate(() => window.noema.setView({ heldFeature: 'sentiment' }))
const [x, y, z] = chosen.place
await reach(page, 'right', [x, y, z], [x, y, z - 1])
await frames(page, 10)
await hold(page, 'right', 'squeeze')
await carry(page, 'right', [0.33, 0.05, 0], 12)
await page.waitForTimeout(5000)
await look('5-pull')
await lookFrom(page, eyes, [-0.08, 1.27, -1.2])
writeFileSync('assets/pictures/headset.png', await stereoPicture(page, { eyes: 1, width: 1360, height: 850, fov: 72 }))
await lookFrom(page, eyes, [0, 1.2, -1.2])
await release(page, 'right', 'squeeze')
await page.waitForTimeout(8000)
await frames(page, 20)
await reach(page, 'right', hip, [0.3, 0.9, -1])
await look('6-landed')
await press(page, 'right', 'b-button')
await page.evaluate(() =>
  window.noema.setView({ axes: { x: 'sentiment', y: 'formality', z: 'concreteness' }, blend: 1 }),
)
await page.waitForTimeout(2500)
await look('7-axes')
await page.evaluate(() => window.noema.setView({ blend: 0 }))
await stick(page, 'left', -1, 0)
await stick(page, 'left', 0, 0)
await reach(page, 'right', hip, [-0.2, 1.25, -2])
await frames(page, 20)
await look('8-wall')
await stick(page, 'left', 1, 0)
await stick(page, 'left', 0, 0)
await take(page, 'hand')
await reach(page, 'left', [-0.2, 1.2, -0.35], [-0.1, 1.25, -2])
await reach(page, 'right', [0.2, 1.2, -0.35], [0.1, 1.25, -2])
await frames(page, 20)
await look('9-hands')

await browser.close()
await close()
