import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

let built = false

/** The app as it stands now, built once in a run (NOEMA_KEEP_BUILD: what is in dist/ is measured). */
export function buildApp(): void {
  if (built || (process.env.NOEMA_KEEP_BUILD && existsSync('dist/index.html'))) return
  execFileSync('npm', ['run', 'build', '--', '--logLevel', 'warn'], { stdio: 'inherit' })
  built = true
}
