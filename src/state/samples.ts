import type { Opened } from './parts.ts'
import { decodeProject } from './projectFile.ts'
import { showOpened } from './projects.ts'
import { markUntouched } from './saved.ts'

/** A sample as `samples/index.json` lists it. */
export interface SampleEntry {
  id: string
  title: string
  description: string
  passages: number
}

const beside = (path: string) => new URL(path, document.baseURI).href

async function fetched(path: string): Promise<Response> {
  const response = await fetch(beside(path))
  if (!response.ok) throw new Error('The sample could not be loaded. Check your connection, and try again.')
  return response
}

export async function listSamples(): Promise<SampleEntry[]> {
  return (await fetched('samples/index.json')).json()
}

/** A sample with its vectors and its map, computed when Noema was built; a project of its own, made now. */
export async function loadSample(id: string): Promise<Opened> {
  const bytes = new Uint8Array(await (await fetched(`samples/${id}.noema`)).arrayBuffer())
  const opened = await decodeProject(bytes)
  const now = new Date().toISOString()
  return { ...opened, project: { ...opened.project, id: crypto.randomUUID(), created: now, changed: now } }
}

/** Open a sample. It joins the person's projects with the first change. */
export async function openSample(id: string): Promise<void> {
  const opened = await loadSample(id)
  showOpened({ ...opened, project: markUntouched(opened.project) })
}
