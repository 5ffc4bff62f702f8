import { decodeAs } from '../document/decode.ts'
import { packPassages, unpackPassages } from '../document/packed.ts'
import type { Branch, Candidate, Document, Feature, MapLayout } from '../meaning/types.ts'
import { DIMENSIONS } from '../meaning/types.ts'
import { type Fields, fields, ProjectFileError, parseJson, toJson } from './plain.ts'
import type { Project } from './project.ts'
import { firstView, type View } from './view.ts'

/** The form of `project.json` and its neighbours. A change that older versions cannot read raises it. */
export const SCHEMA = 1

/**
 * One file of a saved project. `source` is the immutable value it is made from: while that stays the same, so do the
 * bytes, and they need not be made or written again.
 */
export interface Part {
  name: string
  source: unknown
  bytes: () => Uint8Array
}

export interface Opened {
  project: Project
  view: View
  /** Plain-worded remarks, when something had to be left for computing anew. */
  notices: string[]
}

/**
 * A project as named parts; the zip file and the browser's database hold the same ones:
 * `project.json`, `sources/<id>` (a file's own bytes), `passages/<id>.i32` and `.ids`, and as little-endian float32
 * `vectors.f32`, `map/positions.f32`, `map/perPassage.f32`, `contrasts.f32`, `branches.f32`; `map/neighbours.u32`.
 */
export function partsOf(project: Project, view: View): Part[] {
  const { documents, vectors, map, contrasts, branches } = project
  const parts: Part[] = [{ name: 'project.json', source: {}, bytes: () => text(describe(project, view)) }]
  const add = (name: string, source: unknown, bytes: () => Uint8Array) => parts.push({ name, source, bytes })
  for (const { id, bytes, passages } of documents) {
    add(`sources/${id}`, bytes, () => standalone(bytes))
    add(`passages/${id}.i32`, passages, () => littleEndian(packPassages(passages).table))
    add(`passages/${id}.ids`, passages, () => text(packPassages(passages).ids))
  }
  if (vectors.ids.length) {
    add('vectors.f32', vectors, () => littleEndian(vectors.vectors))
    add('vectors.ids', vectors, () => text(vectors.ids.join('\n')))
  }
  if (map) {
    add('map/positions.f32', map, () => littleEndian(map.positions))
    add('map/neighbours.u32', map, () => littleEndian(map.neighbours))
    add('map/perPassage.f32', map, () => littleEndian(map.quality.perPassage))
  }
  if (contrasts.length) add('contrasts.f32', contrasts, () => rows(contrasts.map((feature) => feature.direction)))
  if (branches.length) add('branches.f32', branches, () => rows(branches.flatMap(branchVectors)))
  return parts
}

/** All of a project but its bulk, as JSON. */
function describe(project: Project, view: View): string {
  const { documents, vectors: _, map, contrasts, branches, ...rest } = project
  return toJson({
    schema: SCHEMA,
    ...rest,
    documents: documents.map(({ bytes: _, text: __, passages: ___, ...document }) => document),
    map: map && { k: map.k, quality: { ...map.quality, perPassage: undefined }, parameters: map.parameters },
    contrasts: contrasts.map(({ direction: _, ...feature }) => feature),
    branches: branches.map(({ asked: _, landing: __, ...branch }) => ({
      ...branch,
      candidates: branch.candidates.map(({ vector: _, ...candidate }) => candidate),
    })),
    view: { ...view, hovered: null },
  })
}

/** asked, landing, and each candidate's vector. */
function branchVectors({ asked, landing, candidates }: Branch): Float32Array[] {
  return [asked, landing, ...candidates.map((candidate) => candidate.vector)]
}

/**
 * A project from its parts, checked. Vectors or a map that are missing or do not fit are left empty and told, for they
 * can be computed again; the person's own words cannot.
 * @throws ProjectFileError in plain words: newer schema, missing or damaged parts.
 */
export async function fromParts(read: (name: string) => Uint8Array | undefined): Promise<Opened> {
  const need = (name: string) => {
    const bytes = read(name)
    if (!bytes) throw new ProjectFileError('missing', 'A part of this project is missing. It cannot be opened whole.')
    return bytes
  }
  const described = fields(parseJson(new TextDecoder().decode(need('project.json'))))
  const schema = described.number('schema')
  if (schema > SCHEMA) {
    throw new ProjectFileError(
      'newer',
      'This project was made with a newer version of Noema. Load the newest version, and open it there. Nothing was changed.',
    )
  }
  const notices: string[] = []
  const documents: Document[] = []
  for (const entry of described.list('documents')) documents.push(await documentFrom(entry, need))
  const vectors = vectorsFrom(read, documents, notices)
  const project: Project = {
    id: described.string('id'),
    name: described.string('name'),
    created: described.string('created'),
    changed: described.string('changed'),
    documents,
    vectors,
    map: mapFrom(described, read, vectors.ids.length, notices),
    contrasts: contrastsFrom(described.list('contrasts'), read),
    branches: branchesFrom(described.list('branches'), read),
    models: described.record('models') as Record<string, string>,
  }
  return { project, view: { ...firstView, ...(described.record('view') as Partial<View>), hovered: null }, notices }
}

