import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readFile } from '../../src/document/read.ts'
import { LayoutService } from '../../src/layout/service.ts'
import { nodeModel } from '../../src/model/node.ts'
import type { Project } from '../../src/state/project.ts'
import { zipProject } from '../../src/state/projectZip.ts'
import { firstView } from '../../src/state/view.ts'

/**
 * Makes the sample projects (text → passages → vectors → map) that a first visitor sees at once, and their list.
 * `npx tsx assets/samples/build.ts`, before the app is built. Does nothing while nothing they are made from changed.
 */

const root = join(import.meta.dirname, '../..')
const out = join(root, 'assets/public/samples')

const samples = [
  {
    id: 'essay',
    file: 'tide-tables.md',
    description: 'An essay that changes its mind twice: on tide tables, a flood, and what is left over.',
  },
  {
    id: 'interview',
    file: 'the-last-ferry.txt',
    description: 'An interview with a woman who ran a chain ferry until the bridge was opened.',
  },
  {
    id: 'opinions',
    file: 'open-all-night.txt',
    description: 'Seventy short replies to one question, from delight to by-laws.',
  },
]

/** The day the samples were written; the same build gives the same bytes. */
const WRITTEN = '2026-11-21T12:00:00.000Z'

/** All that the result depends on: the texts, the weights, and the code that reads and lays out. */
function fingerprint(): string {
  const hash = createHash('sha256')
  const add = (path: string) => hash.update(path).update(readFileSync(join(root, path)))
  for (const { file, description } of samples) {
    hash.update(description)
    add(`assets/samples/${file}`)
  }
  for (const path of ['assets/samples/build.ts', 'models/encoder/card.json', 'package.json']) add(path)
  for (const path of ['src/meaning/vector.ts', 'src/meaning/quality.ts', 'src/model/encoder.ts', 'src/state/view.ts']) {
    add(path)
  }
  for (const path of ['src/state/parts.ts', 'src/state/projectZip.ts', 'src/layout/service.ts']) add(path)
  for (const folder of ['src/document', 'src/meaning/layout']) {
    const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).sort()
    for (const name of names) if (name.endsWith('.ts')) add(join(folder, name))
  }
  return hash.digest('hex')
}

async function build(): Promise<void> {
  const model = nodeModel({ root: join(root, 'models') })
  const { sha256 } = await model.load('encoder')
  const layout = new LayoutService()
  const list = []
  for (const [table, { id, file, description }] of samples.entries()) {
    const document = readFile(new Uint8Array(readFileSync(join(import.meta.dirname, file))), file)
    const { vectors } = await model.embed(document.passages.map((passage) => passage.text))
    layout.put(table, vectors.length, 0, vectors)
    const project: Project = {
      ...{ id: `sample-${id}`, name: document.title, created: WRITTEN, changed: WRITTEN },
      documents: [document],
      vectors: { ids: document.passages.map((passage) => passage.id), vectors },
      map: await layout.map(table, table, {}),
      ...{ contrasts: [], branches: [], models: { encoder: sha256 } },
    }
    writeFileSync(join(out, `${id}.noema`), zipProject(project, firstView))
    list.push({ id, title: document.title, description, passages: document.passages.length })
    const { trustworthiness } = project.map!.quality
    console.log(`${id}: ${document.passages.length} passages, trustworthiness ${trustworthiness.toFixed(3)}`)
  }
  writeFileSync(join(out, 'index.json'), `${JSON.stringify(list, null, 2)}\n`)
}

const mark = join(out, '.made-from')
const print = fingerprint()
if (existsSync(mark) && readFileSync(mark, 'utf8') === print) {
  console.log('The samples are as they should be.')
} else {
  mkdirSync(out, { recursive: true })
  await build()
  writeFileSync(mark, print)
}
// The runtime's threads would keep the process alive.
process.exit(0)
