/**
 * `npm run bench -- --json FILE [--only name,name] [--texts FILE]`: speed and memory, each beside a baseline in the same run.
 * Peers (transformers.js, embedding-atlas) live in tests/bench/peers, outside the app's own dependencies; they are
 * installed there on the first run. Prints a table and writes the raw results.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'

/** One line of the table: a figure of ours, the baseline's, and what is to hold. */
export interface Row {
  what: string
  ours: string
  baseline: string
  hold: string
  met: boolean | null
}

export interface Bench {
  rows: Row[]
  /** Raw numbers, for anyone who computes figures of their own. */
  raw: unknown
}

export interface Options {
  /** A file of texts, one a line, to make maps of. */
  texts?: string
}

const benches: Record<string, () => Promise<{ run: (options: Options) => Promise<Bench> }>> = {
  view: () => import('./view.ts'),
  embedding: () => import('./embedding.ts'),
  layout: () => import('./layout.ts'),
  scene: () => import('./scene.ts'),
  inverter: () => import('./inverter.ts'),
}

const { values: options } = parseArgs({
  options: { json: { type: 'string' }, only: { type: 'string' }, texts: { type: 'string' } },
})

if (!existsSync('tests/bench/peers/node_modules')) {
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: 'tests/bench/peers',
    stdio: 'inherit',
  })
}

const names = options.only?.split(',') ?? Object.keys(benches)
const machine = {
  cpu: cpus()[0]?.model,
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
}
const results: Record<string, unknown> = {}
const table: Row[] = []
for (const name of names) {
  const bench = benches[name]
  if (!bench) throw new Error(`No bench called ${name}: ${Object.keys(benches).join(', ')}`)
  console.log(`\n— ${name}`)
  const { rows, raw } = await (await bench()).run({ texts: options.texts })
  results[name] = raw
  table.push(...rows)
}

console.log(`\n${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, Node ${machine.node}\n`)
console.log('| what | ours | baseline | hold | met |\n|---|---|---|---|---|')
for (const { what, ours, baseline, hold, met } of table) {
  console.log(`| ${what} | ${ours} | ${baseline} | ${hold} | ${met === null ? '–' : met ? 'yes' : 'no'} |`)
}
if (options.json) {
  mkdirSync(dirname(options.json), { recursive: true })
  writeFileSync(options.json, JSON.stringify({ machine, table, results }, null, 1))
}
// The encoder's threads in Node would keep the process alive.
process.exit(0)
