import { documentReader } from '../document/client.ts'
import { DocumentError } from '../document/errors.ts'
import { layoutClient } from '../layout/client.ts'
import type { Document, Grain } from '../meaning/types.ts'
import { embedAll, finishReading, inTurn, isRead, passageIds, readOpen } from './fill.ts'
import { change, historyStore, replaceProject } from './history.ts'
import { beginJob, beginWork } from './jobs.ts'
import { notify } from './notices.ts'
import { emptyProject, projectStore } from './project.ts'
import { projectsDb } from './projectsDb.ts'
import { neverKeep } from './saved.ts'
import { carried, rooted, standing } from './standing.ts'
import { aborted, tell } from './trouble.ts'
import { firstView, viewStore } from './view.ts'

/** Files and pasted text come in, into a project of their own or into the open one; and the grain they are read by. */

/** What may well be read the next time, unlike a file that is no text. */
const stoppedShort = (error: unknown): boolean => error instanceof DocumentError && error.trouble === 'unreadable'

async function openDocuments(documents: Document[]): Promise<void> {
  const project = { ...emptyProject(documents[0]!.title), documents }
  const before = {
    project: projectStore.getState().project,
    view: viewStore.getState(),
    history: historyStore.getState(),
  }
  viewStore.setState({ ...firstView, axes: viewStore.getState().axes })
  replaceProject(project)
  for (const notice of documents.flatMap(({ notices }) => notices)) notify(notice, 'warning')
  try {
    await readOpen(project.id)
  } catch (error) {
    const { project: now } = projectStore.getState()
    // Who has gone on to another project finds this one in the list, and it is read to its end there.
    if (now.id !== project.id) return
    neverKeep(now)
    replaceProject(before.project)
    historyStore.setState(before.history)
    viewStore.setState(before.view)
    if (aborted(error)) notify('Stopped reading. What was open before is open again.')
    else tell(error, () => openDocuments(documents))
    void finishReading()
    // It may have been kept meanwhile, lest a closed tab lose it. A browser that keeps nothing has nothing to delete.
    await projectsDb.delete(project.id).catch(() => undefined)
  }
}

/** Add documents to the open project: old passages hardly move, new ones find their places among them. One step. */
async function addTo(id: string, documents: Document[]): Promise<void> {
  const { project } = projectStore.getState()
  const titles = documents.map(({ title }) => title).join(', ')
  const left = () => projectStore.getState().project.id !== id
  const tellLeft = () => notify(`Not added, for another project was opened meanwhile: ${titles}`, 'warning')
  if (left()) return tellLeft()
  const all = [...project.documents, ...documents]
  const job = beginWork('Reading your text', passageIds(documents).length, 'passages')
  try {
    const vectors = await embedAll(all, project.vectors, job)
    const map =
      project.map && isRead(project)
        ? await layoutClient.extend(project.map, project.vectors.ids.length, vectors.vectors, { signal: job.signal })
        : await layoutClient.map(vectors.vectors, { signal: job.signal })
    // The text was undone or made again meanwhile: begin once more from what stands now.
    if (projectStore.getState().project.documents !== project.documents) return addTo(id, documents)
    change(`Add ${titles}`, (now) => {
      const branches = carried(now.branches, now, { vectors, map })
      return { ...now, documents: all, vectors, map, branches }
    })
  } catch (error) {
    if (left()) tellLeft()
    else if (!aborted(error)) tell(error, () => inTurn(() => addTo(id, documents)))
  } finally {
    job.end()
  }
}

/** Document ids in the open project, which a text added to it must not take. */
const taken = (add: boolean): Set<string> =>
  new Set(add ? projectStore.getState().project.documents.map(({ id }) => id) : [])

/** Above this (bytes) cutting a file takes long enough to be shown. */
const LONG_FILE = 500_000

/** What cannot be read is told, and the rest goes on. */
async function readFiles(files: File[], add: boolean): Promise<Document[]> {
  const documents: Document[] = []
  const ids = taken(add)
  for (const file of files) {
    const job = file.size > LONG_FILE ? beginJob(`Opening ${file.name}`, 100, 'percent') : null
    try {
      const progress = job ? (share: number) => job.progress(Math.round(100 * share)) : undefined
      const document = await documentReader.readBlob(file, { taken: ids, progress, signal: job?.signal })
      ids.add(document.id)
      documents.push(document)
    } catch (error) {
      if (!aborted(error)) tell(error, stoppedShort(error) ? () => importFiles([file], { add }) : undefined)
    } finally {
      job?.end()
    }
  }
  return documents
}

/** Read files. `add` puts them into the open project. */
export async function importFiles(files: Iterable<File>, { add = false } = {}): Promise<void> {
  const all = [...files]
  const { id } = projectStore.getState().project
  const read = async (go: (documents: Document[]) => Promise<void>) => {
    const documents = await readFiles(all, add)
    if (documents.length > 0) await go(documents)
  }
  // Which ids are taken is known only when what was added before is in.
  await (add ? inTurn(() => read((documents) => addTo(id, documents))) : read(openDocuments))
}

/** Read a pasted or given text. */
export async function importText(text: string, { add = false, title = '' } = {}): Promise<void> {
  const { id } = projectStore.getState().project
  const read = async () => {
    const document = await documentReader.readPasted(text, { taken: taken(add) })
    return [title ? { ...document, title } : document]
  }
  try {
    await (add ? inTurn(async () => addTo(id, await read())) : openDocuments(await read()))
  } catch (error) {
    tell(error, stoppedShort(error) ? () => importText(text, { add, title }) : undefined)
  }
}

/**
 * Sentences or paragraphs: the same text cut anew. Branches stay with the passages they grew from; where those are cut
 * away, they wait.
 */
export function setGrain(grain: Grain): Promise<void> {
  const { id } = projectStore.getState().project
  return inTurn(() => cutAnew(id, grain))
}

async function cutAnew(id: string, grain: Grain): Promise<void> {
  const { project } = projectStore.getState()
  if (project.id !== id || project.documents.every((document) => document.grain === grain)) return
  const job = beginWork('Cutting the text anew', passageIds(project.documents).length, 'passages')
  try {
    const documents = await Promise.all(
      project.documents.map((document) => documentReader.regrain(document, grain, { signal: job.signal })),
    )
    const vectors = await embedAll(documents, project.vectors, job)
    const map = await layoutClient.map(vectors.vectors, { signal: job.signal })
    // The text was undone or made again meanwhile: begin once more from what stands now.
    if (projectStore.getState().project.documents !== project.documents) return cutAnew(id, grain)
    change(grain === 'sentence' ? 'Read by sentences' : 'Read by paragraphs', (now) => {
      const branches = carried(rooted(now), now, { vectors, map })
      return { ...now, documents, vectors, map, branches }
    })
    tellWaiting(grain)
  } catch (error) {
    if (!aborted(error)) tell(error, () => setGrain(grain))
  } finally {
    job.end()
  }
}

/** Say which branches are out of sight, for how long, and what is none the worse for it. */
function tellWaiting(grain: Grain): void {
  const { project } = projectStore.getState()
  const seen = new Set(standing(project))
  const waiting = project.branches.filter((branch) => !seen.has(branch))
  if (waiting.length === 0) return
  const who = waiting.length === 1 ? 'One branch waits' : `${waiting.length} branches wait`
  const until = grain === 'sentence' ? 'paragraphs' : 'sentences'
  const kept = waiting.some(({ adopted }) => adopted) ? ' What you put into the text stays in its export.' : ''
  notify(`${who} out of sight until you read by ${until} again, or undo.${kept}`)
}
