import { transfer } from 'comlink'
import { placeByNeighbours } from '../meaning/layout/place.ts'
import { extendSteps, type LayoutParameters, type MapSteps, mapSteps } from '../meaning/layout/umap.ts'
import { qualitySteps } from '../meaning/quality.ts'
import type { MapLayout, Vec3 } from '../meaning/types.ts'
import { drive } from './drive.ts'

export type Stream = (positions: Float32Array, progress: number) => void

/** The quality is measured after the map; on this many rows at most while the person waits. */
const JUDGED_ROWS = 2_000

/**
 * What runs in the layout worker. Vectors come in pieces beforehand (`put`) and are named by a number afterwards, so
 * that no single message is large and none is sent twice.
 */
export class LayoutService {
  private readonly tables = new Map<number, Float32Array>()
  private readonly stopped = new Set<number>()

  put(table: number, length: number, offset: number, part: Float32Array): void {
    if (!this.tables.has(table)) this.tables.set(table, new Float32Array(length))
    this.tables.get(table)?.set(part, offset)
  }

  drop(table: number): void {
    this.tables.delete(table)
  }

  stop(job: number): void {
    this.stopped.add(job)
  }

  map(job: number, table: number, parameters: LayoutParameters, stream?: Stream): Promise<MapLayout> {
    const vectors = this.table(table)
    return this.work(job, vectors, mapSteps(vectors, parameters), stream)
  }

  extend(
    job: number,
    old: MapLayout,
    oldCount: number,
    table: number,
    parameters: LayoutParameters,
    stream?: Stream,
  ): Promise<MapLayout> {
    const vectors = this.table(table)
    return this.work(job, vectors, extendSteps(old, oldCount, vectors, parameters), stream)
  }

  place(table: number, positions: number, vector: Float32Array): Vec3 {
    return placeByNeighbours(this.table(table), { positions: this.table(positions) }, vector)
  }

  private async work(job: number, vectors: Float32Array, steps: MapSteps, stream?: Stream): Promise<MapLayout> {
    const aborted = () => this.stopped.has(job)
    try {
      const settled = await drive(steps, {
        aborted,
        stream: stream && ((positions, progress) => stream(transfer(positions, [positions.buffer]), progress)),
      })
      const cosines = new Float32Array(0)
      const neighbours = { k: settled.k, indices: settled.neighbours, cosines }
      const judging = qualitySteps(vectors, settled.positions, neighbours, { most: JUDGED_ROWS })
      const quality = await drive(judging, { aborted })
      const buffers = [settled.positions.buffer, settled.neighbours.buffer, quality.perPassage.buffer]
      return transfer({ ...settled, quality }, buffers)
    } finally {
      this.stopped.delete(job)
    }
  }

  private table(id: number): Float32Array {
    const table = this.tables.get(id)
    if (!table) throw new Error('The layout worker was asked about vectors it was never given.')
    return table
  }
}
