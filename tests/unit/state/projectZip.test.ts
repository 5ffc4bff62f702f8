import { strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { readFile } from '../../../src/document/read.ts'
import { ProjectFileError } from '../../../src/state/plain.ts'
import { emptyProject } from '../../../src/state/project.ts'
import { openParts, packParts, unpackParts, unzipProject, zipProject } from '../../../src/state/projectZip.ts'
import { firstView } from '../../../src/state/view.ts'
import { aProject } from './projects.ts'

const view = { ...firstView, selection: ['b1'], hovered: 'b2', blend: 0.25, axes: { x: 'mine', y: null, z: null } }
const refusal = (bytes: Uint8Array) =>
  unzipProject(bytes).then(
    () => null,
    (error: ProjectFileError) => error,
  )

describe('a project file', () => {
  test('gives everything back exactly', async () => {
    const project = aProject()
    const opened = await unzipProject(zipProject(project, view))
    expect(opened.project).toEqual(project)
    expect(opened.view).toEqual({ ...view, hovered: null })
    expect(opened.notices).toEqual([])
  })

  test('is the same bytes for the same project', () => {
    expect(zipProject(aProject(), view)).toEqual(zipProject(aProject(), view))
  })

  test('holds the sources’ own bytes, also in older encodings', async () => {
    const bytes = Uint8Array.from([...'caf\xe9 \x93here\x94. Two.'].map((c) => c.charCodeAt(0)))
    const project = { ...emptyProject(), documents: [readFile(bytes, 'old.txt')] }
    const zip = zipProject(project, firstView)
    expect(unzipSync(zip)[`sources/${project.documents[0].id}`]).toEqual(bytes)
    const opened = await unzipProject(zip)
    expect(opened.project.documents).toEqual(project.documents)
    expect(opened.notices[0]).toMatch(/computed again/)
  })

  test('stores numbers as little-endian float32', () => {
    const project = aProject()
    const bytes = unzipSync(zipProject(project, view))['vectors.f32']
    const numbers = new DataView(bytes.buffer, bytes.byteOffset)
    expect(numbers.getFloat32(4 * 400, true)).toBe(project.vectors.vectors[400])
  })

  test('a project without anything in it', async () => {
    const project = emptyProject('Blank')
    expect((await unzipProject(zipProject(project, firstView))).project).toEqual(project)
  })
})

describe('what cannot be opened is refused in plain words', () => {
  const whole = zipProject(aProject(), view)
  const repacked = (alter: (parts: Record<string, Uint8Array>) => void) => {
    const parts = unpackParts(whole)
    delete parts['checksums.json']
    alter(parts)
    return packParts(parts, new Date(0))
  }
  const described = (alter: (json: Record<string, unknown>) => void) =>
    repacked((parts) => {
      const json = JSON.parse(new TextDecoder().decode(parts['project.json']))
      alter(json)
      parts['project.json'] = strToU8(JSON.stringify(json))
    })

  test.each([
    ['a text', strToU8('hello'), 'not a project', /not a Noema project/],
    ['nothing', new Uint8Array(0), 'not a project', /not a Noema project/],
    ['another zip', zipSync({ 'a.txt': strToU8('hello') }), 'not a project', /not a Noema project/],
    ['half a file', whole.slice(0, whole.length / 2), 'damaged', /damaged/],
    [
      'a newer form',
      described((json) => Object.assign(json, { schema: 2 })),
      'newer',
      /newer version.*Nothing was changed/,
    ],
    [
      'no source',
      repacked((parts) => delete parts[Object.keys(parts).find((n) => n.startsWith('sources/'))!]),
      'missing',
      /missing/,
    ],
    [
      'branches cut',
      repacked((parts) => Object.assign(parts, { 'branches.f32': parts['branches.f32'].slice(0, 999) })),
      'damaged',
      /damaged/,
    ],
    ['a wrong type', described((json) => Object.assign(json, { documents: 'none' })), 'damaged', /damaged/],
    ['no JSON', repacked((parts) => Object.assign(parts, { 'project.json': strToU8('{') })), 'damaged', /damaged/],
  ])('%s', async (_, bytes, trouble, message) => {
    const error = await refusal(bytes)
    expect(error).toBeInstanceOf(ProjectFileError)
    expect(error).toMatchObject({ trouble, message: expect.stringMatching(message) })
  })

  test('one changed byte in the vectors is noticed', async () => {
    const parts = unzipSync(whole)
    parts['vectors.f32'][1000] ^= 1
    expect(await refusal(zipSync(parts))).toMatchObject({ trouble: 'damaged' })
  })

  test('every damaged byte is refused or harmless, never a crash', async () => {
    const project = aProject()
    for (let at = 0; at < whole.length; at += 97) {
      const bytes = whole.slice()
      bytes[at] ^= 0x55
      const opened = await unzipProject(bytes).catch((error) => error)
      if (opened instanceof Error) expect(opened).toBeInstanceOf(ProjectFileError)
      else expect(opened.project).toEqual(project)
    }
  })

  test('without vectors or map the words still open', async () => {
    const project = aProject()
    const parts = unpackParts(whole)
    const opened = await openParts({ ...parts, 'vectors.f32': parts['vectors.f32'].slice(8) })
    expect(opened.project).toEqual({ ...project, vectors: { ids: [], vectors: new Float32Array(0) }, map: null })
    expect(opened.notices).toHaveLength(1)
    const mapless = await openParts({ ...parts, 'map/positions.f32': new Uint8Array(4) })
    expect(mapless.project).toEqual({ ...project, map: null })
  })
})
