import { type Remote, wrap } from 'comlink'
import type { PackingWorker } from './packing.worker.ts'
import type { Opened } from './parts.ts'
import { ProjectFileError } from './plain.ts'
import type { Project } from './project.ts'
import { projectsDb } from './projectsDb.ts'
import { collect, openParts } from './projectZip.ts'
import type { View } from './view.ts'

let remote: Remote<PackingWorker> | null = null

function worker(): Remote<PackingWorker> {
  remote ??= wrap<PackingWorker>(new Worker(new URL('./packing.worker.ts', import.meta.url), { type: 'module' }))
  return remote
}

/** A project as one file, zipped away from the main thread. */
export async function encodeProject(project: Project, view: View): Promise<Uint8Array> {
  return worker().pack(collect(project, view), new Date(project.changed))
}

/**
 * The project in a file. Where this browser keeps another state of the same project, the file's one gets an id of its
 * own, so that opening an old copy never writes over newer work.
 * @throws ProjectFileError in plain words when the file is none, damaged, incomplete or from a newer version.
 */
export async function decodeProject(bytes: Uint8Array): Promise<Opened> {
  const answer = await worker().unpack(bytes)
  if ('trouble' in answer) throw new ProjectFileError(answer.trouble, answer.message)
  const opened = await openParts(answer.parts)
  const kept = await projectsDb.find(opened.project.id).catch(() => undefined)
  if (!kept) return opened
  return { ...opened, project: { ...opened.project, id: crypto.randomUUID() } }
}
