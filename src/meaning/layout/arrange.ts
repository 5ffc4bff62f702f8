/** One unit of the space along an axis is this many σ: grid lines stand a third of a unit apart. */
export const SIGMAS_PER_UNIT = 3

/**
 * Displayed coordinates: the map, the axes, or any blend between them.
 * @param map n×3 map coordinates
 * @param activations n×`featureCount` in σ
 * @param axes feature index along x, y and z; −1 where none is chosen: there the map's own coordinate stays
 * @param blend 0 = map, 1 = axes
 * @param out n×3, written and returned
 */
export function arrange(
  map: Float32Array,
  activations: Float32Array,
  featureCount: number,
  axes: readonly [number, number, number],
  blend: number,
  out: Float32Array,
): Float32Array {
  const n = map.length / 3
  for (let axis = 0; axis < 3; axis++) {
    const feature = axes[axis]
    for (let i = 0, at = axis; i < n; i++, at += 3) {
      const own = map[at]
      const read = feature < 0 ? own : activations[i * featureCount + feature] / SIGMAS_PER_UNIT
      out[at] = own + blend * (read - own)
    }
  }
  return out
}
