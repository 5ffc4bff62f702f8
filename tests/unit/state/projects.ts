import { readFile } from '../../../src/document/read.ts'
import { type Branch, DIMENSIONS, type Feature } from '../../../src/meaning/types.ts'
import type { Project } from '../../../src/state/project.ts'

/** Repeatable numbers (mulberry32), so that failures can be looked at again. */
export function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export function unitVectors(count: number, seed: number): Float32Array {
  const next = numbers(seed)
  const all = Float32Array.from({ length: count * DIMENSIONS }, () => next() - 0.5)
  for (let row = 0; row < count; row++) {
    const vector = all.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS)
    const norm = Math.hypot(...vector)
    for (let i = 0; i < DIMENSIONS; i++) vector[i] /= norm
  }
  return all
}

export function aBranch(id: string, parent: string, text: string, extra: Partial<Branch> = {}): Branch {
  const vector = unitVectors(4, id.length + text.length)
  const row = (i: number) => vector.slice(i * DIMENSIONS, (i + 1) * DIMENSIONS)
  return {
    id,
    parent,
    move: { kind: 'translate', feature: 'formality', sigma: 2 },
    text,
    writer: 'inverter',
    asked: row(0),
    landing: row(1),
    askedAt: [0.1, -1 / 3, Math.PI],
    landedAt: [0, 1e-12, 2],
    candidates: [2, 3].map((i) => ({
      text: `${text} ${i}`,
      vector: row(i),
      writer: 'inverter',
      cosine: 0.9,
      progress: 0.5,
      kept: 0.8,
      fluency: i === 2 ? Number.NEGATIVE_INFINITY : Number.NaN,
      closeness: 0.7,
      score: 1,
    })),
    confidence: { value: 0.7, word: 'near' },
    echoes: [parent],
    figures: { formality: { before: -1, asked: 1, achieved: 0.4 } },
    timing: { first: 300, settled: 1200 },
    made: '2026-01-02T03:04:05.678Z',
    adopted: false,
    ...extra,
  }
}

/** A project with everything in it. */
export function aProject(text = '# Head\n\nOne is here. Two — “zwölf” 🌍.\n\n- three\n', id = 'a-project'): Project {
  const document = readFile(new TextEncoder().encode(`\ufeff${text}`), 'note.md')
  const ids = document.passages.map((passage) => passage.id)
  const count = ids.length
  const next = numbers(7)
  const contrast: Feature = {
    id: 'mine',
    name: 'Mine',
    kind: 'contrast',
    poles: ['this', 'that'],
    direction: unitVectors(1, 3),
    mean: 0.01,
    sigma: 0.05,
    quantiles: { p01: -3, p05: -2, p25: -1, p50: 0, p75: 1, p95: 2, p99: 3 },
    naturalStep: 1.5,
    purity: 0.3,
    reliability: { auc: 0.8, shuffledAuc: 0.5, selectivity: 0.3, n: 4, split: 'none' },
    evidence: { low: ['a'], high: ['b'] },
    source: 'made by hand',
  }
  return {
    id,
    name: 'A project',
    created: '2026-01-01T00:00:00.000Z',
    changed: '2026-01-02T00:00:00.000Z',
    documents: [document],
    vectors: { ids, vectors: unitVectors(count, 1) },
    map: {
      positions: Float32Array.from({ length: 3 * count }, () => 2 * next() - 1),
      neighbours: Uint32Array.from({ length: 2 * count }, (_, i) => (i + 1) % count),
      k: 2,
      quality: {
        trustworthiness: 0.93,
        continuity: Number.NaN,
        perPassage: Float32Array.from({ length: count }, next),
      },
      parameters: { seed: 1, neighbours: 15, minDist: 0.1, epochs: 200, method: 'umap', scale: 1.25 },
    },
    contrasts: [contrast],
    branches: [aBranch('b1', ids[1], 'One was there.'), aBranch('b2', 'b1', 'One had been there.')],
    models: { encoder: 'abc', inverter: 'def' },
  }
}
