import { parseFeatures } from '../meaning/features.ts'
import { modelClient } from '../model/client.ts'
import { reopenLast, startAutosave } from './autosave.ts'
import { featuresStore } from './features.ts'
import { beginJob } from './jobs.ts'
import { notify } from './notices.ts'
import { finishReading } from './reading.ts'
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

/** Fetch the models one after the other in the background, each with its bytes; the map is usable meanwhile. */
async function loadModels(): Promise<void> {
  const names = {
    encoder: 'Fetching the encoder',
    lens: 'Fetching the lens',
    inverter: 'Fetching the inverter',
  } as const
  for (const what of ['encoder', 'lens', 'inverter'] as const) {
    const job = beginJob(names[what], 0, 'bytes', { cancellable: false })
    try {
      await modelClient.load(what, (loaded, total) => job.progress(loaded, total))
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), 'trouble', {
        label: 'Try again',
        run: () => void loadModels(),
      })
      return
    } finally {
      job.end()
    }
  }
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
  startAutosave({ saveToFile })
  void finishReading()
  await loadModels()
}
