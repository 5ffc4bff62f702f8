/**
 * `npm start`: build the app and serve it at http://localhost:4173 with the headers it needs.
 * `npm start -- --lan`: serve HTTPS on the local network (WebXR needs a secure page), with a self-made certificate,
 * and print the address and a QR code to open in the headset. `--port N` and `--no-build` do what they say.
 */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { parseArgs } from 'node:util'
import QRCode from 'qrcode'
import { generate } from 'selfsigned'
import { build, type PreviewServer, preview } from 'vite'

const { values: options } = parseArgs({
  options: {
    lan: { type: 'boolean', default: false },
    port: { type: 'string', default: '4173' },
    build: { type: 'boolean', default: true },
  },
  allowNegative: true,
})

/** The machine's own addresses on local networks (IPv4, not loopback). */
function localAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter((entry) => entry.family === 'IPv4' && !entry.internal)
    .map((entry) => entry.address)
}

async function certificate(addresses: string[]) {
  const altNames = [{ type: 2 as const, value: 'localhost' }, ...addresses.map((ip) => ({ type: 7 as const, ip }))]
  const pems = await generate([{ name: 'commonName', value: 'Noema on this network' }], {
    keySize: 2048,
    extensions: [{ name: 'subjectAltName', altNames }],
  })
  return { key: pems.private, cert: pems.cert }
}

if (options.build || !existsSync('dist/index.html')) {
  execFileSync('npx', ['tsx', 'assets/samples/build.ts'], { stdio: 'inherit' })
  await build({ logLevel: 'warn' })
}

const port = Number(options.port)
let server: PreviewServer
if (options.lan) {
  const addresses = localAddresses()
  server = await preview({ preview: { host: true, port, https: await certificate(addresses) } })
  for (const address of addresses) {
    const url = `https://${address}:${port}/`
    console.log(
      `\nOpen in the headset: ${url}\n(The certificate is self-made: the browser asks once; choose to go on.)\n`,
    )
    console.log(await QRCode.toString(url, { type: 'terminal', small: true }))
  }
} else {
  server = await preview({ preview: { port } })
  console.log(`\nNoema is at http://localhost:${port}/  (stop with Ctrl-C)`)
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    void server.close().then(() => process.exit(0))
  })
}
