import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Writes THIRD-PARTY-NOTICES.md: every package that `npm ci --omit=dev` installs, as the lock file names it, with its
 * licence. `npx tsx assets/notices.ts`, after dependencies change.
 */

const root = join(import.meta.dirname, '..')

interface Locked {
  version?: string
  dev?: boolean
  devOptional?: boolean
  optional?: boolean
  license?: string
}

const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> }

/** The lock file's word, the package's own, or what its licence file begins with. */
function licenceOf(path: string, { license }: Locked): string {
  if (license && !/^SEE /.test(license)) return license
  const folder = join(root, path)
  const file = existsSync(folder) && readdirSync(folder).find((name) => /^licen[cs]e/i.test(name))
  const text = file ? readFileSync(join(folder, file), 'utf8') : ''
  if (/^[\s\S]{0,300}Permission is hereby granted, free of charge/.test(text)) return 'MIT'
  return file ? `see its ${file}` : 'see the package'
}

const rows = Object.entries(lock.packages)
  .filter(([path, entry]) => path !== '' && !entry.dev && !entry.devOptional && !entry.optional)
  .map(([path, entry]) => {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    return `| [${name}](https://www.npmjs.com/package/${name}) | ${entry.version} | ${licenceOf(path, entry)} |`
  })

const words = `# Third-party notices

Noema is under the MIT licence (see LICENSE). It stands on the work of others.

## Weights

| what | from | licence |
|---|---|---|
| Encoder (\`models/encoder\`), and the vectors that lens and features are made with | [all-MiniLM-L6-v2](https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2) by sentence-transformers | Apache-2.0 |
| Inverter (\`models/inverter\`): cut down and trained further; its vocabulary names the lens' words | [SmolLM2-135M](https://huggingface.co/HuggingFaceTB/SmolLM2-135M) by Hugging Face | Apache-2.0 |

What was changed, and how, stands in each folder's \`card.json\`.

## Shipped beside the code

| what | licence |
|---|---|
| The fonts Literata and Inter | SIL Open Font License 1.1 |
| Controllers and hands of the WebXR Input Profiles | MIT |
| ONNX Runtime Web (WASM) | MIT |

## Packages

Each package's own licence text comes with it in \`node_modules\`.

| package | version | licence |
|---|---|---|
${[...new Set(rows)].sort().join('\n')}
`

writeFileSync(join(root, 'THIRD-PARTY-NOTICES.md'), words)
