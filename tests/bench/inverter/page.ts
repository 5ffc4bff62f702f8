/** The page of the inverter bench: pulls as the app makes them, and the same decoder driven plainly in a worker. */
import * as Comlink from 'comlink'
import { modelClient } from '../../../src/model/client.ts'
import { pulls } from './pulls.ts'
import type { Plain, Written } from './worker.ts'

export interface Pulled {
  source: string
  feature: string
  sigma: number
  /** Milliseconds to the first words, to the first whole text (embedded again), and to the ranked candidates. */
  words: number
  first: number
  settled: number
  preview: string
  candidates: { text: string; writer: string; progress: number; cosine: number }[]
}

const embed = async (texts: string[]) => (await modelClient.embed(texts)).vectors

/** Each pull from the moment the passage is in the hand (it has been read) through preview and settling. */
async function pull(): Promise<Pulled[]> {
  for (const what of ['encoder', 'lens', 'inverter'] as const) await modelClient.load(what)
  const out: Pulled[] = []
  const all = await pulls(embed)
  // The first pass through each part sets up its memory: a pull of another passage, not counted.
  await modelClient.settle({ ...all.at(-1)!.request, seed: 2 })
  for (const { feature, sigma, request } of all.slice(0, -1)) {
    await modelClient.pickUp(request.source.text, request.source.vector)
    let words = 0
    let began = performance.now()
    const preview = await modelClient.preview(request, () => {
      words ||= performance.now() - began
    })
    const first = performance.now() - began
    began = performance.now()
    const { candidates } = await modelClient.settle(request)
    const settled = performance.now() - began
    out.push({
      source: request.source.text,
      feature,
      sigma,
      words: words || first,
      first,
      settled,
      preview: preview.text,
      candidates: candidates.map(({ text, writer, progress, cosine }) => ({ text, writer, progress, cosine })),
    })
  }
  return out
}

/** The same pulls' texts by the same weights, driven in plainer ways. */
async function plain(): Promise<Written[]> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  const remote = Comlink.wrap<Plain>(worker)
  await remote.open(document.baseURI, Math.min(4, navigator.hardwareConcurrency))
  const written = await remote.run(await pulls((texts) => remote.embed(texts)))
  worker.terminate()
  return written
}

Object.assign(window, { bench: { pull, plain } })