async function documentFrom(entry: Fields, need: (name: string) => Uint8Array): Promise<Document> {
  const id = entry.string('id')
  const bytes = need(`sources/${id}`)
  const words = decodeAs(bytes, entry.string('encoding'))
  const table = new Int32Array(aligned(need(`passages/${id}.i32`)))
  const ids = new TextDecoder().decode(need(`passages/${id}.ids`))
  try {
    const passages = await unpackPassages({ table, ids }, words)
    return { ...(entry.value as unknown as Document), bytes, text: words, passages }
  } catch {
    throw new ProjectFileError('damaged', 'This project is damaged: its passages do not fit its text.')
  }
}

function vectorsFrom(read: (name: string) => Uint8Array | undefined, documents: Document[], notices: string[]) {
  const bytes = read('vectors.f32')
  const ids = read('vectors.ids')
  const empty = { ids: [], vectors: new Float32Array(0) }
  if (!bytes || !ids) {
    if (documents.length) notices.push('The places of this project’s passages were not saved; they are computed again.')
    return empty
  }
  const names = new TextDecoder().decode(ids).split('\n')
  const vectors = new Float32Array(aligned(bytes))
  if (vectors.length === names.length * DIMENSIONS) return { ids: names, vectors }
  notices.push('The places of this project’s passages were damaged; they are computed again.')
  return empty
}

function mapFrom(described: Fields, read: (name: string) => Uint8Array | undefined, count: number, notices: string[]) {
  if (described.value.map === null || count === 0) return null
  const entry = fields(described.value.map)
  const [positions, neighbours, perPassage] = ['positions.f32', 'neighbours.u32', 'perPassage.f32'].map((name) =>
    aligned(read(`map/${name}`) ?? new Uint8Array(0)),
  )
  const map: MapLayout = {
    positions: new Float32Array(positions),
    neighbours: new Uint32Array(neighbours),
    k: entry.number('k'),
    quality: {
      ...(entry.record('quality') as unknown as MapLayout['quality']),
      perPassage: new Float32Array(perPassage),
    },
    parameters: entry.record('parameters') as unknown as MapLayout['parameters'],
  }
  if (map.positions.length === 3 * count && map.neighbours.length === map.k * count) return map
  notices.push('The map of this project was damaged; it is drawn again.')
  return null
}

function contrastsFrom(entries: Fields[], read: (name: string) => Uint8Array | undefined): Feature[] {
  const next = rowReader(read('contrasts.f32'))
  return entries.map((entry) => ({ ...(entry.value as unknown as Feature), direction: next() }))
}

function branchesFrom(entries: Fields[], read: (name: string) => Uint8Array | undefined): Branch[] {
  const next = rowReader(read('branches.f32'))
  return entries.map((entry) => {
    const [asked, landing] = [next(), next()]
    const candidates = entry
      .list('candidates')
      .map((candidate) => ({ ...(candidate.value as unknown as Candidate), vector: next() }))
    entry.string('id')
    entry.string('text')
    return { ...(entry.value as unknown as Branch), asked, landing, candidates }
  })
}

function rowReader(bytes: Uint8Array = new Uint8Array(0)): () => Float32Array {
  const all = new Float32Array(aligned(bytes))
  let at = 0
  return () => {
    const row = all.slice(at, at + DIMENSIONS)
    at += DIMENSIONS
    if (row.length < DIMENSIONS)
      throw new ProjectFileError('damaged', 'This project is damaged: some vectors are missing.')
    return row
  }
}

function rows(vectors: Float32Array[]): Uint8Array {
  const all = new Float32Array(vectors.length * DIMENSIONS)
  vectors.forEach((vector, i) => {
    all.set(vector, i * DIMENSIONS)
  })
  return littleEndian(all)
}

const text = (value: string) => new TextEncoder().encode(value)

const NATIVE_LITTLE = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1

/** The bytes of 4-byte numbers, lowest first; a view without copying on all but rare machines. */
function littleEndian(numbers: Float32Array | Int32Array | Uint32Array): Uint8Array {
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)
  return NATIVE_LITTLE ? standalone(bytes) : swapped(bytes)
}

/**
 * Bytes that fill a buffer of their own: cloning a view, into a worker or the database, would clone all of the memory
 * it looks at, and shared memory cannot be stored.
 */
function standalone(bytes: Uint8Array): Uint8Array {
  const own = bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength
  return own ? bytes : bytes.slice()
}

/**
 * A buffer of its own, in the machine's order, for a typed array to stand on; what exceeds whole numbers is dropped.
 * The bytes' own buffer where that will do: the parts are read once and let go.
 */
function aligned(bytes: Uint8Array): ArrayBuffer {
  if (NATIVE_LITTLE && bytes.length % 4 === 0 && standalone(bytes) === bytes) return bytes.buffer as ArrayBuffer
  const copy = bytes.slice(0, bytes.length & ~3)
  return (NATIVE_LITTLE ? copy : swapped(copy)).buffer as ArrayBuffer
}

function swapped(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice()
  for (let i = 0; i + 3 < copy.length; i += 4) copy.subarray(i, i + 4).reverse()
  return copy
}
