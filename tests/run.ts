/**
 * `npm test`: types, lint, unit, browser, headset and accessibility tests, one after the other.
 * Ends with `N passed, N failed`; types and lint count as one test each.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { findChromium } from './browser/harness.ts'

/** Debian's package where we may install it, else one line that says how. */
function seeToChromium(): void {
  if (findChromium()) return
  const root = process.getuid?.() === 0
  if (root && existsSync('/usr/bin/apt-get')) {
    console.log('No Chromium found: installing the system package.')
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit' })
    execFileSync('apt-get', ['install', '-y', '-qq', 'chromium'], { stdio: 'inherit' })
  }
  if (!findChromium()) {
    console.error('No Chromium found: install it (Debian: apt-get install chromium) or name it in NOEMA_CHROMIUM.')
    process.exit(1)
  }
}

let passed = 0
let failed = 0
let skipped = 0

function step(name: string, command: string, args: string[]): void {
  console.log(`\n— ${name}`)
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  if (status === 0) passed++
  else failed++
}

seeToChromium()
step('types', 'npx', ['tsc', '--noEmit'])
step('lint', 'npx', ['biome', 'check', '.'])

console.log('\n— tests')
const report = 'out/tests.json'
mkdirSync('out', { recursive: true })
rmSync(report, { force: true })
const { status } = spawnSync(
  'npx',
  ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...process.argv.slice(2)],
  { stdio: 'inherit' },
)
if (existsSync(report)) {
  const results = JSON.parse(readFileSync(report, 'utf8'))
  passed += results.numPassedTests
  skipped += results.numPendingTests + (results.numTodoTests ?? 0)
  // A file that could not even be loaded has no tests to fail: it counts as one failure.
  const broken = results.testResults.filter(
    (file: { status: string; assertionResults: unknown[] }) =>
      file.status === 'failed' && file.assertionResults.length === 0,
  ).length
  failed += results.numFailedTests + broken
}
if (status !== 0 && failed === 0) failed = 1

console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exit(failed === 0 ? 0 : 1)
