/**
 * 53-bit string hash (cyrb53: two multiply-xorshift lanes over UTF-16 units, finished as in MurmurHash3).
 * Synchronous and quick; a name for content, not a seal. At 100,000 texts the chance of one clash is below 10⁻⁶.
 */
function hash53(text: string, seed = 0): number {
  let a = 0xdeadbeef ^ seed
  let b = 0x41c6ce57 ^ seed
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    a = Math.imul(a ^ unit, 2654435761)
    b = Math.imul(b ^ unit, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return 4294967296 * (2097151 & b) + (a >>> 0)
}

function short(text: string): string {
  return hash53(text).toString(36).padStart(11, '0')
}

/**
 * A document's id comes from its name and not from its content, so that a corrected file brought in again keeps its
 * passages' ids. `taken`: ids already in the project; a second file of one name gets the next free id.
 */
export function documentId(name: string, taken?: ReadonlySet<string>): string {
  for (let nth = 1; ; nth++) {
    const id = `d${short(nth === 1 ? name : `${name}\u0000${nth}`)}`
    if (!taken?.has(id)) return id
  }
}

/**
 * Gives out passage ids in reading order: document, text, and which occurrence of that text it is. Editing, adding or
 * removing other passages leaves an id as it was.
 */
export function passageIds(document: string): (text: string) => string {
  const seen = new Map<string, number>()
  return (text) => {
    const nth = seen.get(text) ?? 0
    seen.set(text, nth + 1)
    return `p${short(`${document}\u0000${nth}\u0000${text}`)}`
  }
}
