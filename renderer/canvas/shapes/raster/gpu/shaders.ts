import { BOX, CIRCLE, LINE } from './primitives.ts'

// Both follow what `rasterBlock.ts`, `strokeLine.ts` and `fillRings.ts` do, so that a picture looks the same whichever way it was made.

/** Texels in a row of the textures that hold points and shapes. */
export const ROW = 1024

export const VERTEX_SHADER = `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;
precision highp usampler2D;

layout(location = 0) in uvec4 primitive;
uniform sampler2D points;   // x, y in image pixels
uniform sampler2D bounds;   // middle x, middle y, width, height in image pixels
uniform usampler2D looks;   // red, green, blue from the low byte; above them 255 if the shape is shown
uniform vec4 turn;          // a, b, c, d of the map to pixels of the picture
uniform vec4 origin;        // a place in the image near the view, and where it lies in the picture
uniform vec2 size;
uniform float scale, outlineWidth, dotRadius, detailFrom, leastSize, fillOpacity;

flat out uint kind;
flat out vec4 color;        // opacity of the fill in the last
flat out vec4 line;         // a line as u, v of both ends, u rising; or a circle's middle
flat out float upright;     // 1 where u is y

const float CAP = 0.25;
const vec2 CORNERS[6] = vec2[6](vec2(0, 0), vec2(1, 0), vec2(0, 1), vec2(0, 1), vec2(1, 0), vec2(1, 1));

ivec2 texel(uint number) { return ivec2(int(number % ${ROW}u), int(number / ${ROW}u)); }

// Large image coordinates lose their fractions if they are not brought near zero first.
vec2 placed(vec2 point) {
  vec2 near = point - origin.xy;
  return vec2(turn.x * near.x + turn.z * near.y, turn.y * near.x + turn.w * near.y) + origin.zw;
}
vec2 placeOf(uint point) { return placed(texelFetch(points, texel(point), 0).xy); }
void put(vec2 place) { gl_Position = vec4(2.0 * place.x / size.x - 1.0, 1.0 - 2.0 * place.y / size.y, 0.0, 1.0); }
float whole(float value) { return floor(value + 0.5); }

void putBox(vec2 middle, vec2 extent, vec2 corner) {
  vec2 across = abs(turn.x) >= abs(turn.y) ? extent : extent.yx;
  vec2 sides = floor(max(vec2(leastSize), across) + 0.5);
  put(floor(middle - sides / 2.0 + 0.5) + corner * sides);
}

void putLine(vec2 from, vec2 to, vec2 corner) {
  vec2 step = abs(to - from);
  upright = step.x >= step.y ? 0.0 : 1.0;
  if (upright > 0.5) { from = from.yx; to = to.yx; }
  line = from.x <= to.x ? vec4(from, to) : vec4(to, from);
  float slope = line.z == line.x ? 0.0 : (line.w - line.y) / (line.z - line.x);
  float reach = outlineWidth / 2.0 * sqrt(1.0 + slope * slope) + 0.5;
  float u = corner.x < 0.5 ? line.x - CAP : line.z + CAP;
  vec2 place = vec2(u, line.y + (u - line.x) * slope + (corner.y < 0.5 ? -reach : reach));
  put(upright > 0.5 ? place.yx : place);
}

void main() {
  kind = primitive.w;
  line = vec4(0.0);
  upright = 0.0;
  uint look = texelFetch(looks, texel(primitive.x), 0).r;
  color = vec4(vec3(look & 255u, (look >> 8) & 255u, (look >> 16) & 255u) / 255.0, 1.0);
  vec4 bound = texelFetch(bounds, texel(primitive.x), 0);
  vec2 extent = bound.zw * scale;
  bool small = max(extent.x, extent.y) < detailFrom;
  vec2 corner = CORNERS[gl_VertexID];
  gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  if ((look >> 24) == 0u) return;
  if (kind == ${CIRCLE}u) {
    line.xy = placed(bound.xy);
    put(line.xy + (2.0 * corner - 1.0) * (dotRadius + outlineWidth / 2.0 + 1.0));
  } else if (kind == ${BOX}u) {
    if (small) putBox(placed(bound.xy), extent, corner);
  } else if (small) {
    return;
  } else if (kind == ${LINE}u) {
    putLine(placeOf(primitive.y), placeOf(primitive.z), corner);
  } else {
    color.a = fillOpacity;
    put(placeOf(gl_VertexID == 1 ? primitive.z : gl_VertexID == 2 ? primitive.w : primitive.y));
  }
}`

export const FRAGMENT_SHADER = `#version 300 es
precision highp float;
precision highp int;

flat in uint kind;
flat in vec4 color;
flat in vec4 line;
flat in float upright;
uniform vec2 size;
uniform float outlineWidth, dotRadius, fillOpacity;
out vec4 pixel;

float share(float value) { return clamp(value, 0.0, 1.0); }

float coveredByLine(vec2 place) {
  if (upright > 0.5) place = place.yx;
  float slope = line.z == line.x ? 0.0 : (line.w - line.y) / (line.z - line.x);
  float middle = line.y + (place.x - line.x) * slope;
  float reach = outlineWidth / 2.0 * sqrt(1.0 + slope * slope);
  return share(min(place.y + 0.5, middle + reach) - max(place.y - 0.5, middle - reach));
}

float coveredByCircle(vec2 place) {
  float away = distance(place, line.xy);
  float inner = dotRadius - outlineWidth / 2.0;
  float outline = share(dotRadius + outlineWidth / 2.0 + 0.5 - away) * share(away - inner + 0.5);
  return max(outline, away < inner ? fillOpacity : 0.0);
}

void main() {
  vec2 place = vec2(gl_FragCoord.x, size.y - gl_FragCoord.y);
  float opacity = color.a;
  if (kind == ${LINE}u) opacity = coveredByLine(place);
  else if (kind == ${CIRCLE}u) opacity = coveredByCircle(place);
  pixel = vec4(color.rgb * opacity, opacity);
}`
