import { layoutClient } from '../layout/client.ts'
import { DIMENSIONS, type Document, type MapLayout, type VectorTable } from '../meaning/types.ts'
import { modelClient } from '../model/client.ts'
import { fillIn } from './history.ts'
import { beginWork, type JobHandle } from './jobs.ts'
import { notify } from './notices.ts'
import { type Project, projectStore } from './project.ts'
import { carried } from './standing.ts'
import { aborted, tell, unlessAborted } from './trouble.ts'

/** From a text that was cut to a project one can stand in: embed → lay out. */

/** The encoder reads this many tokens; the rest of a longer passage is not heard. */
const TOKENS = 256

/** The method of a map that is still being drawn. */
const SETTLING = 'settling'

export const passageIds = (documents: Document[]): string[] =>
  documents.flatMap(({ passages }) => passages.map(({ id }) => id))

/** Vectors of all passages; those already known (by id) are taken over. */
export async function embedAll(documents: Document[], known: VectorTable, job: JobHandle): Promise<VectorTable> {
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

/** Whether every passage has its vector and its place. */
export const isRead = ({ documents, vectors, map }: Project): boolean =>
  vectors.ids.length === passageIds(documents).length && map !== null && map.parameters.method !== SETTLING

let turn: Promise<unknown> = Promise.resolve()

/** One text is read at a time: there is one map to draw, and each reading starts from what the one before has left. */
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = turn.then(work, work)
  turn = mine
  return mine
}

/** A map of places that still move. */
function settling(positions: Float32Array): MapLayout {
  return {
    positions,
    neighbours: new Uint32Array(0),
    k: 0,
    quality: {
      trustworthiness: Number.NaN,
      continuity: Number.NaN,
      perPassage: new Float32Array(positions.length / 3),
    },
    parameters: { seed: 0, neighbours: 0, minDist: 0, epochs: 0, method: SETTLING },
  }
}

/** Read what stands in the open project; whatever the person does to it meanwhile stays. */
async function fill(): Promise<void> {
  const { documents, vectors: known, map: old, branches } = projectStore.getState().project
  const total = passageIds(documents).length
  const job = beginWork('Reading your text', total, 'passages')
  // A map that was lost comes back the same: its branches stand right. Those made while it settles go along with it.
  const still = new Set(old ? [] : branches.map(({ id }) => id))
  let settled = false
  const put = (vectors: VectorTable, encoder: string, map: MapLayout) =>
    fillIn((now) => {
      if (now.documents !== documents) return now
      const branches = carried(now.branches, now, { vectors, map }, still)
      return { ...now, vectors, map, branches, models: { ...now.models, encoder } }
    })
  try {
    const encoder = await unlessAborted(modelClient.load('encoder'), job.signal)
    const vectors = await embedAll(documents, known, job)
    const map = await layoutClient.map(vectors.vectors, {
      signal: job.signal,
      // The last frames may come after the map itself, or after it was stopped.
      stream: (positions) => {
        if (!settled && !job.signal.aborted) put(vectors, encoder.sha256, settling(positions))
      },
    })
    settled = true
    put(vectors, encoder.sha256, map)
    notify(`${total.toLocaleString('en')} passages, laid out. ${qualityWords(map)}`)
  } finally {
    job.end()
  }
}

/** Read a project to its end. What is no longer open when its turn comes is left for when it is opened again. */
export function readOpen(id: string): Promise<void> {
  return inTurn(async () => {
    const { project } = projectStore.getState()
    if (project.id === id && !isRead(project)) await fill()
  })
}

/** A project that was left or closed in the middle of reading is read to its end. */
export async function finishReading(): Promise<void> {
  const { project } = projectStore.getState()
  if (project.documents.length === 0 || isRead(project)) return
  try {
    await readOpen(project.id)
  } catch (error) {
    if (projectStore.getState().project.id !== project.id) return
    if (!aborted(error)) tell(error, finishReading)
    else
      notify('Stopped reading. The text is here; not all of it has its place yet.', 'said', {
        label: 'Read on',
        run: () => void finishReading(),
      })
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
