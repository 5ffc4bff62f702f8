import { DoubleSide, ShaderMaterial } from 'three'
import { shaderCommon, shared } from '../frame.ts'

export type Ends = 'rows' | 'points'

/**
 * Camera-facing hairlines of constant width in pixels, tapered from `shape.x` to `shape.y`, dotted where `shape.z` > 0
 * (the length of a dot and its gap in pixels), bowed by `shape.w` of their length. Their ends are rows of the places
 * (so that they follow everything that moves), or points.
 */
const vertexShader = (ends: Ends) => /* glsl */ `
${shaderCommon}
${ends === 'rows' ? 'in vec2 rows;' : 'in vec3 from; in vec3 to;'}
in vec4 shape;
in vec4 paint;
uniform float trim;      // how far from either end a line begins, in node radii
uniform vec4 focus;      // xy: the line numbers that are lit, z: reach in lines (0 = no focus), w: gain
out vec4 tint;
out float haze;
out float run;           // pixels along the line
flat out float dot_;
out float across;
flat out float halfWidth;

void main() {
  ${ends === 'rows' ? 'vec3 a = placeOf(int(rows.x + 0.5)); vec3 b = placeOf(int(rows.y + 0.5));' : 'vec3 a = from; vec3 b = to;'}
  vec3 whole = b - a;
  float size = max(length(whole), 1e-6);
  float cut = min(0.45, trim * radius / size);
  float t = mix(cut, 1.0 - cut, position.x);
  // Bowed away from the middle of the space, so that a filament clears the cloud.
  vec3 outward = (a + b) * 0.5;
  outward -= whole * dot(outward, whole) / (size * size);
  outward = length(outward) > 1e-3 ? normalize(outward) : normalize(cross(whole, vec3(0.31, 0.94, 0.12)));
  float bow = shape.w * size;
  vec3 point = a + whole * t + outward * bow * 4.0 * t * (1.0 - t);
  vec3 along = whole + outward * bow * 4.0 * (1.0 - 2.0 * t);
  vec4 view = modelViewMatrix * vec4(point, 1.0);
  vec3 run3 = (modelViewMatrix * vec4(along, 0.0)).xyz;
  vec3 side = cross(run3, view.xyz);
  side = length(side) > 1e-9 ? normalize(side) : vec3(1.0, 0.0, 0.0);
  float perPixel = pixel * max(-view.z, 1e-3);
  float width = mix(shape.x, shape.y, t);
  // At least a pixel wide with a soft edge; thinner lines are fainter instead.
  halfWidth = max(width, 1.0) * 0.5 + 0.75;
  across = position.y * halfWidth;
  view.xyz += side * across * perPixel;
  gl_Position = projectionMatrix * view;
  float distance = -view.z / spaceScale();
  haze = fogAt(distance);
  tint = paint;
  tint.a *= min(width, 1.0) * smoothstep(nearFade.x, nearFade.y, -view.z);
  float number = float(gl_InstanceID);
  float near = focus.z > 0.0 ? exp(-min(abs(number - focus.x), abs(number - focus.y)) / focus.z) : 0.0;
  tint.a = min(1.0, tint.a * (1.0 + focus.w * near));
  tint.rgb = mix(tint.rgb, ink, near * 0.6);
  run = t * length(run3) / perPixel;
  dot_ = shape.z;
}
`

const fragmentShader = /* glsl */ `
uniform vec3 ground;
uniform float strength;
in vec4 tint;
in float haze;
in float run;
flat in float dot_;
in float across;
flat in float halfWidth;
out vec4 colour;

void main() {
  float alpha = tint.a * strength * clamp(halfWidth - abs(across), 0.0, 1.0);
  if (dot_ > 0.0) {
    float phase = abs(fract(run / dot_) - 0.5) * dot_;
    alpha *= 1.0 - smoothstep(dot_ * 0.22 - 0.6, dot_ * 0.22 + 0.6, phase);
  }
  alpha *= 1.0 - haze * 0.75;
  if (alpha < 0.004) discard;
  colour = vec4(mix(tint.rgb, ground, haze * 0.5), alpha);
}
`

export function makeLineMaterial(ends: Ends): ShaderMaterial {
  return new ShaderMaterial({
    name: `lines-by-${ends}`,
    glslVersion: '300 es',
    vertexShader: vertexShader(ends),
    fragmentShader,
    uniforms: { ...shared, trim: { value: 1.15 }, focus: { value: [0, 0, 0, 0] }, strength: { value: 1 } },
    transparent: true,
    depthWrite: false,
    side: DoubleSide,
    toneMapped: false,
  })
}
