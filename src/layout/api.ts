import type { MapLayout, Vec3 } from '../meaning/types.ts'

export interface LayoutOptions {
  seed?: number
  neighbours?: number
  minDist?: number
  /** Positions as they settle (n×3, transferred), at 10 Hz or better; the first are the PCA view. */
  stream?: (positions: Float32Array, progress: number) => void
  signal?: AbortSignal
}

/** What the layout worker offers, as its typed client shows it. */
export interface LayoutClient {
  /** n×384 unit vectors → map. Deterministic for the same input, parameters and build. */
  map(vectors: Float32Array, options?: LayoutOptions): Promise<MapLayout>
  /** More passages: old ones held, new ones placed by their neighbours and a few epochs. `vectors` are all n+m rows. */
  extend(old: MapLayout, oldCount: number, vectors: Float32Array, options?: LayoutOptions): Promise<MapLayout>
  /** Where a vector would stand in the map: kernel mean of its true neighbours' places. */
  place(vectors: Float32Array, map: MapLayout, vector: Float32Array): Promise<Vec3>
}
