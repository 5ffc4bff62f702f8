import { existsSync } from 'node:fs'
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
}

/** What each kind of evaluation exports. */
export type Run = (lines: string[], options: Options) => Promise<Result>

export function text(options: Options, name: string): string | undefined {
  const value = options[name]
  return typeof value === 'string' ? value : undefined
}

export function number(options: Options, name: string, otherwise: number): number {
  const value = text(options, name)
  if (value === undefined) return otherwise
  const parsed = Number(value)
  if (!Number.isFinite(parsed)) throw new Error(`--${name} wants a number, not "${value}".`)
  return parsed
}

/** The model in Node. --threads N; --weights DIR takes lens and inverter from DIR/lens and DIR/inverter. */
export function openModel(options: Options): Model {
  const weights = text(options, 'weights')
  const elsewhere = weights ? { lens: `${weights}/lens`, inverter: `${weights}/inverter` } : {}
  for (const folder of Object.values(elsewhere)) if (!existsSync(folder)) throw new Error(`There is no ${folder}.`)
  return nodeModel({ threads: number(options, 'threads', 1), elsewhere })
}
