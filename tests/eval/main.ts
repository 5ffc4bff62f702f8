/** npm run eval -- <encoder|layout|lens|inverter|features> --input FILE --json FILE [options]; see README.md here. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import type { Options, Result, Run } from './kind.ts'

const kinds = ['encoder', 'layout', 'lens', 'inverter', 'features']

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

async function main([kind, ...rest]: string[]): Promise<void> {
  if (!kinds.includes(kind)) throw new Error(`Say what to evaluate: ${kinds.join(', ')}.`)
  const options = parse(rest)
  const { input, json } = options
  if (typeof input !== 'string' || !existsSync(input)) throw new Error('--input FILE: a text file, one item a line.')
  const lines = readFileSync(input, 'utf8')
    .split(/\r?\n/)
    .filter((line) => line.trim())
  const { run } = (await import(`./${kind}.ts`)) as { run: Run }
  const { backend, models, items, summary, ...more }: Result = await run(lines, options)
  const [cpu] = cpus()
  const machine = {
    cpu: cpu?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGB: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
  }
  if (typeof json === 'string') {
    const shown = (_: string, value: unknown) => (value instanceof Float32Array ? Array.from(value) : value)
    writeFileSync(json, `${JSON.stringify({ machine, backend, models, summary, ...more, items }, shown)}\n`)
  }
  console.log(`${kind}: ${items.length} items on ${backend}${typeof json === 'string' ? `, written to ${json}` : ''}`)
  for (const [name, value] of Object.entries(summary ?? {}))
    console.log(`  ${name}: ${typeof value === 'number' ? Number(value.toFixed(4)) : JSON.stringify(value)}`)
}

main(process.argv.slice(2)).then(
  // The runtime's threads would keep the process alive.
  () => process.exit(0),
  (error: Error) => {
    console.error(error.message)
    process.exit(1)
  },
)
