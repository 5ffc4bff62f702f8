import type { Feature } from '../meaning/types.ts'
import { allFeatures } from '../state/features.ts'
import { type View, viewStore } from '../state/view.ts'

/** The features under the keys 1 to 9: x, y and z as shown, then the person's own, then the others as listed. */
export function numbered({ x, y, z }: View['axes'], features: Feature[]): string[] {
  const ids = features.map(({ id }) => id)
  const shown = [x, y, z].filter((id): id is string => id !== null && ids.includes(id))
  const own = features.flatMap(({ id, kind }) => (kind === 'contrast' ? id : []))
  return [...new Set([...shown, ...own, ...ids])].slice(0, 9)
}

export const numberedFeatures = (): string[] => numbered(viewStore.getState().axes, allFeatures())

/** The digit that holds a feature, or null where none does. */
export function digitOf(feature: string, order: string[]): string | null {
  const index = order.indexOf(feature)
  return index < 0 ? null : String(index + 1)
}
