import { AddEquation, CustomBlending, OneFactor, ShaderMaterial, ZeroFactor } from 'three'
import { shaderCommon, shared } from './frame.ts'

/** Below this angle (tangent of the radius) a disc does not shrink further: far nodes stay visible and can be hit. */
const LEAST = Math.tan((0.11 * Math.PI) / 180)

const vertexShader = /* glsl */ `
${shaderCommon}
in vec4 tint;
in vec4 state;
out vec2 at;          // from the centre, 1 = the disc's edge
out vec3 body;
flat out float ring;
out float haze;
out float presence;
flat out float edge;

void main() {
  int row = gl_InstanceID;
  float scale = spaceScale();
  vec4 view = modelViewMatrix * vec4(placeOf(row), 1.0);
  float distance = -view.z;
  ring = floor(state.x * 255.0 + 0.5);
  float lit = tint.a;
  float size = state.y * 255.0 / 128.0 * mix(0.72, 1.0, lit);
  float disc = max(radius * scale, ${LEAST.toFixed(6)} * distance) * size;
  // Room around the disc for the ring: in pixels, so that it is seen at any distance.
  float room = ring > 0.5 ? 8.0 * pixel * distance : 0.0;
  edge = pixel * distance / disc;
  at = position.xy * (disc + room + pixel * distance) / disc;
  view.xy += at * disc;
  gl_Position = projectionMatrix * view;
  haze = fogAt(distance / scale);
  presence = smoothstep(nearFade.x, nearFade.y, distance);
  body = mix(mix(ground, tint.rgb, 0.28), tint.rgb, lit);
}
`

const fragmentShader = /* glsl */ `
uniform vec3 ground, ink, accent;
in vec2 at;
in vec3 body;
flat in float ring;
in float haze;
in float presence;
flat in float edge;
out vec4 colour;

void main() {
  float r = length(at);
  float soft = max(fwidth(r), 1e-4);
  float disc = 1.0 - smoothstep(1.0 - soft, 1.0 + soft * 0.25, r);
  // Matte: a breath lighter where light would fall (upper left), a breath darker away from it, and a soft rim.
  float light = dot(at, vec2(-0.42, 0.55));
  vec3 tone = body * (1.0 + 0.10 * light);
  tone = mix(tone, ground, 0.26 * smoothstep(0.55, 1.05, r));
  vec3 mixed = mix(tone, ground, haze);
  float alpha = disc;
  if (ring > 0.5) {
    // In shares of the disc, but never thinner or wider than these many pixels.
    float inner = 1.0 + (ring > 1.5 ? clamp(0.28, 1.6 * edge, 4.0 * edge) : clamp(0.16, 0.8 * edge, 2.5 * edge));
    float width = ring > 3.5 ? clamp(0.26, 2.0 * edge, 3.2 * edge) : clamp(0.14, 1.3 * edge, 1.8 * edge);
    float band = smoothstep(inner - soft, inner, r) * (1.0 - smoothstep(inner + width - soft * 0.5, inner + width + soft * 0.5, r));
    vec3 line = mix(ring > 2.5 || ring < 1.5 ? accent : ink, ground, haze * 0.5);
    // Between disc and ring the ground shows, so that the ring is read against whatever lies behind.
    float casing = 1.0 - smoothstep(inner + width - soft * 0.5, inner + width + soft * 0.5, r);
    mixed = mix(mix(ground, mixed, disc), line, band);
    alpha = casing;
  }
  alpha *= presence;
  if (alpha < 0.02) discard;
  colour = vec4(mixed, alpha);
}
`

/** Soft matte discs that face the eye; smooth edges by alpha to coverage, so that depth needs no sorting. */
export function makeCloudMaterial(): ShaderMaterial {
  return new ShaderMaterial({
    name: 'cloud',
    glslVersion: '300 es',
    vertexShader,
    fragmentShader,
    uniforms: shared,
    alphaToCoverage: true,
    // Alpha is for coverage alone: the picture stays opaque, or the page would shine through at every edge.
    blending: CustomBlending,
    blendEquation: AddEquation,
    blendSrc: OneFactor,
    blendDst: ZeroFactor,
    blendSrcAlpha: ZeroFactor,
    blendDstAlpha: OneFactor,
    toneMapped: false,
  })
}
