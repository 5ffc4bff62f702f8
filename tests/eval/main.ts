/** npm run eval -- <encoder|layout|lens|inverter|features> --input FILE --json FILE [options]; see README.md here. */
import { evaluate } from './evaluate.ts'

const shown = (value: unknown): string => {
  if (typeof value === 'string') return value
  return typeof value === 'number' ? String(Number(value.toFixed(4))) : JSON.stringify(value)
}

evaluate(process.argv.slice(2)).then(
  ({ kind, backend, items, summary, json }) => {
    console.log(`${kind}: ${items.length} items on ${backend}${json ? `, written to ${json}` : ''}`)
    for (const [name, value] of Object.entries(summary ?? {})) console.log(`  ${name}: ${shown(value)}`)
    // The runtime's threads would keep the process alive.
    process.exit(0)
  },
  (error: Error) => {
    console.error(error.message)
    process.exit(1)
  },
)
