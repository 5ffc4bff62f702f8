import { strToU8, type UnzipFileInfo, unzipSync, type Zippable, zipSync } from 'fflate'
import { fromParts, type Opened, partsOf } from './parts.ts'
import { ProjectFileError } from './plain.ts'
import type { Project } from './project.ts'
import type { View } from './view.ts'

/** The named parts of a project with their bytes. */
export type Parts = Record<string, Uint8Array>

/** More than this unpacked is no project a browser can hold. */
const LARGEST = 2 ** 31

/** Numbers do not get smaller by packing; words do. */
const LEVEL_NUMBERS = 0
const LEVEL_WORDS = 6

/**
 * A project as one zip file. The same project and view give the same bytes.
 * Long work for large projects: in the page use `encodeProject` of projectFile.ts, which does it in a worker.
 */
export function zipProject(project: Project, view: View): Uint8Array {
  return packParts(collect(project, view), new Date(project.changed))
}

/**
 * The project in a file made by {@link zipProject}.
 * @throws ProjectFileError in plain words when the file is none, damaged, incomplete or from a newer version.
 */
export async function unzipProject(bytes: Uint8Array): Promise<Opened> {
  return openParts(unpackParts(bytes))
}

export function collect(project: Project, view: View): Parts {
  return Object.fromEntries(partsOf(project, view).map((part) => [part.name, part.bytes()]))
}

export function openParts(parts: Parts): Promise<Opened> {
  return fromParts((name) => (Object.hasOwn(parts, name) ? parts[name] : undefined))
}

/** Zip the parts with a list of their checksums, so that a damaged file is noticed and not opened half wrong. */
export function packParts(parts: Parts, changed: Date): Uint8Array {
  // Zip knows the years 1980–2099 only.
  const mtime = Number.isNaN(+changed) || changed.getFullYear() < 1980 ? new Date(1980, 0, 1) : changed
  const sums = Object.fromEntries(Object.entries(parts).map(([name, bytes]) => [name, crc32(bytes)]))
  const files: Zippable = { 'checksums.json': [strToU8(JSON.stringify(sums)), { level: LEVEL_WORDS, mtime }] }
  for (const [name, bytes] of Object.entries(parts)) {
    files[name] = [bytes, { level: /\.(?:f32|u32)$/.test(name) ? LEVEL_NUMBERS : LEVEL_WORDS, mtime }]
  }
  return zipSync(files)
}

/** @throws ProjectFileError when the bytes are no project file or are damaged. */
export function unpackParts(bytes: Uint8Array): Parts {
  let size = 0
  const filter = ({ originalSize }: UnzipFileInfo) => {
    size += originalSize
    if (size > LARGEST) throw new ProjectFileError('damaged', 'This file is too large to be a Noema project.')
    return true
  }
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw notProject()
  let parts: Parts
  try {
    parts = unzipSync(bytes, { filter })
  } catch (error) {
    if (error instanceof ProjectFileError) throw error
    throw damagedFile()
  }
  if (!parts['project.json']) throw notProject()
  verify(parts)
  // They are the file's, not the project's: whoever packs the parts again sums them up again.
  const { 'checksums.json': _, ...content } = parts
  return content
}

function verify(parts: Parts): void {
  let sums: Record<string, unknown>
  try {
    sums = JSON.parse(new TextDecoder().decode(parts['checksums.json']))
  } catch {
    throw damagedFile()
  }
  for (const [name, sum] of Object.entries(sums)) {
    if (!parts[name])
      throw new ProjectFileError('missing', 'A part of this project file is missing. It cannot be opened whole.')
    if (crc32(parts[name]) !== sum) throw damagedFile()
  }
}

const damagedFile = () =>
  new ProjectFileError('damaged', 'This project file is damaged and cannot be opened. Try an earlier copy of it.')

const notProject = () => new ProjectFileError('not a project', 'This file is not a Noema project.')

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c
})

/** CRC-32 as in zip (ISO 3309, reflected polynomial EDB88320); the unzipper does not check its own. */
function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff
  for (let i = 0; i < bytes.length; i++) c = CRC_TABLE[(c ^ bytes[i]) & 255] ^ (c >>> 8)
  return (c ^ 0xffffffff) >>> 0
}
