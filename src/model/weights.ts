/** One file as a card lists it. */
export interface FileEntry {
  sha256: string
  bytes: number
}

/** What every model folder's card.json has; models add their own figures. */
export interface Card {
  what: string
  files: Record<string, FileEntry>
  [more: string]: unknown
}

export type Folder = 'encoder' | 'lens' | 'inverter'

/** Where the files of models come from. */
export interface Shelf {
  /** Rejects with {@link MissingModel} where the folder is not part of this copy of Noema. */
  card(folder: Folder): Promise<Card>
  /** The checked bytes of one file. */
  read(folder: Folder, name: string, entry: FileEntry, progress?: (loaded: number) => void): Promise<Uint8Array>
}

/** As the person reads of them, with what each is for. */
const names: Record<Folder, string> = {
  encoder: 'the encoder (it reads your text)',
  lens: 'the lens (it finds the words of a place)',
  inverter: 'the inverter (it rewrites passages)',
}

export class MissingModel extends Error {
  constructor(folder: Folder) {
    super(`This copy of Noema comes without ${names[folder]}.`)
    this.name = 'MissingModel'
  }
}

/** Hex SHA-256, or null where the page is not a secure context (then only lengths can be checked). */
async function sha256(bytes: Uint8Array): Promise<string | null> {
  if (!globalThis.crypto?.subtle) return null
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Throws a plain-worded error where `bytes` are not the file that the card promises. */
export async function verify(folder: Folder, name: string, bytes: Uint8Array, entry: FileEntry): Promise<void> {
  const count = (n: number) => n.toLocaleString('en')
  if (bytes.length < entry.bytes)
    throw new Error(
      `The download of ${names[folder]} stopped early: ${name} has ${count(bytes.length)} of ${count(entry.bytes)} ` +
        'bytes. Nothing of yours is lost; it can be fetched again.',
    )
  const sum = bytes.length === entry.bytes ? await sha256(bytes) : ''
  if (sum !== null && sum !== entry.sha256)
    throw new Error(
      `${name} is not the file that belongs to ${names[folder]}: its checksum differs from the one in its card. ` +
        'If fetching it again does not help, the copy of Noema on the server is damaged.',
    )
}

/** Reads all listed files of a folder with one progress over their bytes. */
export async function readAll(
  shelf: Shelf,
  folder: Folder,
  wanted: string[],
  progress?: (loaded: number, total: number) => void,
): Promise<{ card: Card; files: Record<string, Uint8Array> }> {
  const card = await shelf.card(folder)
  const entries = wanted.map((name) => {
    const entry = card.files[name]
    if (!entry) throw new Error(`The card of ${names[folder]} does not list ${name}.`)
    return { name, entry, loaded: 0 }
  })
  const total = entries.reduce((sum, { entry }) => sum + entry.bytes, 0)
  const files: Record<string, Uint8Array> = {}
  await Promise.all(
    entries.map(async (item) => {
      files[item.name] = await shelf.read(folder, item.name, item.entry, (loaded) => {
        item.loaded = loaded
        progress?.(
          entries.reduce((sum, other) => sum + other.loaded, 0),
          total,
        )
      })
    }),
  )
  progress?.(total, total)
  return { card, files }
}

const CACHE = 'noema-weights'

/**
 * Files beside the app, kept in Cache Storage under their checksum. What is cached is checked like what is fetched; a
 * damaged copy is thrown away and fetched again once.
 * @param base address of the app's folder, ends with a slash
 */
export function fetchedShelf(base: string): Shelf {
  const open = () => (globalThis.caches ? caches.open(CACHE).catch(() => null) : Promise.resolve(null))
  const keep = async (key: string, body: Uint8Array) => {
    const cache = await open()
    // A full disk only costs the next visit a download.
    await cache?.put(key, new Response(body as Uint8Array<ArrayBuffer>)).catch(() => undefined)
  }
  return {
    card: async (folder) => {
      const address = new URL(`models/${folder}/card.json`, base).href
      const bytes = await fetch(address, { cache: 'no-cache' })
        .then(async (response) => (response.ok ? new Uint8Array(await response.arrayBuffer()) : null))
        .catch(() => undefined)
      if (bytes) {
        const card = asCard(bytes)
        if (!card) throw new MissingModel(folder)
        await keep(address, bytes)
        return card
      }
      if (bytes === null) throw new MissingModel(folder)
      const kept = await (await open())?.match(address)
      const card = kept && asCard(new Uint8Array(await kept.arrayBuffer()))
      if (!card) throw new Error(`${capital(names[folder])} could not be fetched: there is no connection.`)
      return card
    },
    read: async (folder, name, entry, progress) => {
      const address = new URL(`models/${folder}/${name}`, base).href
      const key = `${address}?sha256=${entry.sha256}`
      const cache = await open()
      const kept = await cache?.match(key)
      if (kept) {
        const bytes = new Uint8Array(await kept.arrayBuffer())
        const sound = await verify(folder, name, bytes, entry).then(
          () => true,
          () => false,
        )
        if (sound) {
          progress?.(bytes.length)
          return bytes
        }
        await cache?.delete(key)
      }
      const bytes = await download(address, names[folder], entry.bytes, progress)
      await verify(folder, name, bytes, entry)
      await keep(key, bytes)
      return bytes
    },
  }
}

/** A host that answers every address with its front page sends no card. */
function asCard(bytes: Uint8Array): Card | null {
  try {
    const card = JSON.parse(new TextDecoder().decode(bytes)) as Card
    return card && typeof card.files === 'object' ? card : null
  } catch {
    return null
  }
}

async function download(
  address: string,
  what: string,
  expected: number,
  progress?: (loaded: number) => void,
): Promise<Uint8Array> {
  try {
    const response = await fetch(address)
    if (!response.ok || !response.body) throw new Error(`status ${response.status}`)
    let bytes = new Uint8Array(expected)
    let loaded = 0
    for (const reader = response.body.getReader(); ; ) {
      const { done, value } = await reader.read()
      if (done) return bytes.subarray(0, loaded)
      if (loaded + value.length > bytes.length) {
        const longer = new Uint8Array(loaded + value.length)
        longer.set(bytes)
        bytes = longer
      }
      bytes.set(value, loaded)
      loaded += value.length
      progress?.(loaded)
    }
  } catch (cause) {
    throw new Error(`${capital(what)} could not be fetched (${(cause as Error).message}).`, { cause })
  }
}

const capital = (text: string) => text[0].toUpperCase() + text.slice(1)
