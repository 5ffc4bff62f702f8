import { execFileSync } from 'node:child_process'
import type { TestProject } from 'vitest/node'
import { serve } from './harness.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the built app. */
    url: string
  }
}

/** Once for all browser tests: build the app as `npm start` does, and serve it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!process.env.NOEMA_KEEP_BUILD) {
    execFileSync('npx', ['tsx', 'assets/samples/build.ts'], { stdio: 'inherit' })
    execFileSync('npx', ['vite', 'build', '--logLevel', 'warn'], { stdio: 'inherit' })
  }
  const server = await serve()
  project.provide('url', server.url)
  return server.close
}
