/**
 * The words of Noema as types. Everything here is plain data: typed arrays and records, no behaviour.
 * Vectors are float32 of {@link DIMENSIONS} numbers and unit length unless said otherwise.
 */

/** Length of an embedding (all-MiniLM-L6-v2). */
export const DIMENSIONS = 384

export type Vec3 = [number, number, number]

/** A half-open range [start, end) of UTF-16 units in a document's decoded text. */
export interface Span {
  start: number
  end: number
}

export type Grain = 'sentence' | 'paragraph'

export type PassageKind = 'prose' | 'heading' | 'item' | 'verse' | 'speech' | 'quote' | 'code'

/** One sentence or paragraph of a document. `text` is exactly `document.text.slice(span.start, span.end)`. */
export interface Passage {
  /** Stable: made from the document's id, the text and its occurrence, so that an edit elsewhere leaves it alone. */
  id: string
  span: Span
  text: string
  kind: PassageKind
  /** Index into `Document.sections` of the heading this passage stands under; -1 before the first heading. */
  section: number
  /** Index of the paragraph the passage belongs to, counted over the document. */
  paragraph: number
}

export interface Section {
  title: string
  level: number
  span: Span
}

/** An imported text. Joining passages' spans and the gaps between them gives `text` back exactly. */
export interface Document {
  id: string
  title: string
  /** The file's name, or 'pasted'. */
  origin: string
  format: 'text' | 'markdown'
  encoding: string
  /** The file's own bytes, never altered. */
  bytes: Uint8Array
  /** The decoded text that all spans refer to. */
  text: string
  grain: Grain
  passages: Passage[]
  sections: Section[]
  /** Plain-worded remarks to the person: "Most of this text is not English…". */
  notices: string[]
}

export type FeatureKind = 'probe' | 'learned' | 'contrast'

export interface Quantiles {
  p01: number
  p05: number
  p25: number
  p50: number
  p75: number
  p95: number
  p99: number
}

/** A direction in embedding space with a name, a calibration, its evidence and its reliability. */
export interface Feature {
  id: string
  name: string
  kind: FeatureKind
  /** What the negative and the positive end mean, in words: ['past', 'present']. */
  poles: [string, string]
  /** Unit vector d; it reads and it moves. */
  direction: Float32Array
  /** Calibration of raw projections d·e over the reference corpus. */
  mean: number
  sigma: number
  quantiles: Quantiles
  /** What real minimal pairs move along d, in σ: the default amount of a pull. */
  naturalStep: number
  /** Median cos(Δ, d) of real minimal pairs: how purely the feature can be pulled. */
  purity: number
  reliability: { auc: number; shuffledAuc: number; selectivity: number; n: number; split: string }
  evidence: { low: string[]; high: string[] }
  source: string
}

/** A word the lens reads at a point, and its score (a probability by sigmoid). */
export type Word = [word: string, score: number]

/** A change of one embedding. Amounts are in σ of the feature unless said otherwise. */
export type Move =
  | { kind: 'translate'; feature: string; sigma: number; held?: string[] }
  /** Along several shown axes at once: how many σ on each. */
  | { kind: 'axes'; sigmas: Record<string, number> }
  /** A free pull in the map, from and to in layout coordinates. */
  | { kind: 'free'; from: Vec3; to: Vec3 }
  /** Away from the document's mean direction (radians along the arc), or along a held feature (σ). */
  | { kind: 'stretch'; angle: number; feature?: string; sigma?: number }
  /** Spherical interpolation towards another node; 0 = this, 1 = the other, beyond exaggerates. */
  | { kind: 'blend'; other: string; amount: number }
  /** A point on the sheet through 3–4 anchors, by weights that sum to 1. */
  | { kind: 'slice'; anchors: string[]; weights: number[] }
  /** Feature gains in σ over a span of the document. */
  | { kind: 'equalise'; gains: Record<string, number>; span: [first: number, last: number] }
  /** The person's own wording. */
  | { kind: 'hand' }

export type Writer = 'inverter' | 'search' | 'source' | 'hand' | 'echo'

/** One proposed text for a moved embedding. */
export interface Candidate {
  text: string
  vector: Float32Array
  writer: Writer
  /** cos(vector, asked). */
  cosine: number
  /** Achieved share of the asked movement along the move: 1 = all of it, 0 = none, < 0 = the wrong way. */
  progress: number
  /** cos of the parts orthogonal to the move: how much of what was not touched is kept. */
  kept: number
  /** Mean log-probability a token under the inverter (natural log), where it wrote or scored the text. */
  fluency: number
  /** 1 − normalised edit distance to the source's wording, 0…1. */
  closeness: number
  /** The combined rank score; higher is better. */
  score: number
  /** How sure one may be of it, were it chosen; not known of those kept in older projects. */
  confidence?: Confidence
}

export type Nearness = 'close' | 'near' | 'off the map'

/** Calibrated chance that the landing is a good one, and the word for it. */
export interface Confidence {
  value: number
  word: Nearness
}

/** A new node made by a move. The original stays where it was. */
export interface Branch {
  id: string
  /** The passage or branch it grew from. */
  parent: string
  name?: string
  move: Move
  text: string
  writer: Writer
  /** The embedding asked for, and the one reached (of `text`). */
  asked: Float32Array
  landing: Float32Array
  /** The place asked for, and the landing's place, in map coordinates. */
  askedAt: Vec3
  landedAt: Vec3
  candidates: Candidate[]
  confidence: Confidence
  /** Real passages of the document nearest to the asked place, by id. */
  echoes: string[]
  /** Per-feature asked and achieved activations in σ. */
  figures: Record<string, { before: number; asked: number; achieved: number }>
  /** Milliseconds from the asking to the first candidate and to the settled choice. */
  timing: { first: number; settled: number }
  /** ISO date of its making. */
  made: string
  /** True where the branch's text takes the passage's place in the exported document. */
  adopted: boolean
  /** Where the passage it grew from stood in the source, noted when the text is cut anew. */
  stood?: { document: string; span: Span }
}

/** Vectors by row: `ids[i]` has `vectors.subarray(i * DIMENSIONS, (i + 1) * DIMENSIONS)`. */
export interface VectorTable {
  ids: string[]
  vectors: Float32Array
}

export interface Quality {
  /** 0…1 at k = 15: are the map's neighbours true ones; are true neighbours kept. */
  trustworthiness: number
  continuity: number
  /** Per passage: the share of its 15 map neighbours that are among its true 15. */
  perPassage: Float32Array
}

/** The stored map: never recomputed to reopen. */
export interface MapLayout {
  /** n×3 in the order of the vector table; centred, scaled so that the 98th percentile of radius is 1. */
  positions: Float32Array
  /** n×k rows of the exact cosine neighbours, nearest first (without the passage itself). */
  neighbours: Uint32Array
  k: number
  quality: Quality
  parameters: {
    seed: number
    neighbours: number
    minDist: number
    epochs: number
    method: string
    /** Units of UMAP's own plane for one unit of the map: needed to go on with the same layout. */
    scale?: number
  }
}
