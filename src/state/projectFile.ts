import { type Remote, wrap } from 'comlink'
import { onGone } from '../lifeline.ts'
import type { PackingWorker, Unpacked } from './packing.worker.ts'
import type { Opened } from './parts.ts'
import { ProjectFileError } from './plain.ts'
import type { Project } from './project.ts'
import { projectsDb } from './projectsDb.ts'
import { collect, openParts } from './projectZip.ts'
import type { View } from './view.ts'

/**
 * Ask the packing worker; it is started for each file and ended after it, so that its memory is given back and one that
 * dies takes nothing along.
 */
async function inWorker<T>(ask: (remote: Remote<PackingWorker>) => Promise<T>): Promise<T> {
  const worker = new Worker(new URL('./packing.worker.ts', import.meta.url), { type: 'module', name: 'packing' })
  try {
    return await new Promise<T>((resolve, reject) => {
      onGone(worker, () =>
        reject(new Error('Packing the project stopped unexpectedly. Nothing is lost; try once more.')),
      )
      ask(wrap<PackingWorker>(worker)).then(resolve, reject)
    })
  } finally {
    worker.terminate()
  }
}

/** A project as one file, zipped away from the main thread. */
export async function encodeProject(project: Project, view: View): Promise<Uint8Array> {
  return inWorker((remote) => remote.pack(collect(project, view), new Date(project.changed)))
}

/**
 * The project in a file. Where this browser keeps another state of the same project, the file's one gets an id of its
 * own, so that opening an old copy never writes over newer work.
 * @throws ProjectFileError in plain words when the file is none, damaged, incomplete or from a newer version.
 */
export async function decodeProject(bytes: Uint8Array): Promise<Opened> {
  const answer = await inWorker<Unpacked>(async (remote) => remote.unpack(bytes))
  if ('trouble' in answer) throw new ProjectFileError(answer.trouble, answer.message)
  const opened = await openParts(answer.parts)
  const kept = await projectsDb.find(opened.project.id).catch(() => undefined)
  if (!kept) return opened
  return { ...opened, project: { ...opened.project, id: crypto.randomUUID() } }
}
