import { documentReader } from '../document/client.ts'
import { DocumentError } from '../document/errors.ts'
import { layoutClient } from '../layout/client.ts'
import { DIMENSIONS, type Document, type Grain, type MapLayout, type VectorTable } from '../meaning/types.ts'
import { modelClient } from '../model/client.ts'
import { change, historyStore, replaceProject } from './history.ts'
import { beginJob, type JobHandle } from './jobs.ts'
import { notify } from './notices.ts'
import { emptyProject, type Project, projectStore } from './project.ts'
import { firstView, viewStore } from './view.ts'

/** From files and pasted text to a project one can stand in: read → embed → lay out. */

/** The encoder reads this many tokens; the rest of a longer passage is not heard. */
const TOKENS = 256

const aborted = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError'

/** Tell what went wrong, with a way on: what was to be done is kept, and can be done again. */
const tell = (error: unknown, again?: () => Promise<void>): void =>
  notify(
    error instanceof Error ? error.message : String(error),
    'trouble',
    again && { label: 'Try again', run: () => void again() },
  )

/** What may well be read the next time, unlike a file that is no text. */
const stoppedShort = (error: unknown): boolean => error instanceof DocumentError && error.trouble === 'unreadable'

const passageIds = (documents: Document[]): string[] =>
  documents.flatMap(({ passages }) => passages.map(({ id }) => id))

/** Vectors of all passages; those already known (by id) are taken over. */
async function embedAll(documents: Document[], known: VectorTable, job: JobHandle): Promise<VectorTable> {
  const passages = documents.flatMap((document) => document.passages)
  const rows = new Map(known.ids.map((id, row) => [id, row]))
  const missing = passages.filter(({ id }) => !rows.has(id))
  const { vectors: fresh, truncated } = await modelClient.embed(
    missing.map(({ text }) => text),
    { signal: job.signal, progress: (done) => job.progress(passages.length - missing.length + done, passages.length) },
  )
  if (truncated.length > 0) {
    notify(
      `${truncated.length === 1 ? 'One passage is' : `${truncated.length} passages are`} longer than the encoder reads (${TOKENS} tokens): only the beginning counts for the place.`,
      'warning',
    )
  }
  const freshRow = new Map(missing.map(({ id }, row) => [id, row]))
  const vectors = new Float32Array(passages.length * DIMENSIONS)
  passages.forEach(({ id }, index) => {
    const old = rows.get(id)
    const from = old === undefined ? fresh : known.vectors
    const row = old ?? freshRow.get(id)!
    vectors.set(from.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS), index * DIMENSIONS)
  })
  return { ids: passages.map(({ id }) => id), vectors }
}

/** Show positions while they settle, without a step in the history. */
function showSettling(project: Project, positions: Float32Array): void {
  if (projectStore.getState().project.id !== project.id) return
  const count = positions.length / 3
  replaceProject({
    ...project,
    map: {
      positions,
      neighbours: new Uint32Array(0),
      k: 0,
      quality: { trustworthiness: Number.NaN, continuity: Number.NaN, perPassage: new Float32Array(count) },
      parameters: { seed: 0, neighbours: 0, minDist: 0, epochs: 0, method: 'settling' },
    },
  })
}

/** Fill a project that has documents but no vectors or no map yet. */
async function fill(project: Project): Promise<void> {
  const total = passageIds(project.documents).length
  const job = beginJob('Reading your text', total, 'passages')
  try {
    const encoder = await modelClient.load('encoder')
    const vectors = await embedAll(project.documents, project.vectors, job)
    const embedded = { ...project, vectors, models: { ...project.models, encoder: encoder.sha256 } }
    const map = await layoutClient.map(vectors.vectors, {
      signal: job.signal,
      stream: (positions) => showSettling(embedded, positions),
    })
    if (projectStore.getState().project.id !== project.id) return
    replaceProject({ ...embedded, map })
    notify(`${total.toLocaleString('en')} passages, laid out. ${qualityWords(map)}`)
  } finally {
    job.end()
  }
}

