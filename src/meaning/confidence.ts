import type { Confidence, Nearness } from './types.ts'
import { cosine, dot, row } from './vector.ts'

/** What a landing's confidence is judged by. */
export interface Landing {
  /** Achieved share of the asked movement along the move (see `moves/measure.ts`). */
  progress: number
  /** cos(landing, asked). */
  cosine: number
  /** 1 − cosine of the *asked* place to the nearest real passage known: how far off the corpus the wish is. */
  distance: number
  /** Mean cosine among the candidates: do they say the same? 1 for a single one. */
  agreement: number
  /** Mean log-probability a token (natural log); NaN where the inverter did not score the text. */
  fluency: number
}

/** A logistic model of "this landing is a good one", as `models/inverter/card.json` carries it under `calibration.pulls` and `.places`. */
export interface Calibration {
  coefficients: {
    intercept: number
    /** On |1 − progress|, held to [0, 2]. */
    progress: number
    cosine: number
    distance: number
    agreement: number
    fluency: number
  }
  /** From these values on, the words 'close' and 'near' are said; below, 'off the map'. */
  thresholds: { close: number; near: number }
  /** Used where a text has no log-probability. */
  typicalFluency: number
  /** How many landings it was fitted on; 0 for the default. */
  n: number
}

/**
 * Used until a card brings fitted coefficients. They are chosen, not measured, and err on the side of doubt. A landing
 * .3 from the nearest passage, with candidates that agree (.9) and fluent text (−2.5), comes out at .74 ("close") with
 * 90 % of the progress and cosine .9 to the place asked; at .37 ("near") with half of it and .75; at .09 ("off the
 * map") with none of it and .6.
 */
export const cautious: Calibration = {
  coefficients: { intercept: -3.9, progress: -2, cosine: 5.3, distance: -1.5, agreement: 1.5, fluency: 0.2 },
  thresholds: { close: 0.65, near: 0.3 },
  typicalFluency: -2.5,
  n: 0,
}

/** Pulls of a passage, and places in the open or between passages, are judged each by their own landings. */
export interface Calibrations {
  pulls: Calibration
  places: Calibration
}

/** What an inverter's card says under `calibration`; the cautious default for what it has not whole. */
export function parseCalibrations(card: unknown): Calibrations {
  const given = (card as { calibration?: Partial<Record<keyof Calibrations, unknown>> } | null)?.calibration
  return { pulls: parseCalibration(given?.pulls), places: parseCalibration(given?.places) }
}

function parseCalibration(found: unknown): Calibration {
  const given = found as Partial<Calibration> | undefined
  const names = Object.keys(cautious.coefficients) as (keyof Calibration['coefficients'])[]
  const whole =
    given?.coefficients && given.thresholds && names.every((name) => Number.isFinite(given.coefficients?.[name]))
  return whole ? { ...cautious, ...(given as Calibration) } : cautious
}

/** The calibrated chance that a landing is a good one, and the word for it. */
export function confidence(landing: Landing, calibration: Calibration = cautious): Confidence {
  const c = calibration.coefficients
  const fluency = Number.isFinite(landing.fluency) ? landing.fluency : calibration.typicalFluency
  const sum =
    c.intercept +
    c.progress * Math.min(2, Math.abs(1 - landing.progress)) +
    c.cosine * landing.cosine +
    c.distance * landing.distance +
    c.agreement * landing.agreement +
    c.fluency * Math.max(-8, fluency)
  const value = 1 / (1 + Math.exp(-sum))
  return { value, word: wordFor(value, calibration) }
}

export function wordFor(value: number, { thresholds }: Calibration = cautious): Nearness {
  return value >= thresholds.close ? 'close' : value >= thresholds.near ? 'near' : 'off the map'
}

/** 1 − the largest cosine of a vector to any row of a table of unit vectors; 1 for an empty table. */
export function distanceToCorpus(vector: Float32Array, table: Float32Array): number {
  let best = 0
  for (let i = 0; i < table.length / vector.length; i++)
    best = Math.max(best, dot(vector, row(table, i, vector.length)))
  return 1 - best
}

/** Mean cosine over all pairs of vectors; 1 where there are fewer than two. */
export function agreement(vectors: Float32Array[]): number {
  let sum = 0
  let pairs = 0
  for (let i = 0; i < vectors.length; i++) {
    for (let j = i + 1; j < vectors.length; j++, pairs++) sum += cosine(vectors[i], vectors[j])
  }
  return pairs ? sum / pairs : 1
}
