import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { dirname } from 'node:path'
import { decode } from '../../src/document/decode.ts'
import type { Kind, Options, Result } from './kind.ts'

const kinds = {
  encoder: () => import('./encoder.ts'),
  layout: () => import('./layout.ts'),
  lens: () => import('./lens.ts'),
  inverter: () => import('./inverter.ts'),
  features: () => import('./features.ts'),
} satisfies Record<string, () => Promise<Kind>>
const common = ['input', 'json', 'threads', 'weights']

function parse(words: string[]): Options {
  const options: Options = {}
  for (let i = 0; i < words.length; i++) {
    const name = /^--(.+)$/.exec(words[i])?.[1]
    if (!name) throw new Error(`"${words[i]}" is no option; options begin with --.`)
    const value = words[i + 1]
    // A value may be a negative number, but not another option.
    if (value === undefined || value.startsWith('--')) options[name] = true
    else {
      options[name] = value
      i++
    }
  }
  return options
}

/** The lines of a text file that hold anything, read as the app reads a document. */
function readLines(path: string | true | undefined): string[] {
  if (typeof path !== 'string') throw new Error('Say what to read: --input FILE, a text file with one item a line.')
  if (!existsSync(path)) throw new Error(`There is no file ${path}.`)
  if (statSync(path).isDirectory()) throw new Error(`${path} is a folder; --input wants a text file.`)
  return decode(readFileSync(path))
    .text.split(/\r?\n/)
    .filter((line) => line.trim())
}

/** Told before hours of work rather than after them. */
function checkOutput(path: string | true | undefined): void {
  if (path === undefined) return
  if (path === true) throw new Error('Say where to write: --json FILE.')
  if (!existsSync(dirname(path))) throw new Error(`There is no folder ${dirname(path)} to write ${path} into.`)
  if (existsSync(path) && statSync(path).isDirectory()) throw new Error(`${path} is a folder; --json wants a file.`)
}

/**
 * One evaluation as the command line asks for it: reads --input, writes --json (if given), returns the result.
 * @throws Error in plain words
 */
export async function evaluate([kind, ...rest]: string[]): Promise<Result & { kind: string; json?: string }> {
  if (!Object.hasOwn(kinds, kind ?? '')) {
    throw new Error(
      `${kind ? `"${kind}" is no kind of evaluation. ` : ''}Say what to evaluate: ${Object.keys(kinds).join(', ')}.`,
    )
  }
  const options = parse(rest)
  const { run, options: own }: Kind = await kinds[kind as keyof typeof kinds]()
  const unknown = Object.keys(options).find((name) => !common.includes(name) && !own.includes(name))
  if (unknown) throw new Error(`${kind} knows no --${unknown}, only --${[...common, ...own].join(', --')}.`)
  const lines = readLines(options.input)
  checkOutput(options.json)
  const result = await run(lines, options)
  if (typeof options.json !== 'string') return { ...result, kind }
  const { backend, models, summary, items, ...more } = result
  const [cpu] = cpus()
  const machine = {
    cpu: cpu?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGB: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
  }
  const shown = (_: string, value: unknown) => (value instanceof Float32Array ? Array.from(value) : value)
  const whole = { machine, backend, models, summary, ...more, items }
  writeFileSync(options.json, `${JSON.stringify(whole, shown)}\n`)
  return { ...result, kind, json: options.json }
}
