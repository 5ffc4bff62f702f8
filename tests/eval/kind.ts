import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { parseFeatures } from '../../src/meaning/features.ts'
import type { Feature } from '../../src/meaning/types.ts'
import type { Model } from '../../src/model/core.ts'
import { nodeModel } from '../../src/model/node.ts'

/** `--name value` and `--flag` of the command line. */
export type Options = Record<string, string | true>

export interface Result {
  /** What computed: 'wasm × 2', 'typed arrays' … */
  backend: string
  /** Name → SHA-256 of the weights that took part. */
  models: Record<string, string>
  /** One for each input line (or pair), in order. */
  items: unknown[]
  /** Figures over all items, printed at the end. */
  summary?: Record<string, unknown>
  /** What else stands at the top of the JSON. */
  [more: string]: unknown
}

/** What each kind of evaluation exports as `run`. */
export type Run = (lines: string[], options: Options) => Promise<Result>

/** A module of one kind: what it does, and the names of its own options. */
export interface Kind {
  run: Run
  options: readonly string[]
}

export function text(options: Options, name: string): string | undefined {
  const value = options[name]
  if (value === true) throw new Error(`--${name} wants a value after it.`)
  return value
}

export function number(options: Options, name: string, otherwise: number): number {
  const value = text(options, name)
  if (value === undefined) return otherwise
  const parsed = Number(value)
  if (!Number.isFinite(parsed)) throw new Error(`--${name} wants a number, not "${value}".`)
  return parsed
}

/** A whole number of at least `least`. */
export function whole(options: Options, name: string, otherwise: number, least = 1): number {
  const value = number(options, name, otherwise)
  if (!Number.isInteger(value) || value < least) throw new Error(`--${name} wants a whole number from ${least} up.`)
  return value
}

/** The model in Node. --threads N; --weights DIR takes lens and inverter from DIR/lens and DIR/inverter. */
export function openModel(options: Options): Model {
  const weights = text(options, 'weights')
  const elsewhere = weights ? { lens: `${weights}/lens`, inverter: `${weights}/inverter` } : {}
  for (const folder of Object.values(elsewhere)) if (!existsSync(folder)) throw new Error(`There is no ${folder}.`)
  return nodeModel({ threads: whole(options, 'threads', 1), elsewhere })
}

const FEATURES = 'models/features'

export interface FeaturesCard {
  features: unknown[]
  files: Record<string, { sha256: string }>
}

/** A file of models/features, checked against its card. */
export function featuresFile(card: FeaturesCard, name: string): Buffer {
  const bytes = readFileSync(`${FEATURES}/${name}`)
  const sum = createHash('sha256').update(bytes).digest('hex')
  if (sum !== card.files[name]?.sha256) throw new Error(`${FEATURES}/${name} is not the file that its card describes.`)
  return bytes
}

/** The shipped features in the card's order, with the card itself and the checksum of their directions. */
export function openFeatures(): { card: FeaturesCard; features: Feature[]; sha256: string } {
  const card = JSON.parse(readFileSync(`${FEATURES}/card.json`, 'utf8')) as FeaturesCard
  const features = parseFeatures(card, featuresFile(card, 'features.f32'))
  return { card, features, sha256: card.files['features.f32'].sha256 }
}
