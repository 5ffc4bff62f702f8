import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defaultClientConditions } from 'vite'
import { defineConfig } from 'vitest/config'
import { servedFiles } from './served.ts'
import { contentSecurityPolicy, headers } from './src/headers.ts'

export default defineConfig({
  // Relative addresses: the built folder works at the root of a host and in a subfolder alike.
  base: './',
  publicDir: 'assets/public',
  plugins: [
    react(),
    servedFiles(),
    {
      // The XR library can load a headset emulator with furnished rooms (1.7 MB compressed). We never ask it to.
      name: 'noema-no-emulator',
      enforce: 'pre',
      resolveId: (id, importer) => (id === './emulate.js' && importer?.includes('@pmndrs/xr') ? '\0no-emulator' : null),
      load: (id) =>
        id === '\0no-emulator' ? 'export function emulate() { throw new Error("No emulator here.") }' : null,
    },
    {
      // The policy stands in the built page itself, so that it holds on hosts where no header can be set.
      // (In development Vite's own inline refresh script would be refused by it.)
      name: 'noema-csp',
      apply: 'build',
      transformIndexHtml: (html) =>
        html.replace(
          '<meta charset="utf-8" />',
          `<meta charset="utf-8" />\n    <meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}" />`,
        ),
    },
  ],
  server: { headers, port: 5173, strictPort: true },
  preview: { headers, port: 4173, strictPort: true },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  resolve: {
    alias: {
      '@': resolve(import.meta.dirname, 'src'),
      // Its build for browsers reads entities by innerHTML, which a worker has not; the table does without.
      'decode-named-character-reference': resolve(
        import.meta.dirname,
        'node_modules/decode-named-character-reference/index.js',
      ),
    },
    // The runtime's files are served from ort/; without this its builds would carry copies of the 14 and 27 MB of WASM.
    conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions],
  },
  // Found only once a worker runs; then the development server would reload the page in the middle of a download.
  optimizeDeps: {
    include: [
      ...['onnxruntime-web/wasm', 'onnxruntime-web/webgpu', '@huggingface/tokenizers'],
      ...['comlink', 'idb', 'fflate', 'mdast-util-from-markdown', 'tinyld/light'],
    ],
  },
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], testTimeout: 60_000 } },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts', 'tests/headset/**/*.test.ts'],
          globalSetup: 'tests/browser/setup.ts',
          // One browser at a time: software graphics takes every core there is.
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
})
