import { onRestart } from '../lifeline.ts'
import { parseFeatures } from '../meaning/features.ts'
import { modelClient } from '../model/client.ts'
import { reopenLast, startAutosave } from './autosave.ts'
import { featuresStore } from './features.ts'
import { beginJob } from './jobs.ts'
import { notify } from './notices.ts'
import { preferencesStore } from './preferences.ts'
import { openSample } from './samples.ts'
import { startedStore } from './started.ts'
import { viewStore } from './view.ts'

/** Files beside the page, wherever the page is hosted. */
const beside = (path: string): string => new URL(path, document.baseURI).href

async function fetchBytes(path: string): Promise<ArrayBuffer> {
  const response = await fetch(beside(path))
  if (!response.ok) throw new Error(`${path} could not be loaded (${response.status}).`)
  return response.arrayBuffer()
}

async function loadFeatures(): Promise<void> {
  const [card, directions, mean] = await Promise.all([
    fetch(beside('models/features/card.json')).then((response) => response.json()),
    fetchBytes('models/features/features.f32'),
    fetchBytes('models/features/mean.f32'),
  ])
  const shipped = parseFeatures(card, new Uint8Array(directions))
  featuresStore.setState({ shipped, mean: new Float32Array(mean) })
  // A first visitor finds three axes that mean something to everybody.
  const { axes } = viewStore.getState()
  const first = (ids: string[]) => ids.find((id) => shipped.some((feature) => feature.id === id)) ?? null
  if (!axes.x && !axes.y && !axes.z) {
    viewStore.setState({ axes: { x: first(['sentiment']), y: first(['formality']), z: first(['certainty', 'tense']) } })
  }
}

const models = {
  encoder: {
    label: 'Fetching the encoder',
    without: 'Until it is here, new texts cannot be read and nothing can be pulled; what is open can be read and kept.',
  },
  lens: { label: 'Fetching the lens', without: 'Until it is here, no words show under the hand.' },
  inverter: {
    label: 'Fetching the inverter',
    without: 'Until it is here, a plainer search finds the words of a pull.',
  },
} as const

/** Said once on a device, not at each visit. */
function tellProcessor(): void {
  const { hintsSeen } = preferencesStore.getState()
  if (hintsSeen.includes('processor')) return
  preferencesStore.setState({ hintsSeen: [...hintsSeen, 'processor'] })
  notify(
    'This browser does not lend the graphics card to the models (WebGPU). They run on the processor: a little slower, and everything works.',
  )
}

/** Fetch one model, with its bytes. What fails is told, with what works without it and a way to try again. */
async function loadModel(what: keyof typeof models): Promise<void> {
  const { label, without } = models[what]
  const job = beginJob(label, 0, 'bytes', { cancellable: false })
  try {
    const { backend } = await modelClient.load(what, (loaded, total) => job.progress(loaded, total))
    if (what === 'encoder' && backend === 'wasm') tellProcessor()
  } catch (error) {
    const { name, message } = error as Error
    // What this copy of Noema does not have will not come by asking again.
    const again = name === 'MissingModel' ? undefined : { label: 'Try again', run: () => void loadModel(what) }
    notify(`${message} ${without}`, 'trouble', again)
  } finally {
    job.end()
  }
}

/** Fetch the models one after the other in the background; the map is usable meanwhile, and one can do without another. */
async function loadModels(): Promise<void> {
  await loadModel('encoder')
  await loadModel('lens')
  await loadModel('inverter')
}

/** What happens at the start: the last project or the first sample at once, features, then the models. */
export async function begin({ saveToFile }: { saveToFile: () => void }): Promise<void> {
  try {
    await loadFeatures()
  } catch {
    notify('The features could not be loaded: axes and pulls along them are missing. Reload to try again.', 'trouble')
  }
  const reopened = await reopenLast().catch(() => false)
  if (!reopened) {
    await openSample('essay').catch(() => notify('The sample could not be loaded. Open a text of your own.', 'warning'))
  }
  startedStore.setState({ started: true })
  onRestart((message) => notify(message, 'warning'))
  startAutosave({ saveToFile })
  await loadModels()
}