/** A project that was closed in the middle of reading is read to its end. */
export async function finishReading(): Promise<void> {
  const { project } = projectStore.getState()
  const complete =
    project.vectors.ids.length === passageIds(project.documents).length && project.map && project.map.k > 0
  if (complete || project.documents.length === 0) return
  try {
    await fill({ ...project, map: null })
  } catch (error) {
    if (!aborted(error)) tell(error, finishReading)
  }
}

/** The map's trustworthiness in words and a number. */
export function qualityWords({ quality }: MapLayout): string {
  const { trustworthiness: t } = quality
  if (Number.isNaN(t)) return ''
  const word =
    t >= 0.9
      ? 'Neighbours on this map are nearly always true neighbours'
      : t >= 0.8
        ? 'Neighbours on this map are mostly true neighbours'
        : 'This map is a rough sketch'
  return `${word} (trustworthiness ${t.toFixed(2)}).`
}

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
    await fill(project)
  } catch (error) {
    if (projectStore.getState().project.id === project.id) {
      replaceProject(before.project)
      historyStore.setState(before.history)
      viewStore.setState(before.view)
    }
    if (aborted(error)) notify('Stopped reading. What was open before is open again.')
    else tell(error, () => openDocuments(documents))
  }
}

/** Add documents to the open project: old passages hardly move, new ones find their places among them. One step. */
async function addDocuments(documents: Document[]): Promise<void> {
  const { project } = projectStore.getState()
  const all = [...project.documents, ...documents]
  const job = beginJob('Reading your text', passageIds(documents).length, 'passages')
  try {
    const vectors = await embedAll(all, project.vectors, job)
    const map = project.map
      ? await layoutClient.extend(project.map, project.vectors.ids.length, vectors.vectors, { signal: job.signal })
      : await layoutClient.map(vectors.vectors, { signal: job.signal })
    if (projectStore.getState().project.id !== project.id) return
    change(`Add ${documents.map(({ title }) => title).join(', ')}`, (now) => ({ ...now, documents: all, vectors, map }))
  } catch (error) {
    if (!aborted(error)) tell(error, () => addDocuments(documents))
  } finally {
    job.end()
  }
}

/** Document ids in the open project, which a text added to it must not take. */
const taken = (add: boolean): Set<string> =>
  new Set(add ? projectStore.getState().project.documents.map(({ id }) => id) : [])

/** Above this (bytes) cutting a file takes long enough to be shown. */
const LONG_FILE = 500_000

/** Read files; what cannot be read is told, and the rest goes on. `add` puts them into the open project. */
export async function importFiles(files: Iterable<File>, { add = false } = {}): Promise<void> {
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
  if (documents.length === 0) return
  await (add ? addDocuments(documents) : openDocuments(documents))
}

/** Read a pasted or given text. */
export async function importText(text: string, { add = false, title = '' } = {}): Promise<void> {
  try {
    const document = await documentReader.readPasted(text, { taken: taken(add) })
    const titled = title ? { ...document, title } : document
    await (add ? addDocuments([titled]) : openDocuments([titled]))
  } catch (error) {
    tell(error, stoppedShort(error) ? () => importText(text, { add, title }) : undefined)
  }
}

/** Sentences or paragraphs: the same text cut anew. Branches stay with the passages they grew from. */
export async function setGrain(grain: Grain): Promise<void> {
  const { project } = projectStore.getState()
  if (project.documents.every((document) => document.grain === grain)) return
  const job = beginJob('Cutting the text anew', passageIds(project.documents).length, 'passages')
  try {
    const documents = await Promise.all(
      project.documents.map((document) => documentReader.regrain(document, grain, { signal: job.signal })),
    )
    const vectors = await embedAll(documents, project.vectors, job)
    const map = await layoutClient.map(vectors.vectors, { signal: job.signal })
    if (projectStore.getState().project.id !== project.id) return
    change(grain === 'sentence' ? 'Read by sentences' : 'Read by paragraphs', (now) => ({
      ...now,
      documents,
      vectors,
      map,
    }))
    if (project.branches.length > 0)
      notify('Your branches wait with the passages they grew from; undo brings them back into view.')
  } catch (error) {
    if (!aborted(error)) tell(error, () => setGrain(grain))
  } finally {
    job.end()
  }
}
