import { Color, DataTexture, FloatType, NearestFilter, RGBFormat, Vector2, Vector3 } from 'three'
import { labelDmm } from '../comfort.ts'
import { PLACES_PER_LINE, positionsBuffer } from './positions.ts'
import { themeColours } from './theme.ts'

function makePlaces(data: Float32Array): DataTexture {
  const lines = data.length / 3 / PLACES_PER_LINE
  const texture = new DataTexture(data, PLACES_PER_LINE, lines, RGBFormat, FloatType)
  // three maps RGB floats to no sized format by itself; RGB32F can be read (not drawn to) everywhere in WebGL 2.
  texture.internalFormat = 'RGB32F'
  texture.minFilter = NearestFilter
  texture.magFilter = NearestFilter
  texture.needsUpdate = true
  return texture
}

const raw = () => new Color()

/** What all shaders of the space share. Colours are plain sRGB numbers: the shaders write them as they are. */
export const shared = {
  places: { value: makePlaces(positionsBuffer.current) },
  ground: { value: raw() },
  ink: { value: raw() },
  accent: { value: raw() },
  thread: { value: raw() },
  hairline: { value: raw() },
  /** A node's radius in space units. */
  radius: { value: 0.02 },
  /** What one CSS pixel spans at distance 1, in view units: the size of hairlines and labels. */
  pixel: { value: 0.001 },
  /** Where the fog begins and is full, in space units from the eye, and how much it takes at most. */
  fog: { value: new Vector3(1, 4, 0.72) },
  /** Nothing nearer to the eye than this is drawn, and it fades before, in view units. */
  nearFade: { value: new Vector2(0.05, 0.12) },
  /** Device pixels of the view, and how many make a CSS pixel, for snapping labels; 0 = do not snap (headset). */
  viewport: { value: new Vector3(0, 0, 1) },
}

/** A label's letters are about this many pixels from ascender to descender: what must span the label's size. */
const LETTER_PIXELS = 13

/**
 * A headset has no pixels to speak of: there one is the angle (tangent) that gives letters 13 dmm, 0.73°: comfortable
 * where {@link labelDmm} is the least (Microsoft mixed-reality typography: 0.65–0.8°).
 */
export const headsetPixel = (labelDmm * 1.6) / 1000 / LETTER_PIXELS

/** three would convert hex colours to linear light; these are for shaders that do no light at all. */
export function rawColour(target: Color, hex: string): Color {
  const value = Number.parseInt(hex.slice(1), 16)
  target.r = (value >> 16) / 255
  target.g = ((value >> 8) & 255) / 255
  target.b = (value & 255) / 255
  return target
}

export function readTheme(): void {
  const colours = themeColours()
  rawColour(shared.ground.value, colours.ground)
  rawColour(shared.ink.value, colours.ink)
  rawColour(shared.accent.value, colours.accent)
  rawColour(shared.thread.value, colours.thread)
  rawColour(shared.hairline.value, colours.hairline)
}
readTheme()

let sent = -1

/** Give the newest places to the graphics card, if they changed. */
export function sendPlaces(): void {
  const { current, version, nodes } = positionsBuffer
  if (version === sent) return
  sent = version
  if (shared.places.value.image.data !== current) {
    shared.places.value.dispose()
    shared.places.value = makePlaces(current)
  }
  shared.places.value.needsUpdate = true
  // Discs thin out as the cloud fills: the same share of the space for few and for many.
  shared.radius.value = Math.min(0.03, Math.max(0.0075, 0.02 * Math.cbrt(320 / Math.max(1, nodes))))
}

/** GLSL: the place of a row, fog, and near fade. */
export const shaderCommon = /* glsl */ `
uniform sampler2D places;
uniform vec3 ground, ink, accent, thread, hairline;
uniform float radius, pixel;
uniform vec3 fog, viewport;
uniform vec2 nearFade;
vec3 placeOf(int row) { return texelFetch(places, ivec2(row % ${PLACES_PER_LINE}, row / ${PLACES_PER_LINE}), 0).xyz; }
float spaceScale() { return length(modelViewMatrix[0].xyz); }
float fogAt(float distance) { return smoothstep(fog.x, fog.y, distance) * fog.z; }
`
