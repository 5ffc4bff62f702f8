import { existsSync } from 'node:fs'
import type { Elsewhere } from '../../../src/model/node.ts'

/**
 * Where the lens and the inverter lie: in models/, or in a folder named by NOEMA_MODELS while they are in the making.
 * Null where they are in neither.
 */
export function writingShelf(): Elsewhere | null {
  const elsewhere = process.env.NOEMA_MODELS
  const at = (folder: string) =>
    [`models/${folder}`, elsewhere && `${elsewhere}/${folder}`].find((path) => path && existsSync(`${path}/card.json`))
  const lens = at('lens')
  const inverter = at('inverter')
  return lens && inverter ? { lens, inverter } : null
}
