import { copyFileSync, createReadStream, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, extname, join, resolve } from 'node:path'
import type { Plugin } from 'vite'

/** Controllers and hands as models: without these files no controller and no hand ever appears. */
const profiles = ['meta-quest-touch-plus', 'generic-trigger-squeeze-thumbstick', 'generic-hand']
const profile = (id: string): string => `node_modules/@webxr-input-profiles/assets/dist/profiles/${id}`

/** Folders served beside the app, from this origin alone: address → folder, and which of its files. */
const folders: Record<string, { folder: string; files?: RegExp }> = {
  'models/encoder': { folder: 'models/encoder' },
  'models/lens': { folder: 'models/lens' },
  'models/inverter': { folder: 'models/inverter' },
  'models/features': { folder: 'models/features', files: /^(card\.json|features\.f32|mean\.f32)$/ },
  // The two builds of the runtime: with WebGPU (asyncify) and without.
  ort: {
    folder: 'node_modules/onnxruntime-web/dist',
    files: /^ort-wasm-simd-threaded(\.asyncify)?\.(wasm|mjs)$/,
  },
  ...Object.fromEntries(
    profiles.map((id) => [`profiles/${id}`, { folder: profile(id), files: /^(left|right|profile)\./ }]),
  ),
}

/** Files made here: address → text. The headset finds a controller's profile through this list, so it names only ours. */
const made: Record<string, string> = {
  'profiles/profilesList.json': JSON.stringify(
    Object.fromEntries(profiles.map((id) => [id, { path: `${id}/profile.json` }])),
  ),
}

const types: Record<string, string> = {
  '.wasm': 'application/wasm',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.glb': 'model/gltf-binary',
}

function* listed(): Generator<{ address: string; path: string }> {
  for (const [address, { folder, files }] of Object.entries(folders)) {
    if (!existsSync(folder)) continue
    for (const name of readdirSync(folder)) {
      const path = join(folder, name)
      if (statSync(path).isFile() && (!files || files.test(name))) yield { address: `${address}/${name}`, path }
    }
  }
}

/** Serves {@link folders} in development and copies them into the build. */
export function servedFiles(): Plugin {
  let outDir = 'dist'
  return {
    name: 'noema-served-files',
    configResolved: (config) => {
      outDir = resolve(config.root, config.build.outDir)
    },
    configureServer: (server) => {
      server.middlewares.use((request, response, next) => {
        const address = decodeURIComponent((request.url ?? '').split('?')[0]!).replace(/^\//, '')
        const text = made[address]
        if (text) {
          response.setHeader('Content-Type', 'application/json')
          response.end(text)
          return
        }
        const file = [...listed()].find((entry) => entry.address === address)
        if (!file) return next()
        // The threads of the runtime are workers: an isolated page starts them only if they carry its headers too.
        for (const [name, value] of Object.entries(server.config.server.headers ?? {})) response.setHeader(name, value!)
        response.setHeader('Content-Type', types[extname(file.path)] ?? 'application/octet-stream')
        response.setHeader('Content-Length', statSync(file.path).size)
        createReadStream(file.path).pipe(response)
      })
    },
    writeBundle: () => {
      for (const { address, path } of listed()) {
        const to = join(outDir, address)
        mkdirSync(dirname(to), { recursive: true })
        copyFileSync(path, to)
      }
      for (const [address, text] of Object.entries(made)) {
        const to = join(outDir, address)
        mkdirSync(dirname(to), { recursive: true })
        writeFileSync(to, text)
      }
    },
  }
}
