import type { Matrix } from '../../../../shared/geometry/camera.ts'
import { fillRings } from './fillRings.ts'
import type { Rings } from './fillRings.ts'
import { scaleOf } from './inPixels.ts'
import type { RasterStyle } from './inPixels.ts'
import { BY_HAND, DOT, SURFACE } from './packedShapes.ts'
import { blend, fillBox } from './pixels.ts'
import type { Clip, Pixels } from './pixels.ts'
import type { Block } from './scene.ts'
import { strokeLine } from './strokeLine.ts'

/** Points of an outline that are nearer to each other than this are drawn as one, in device pixels; in small shapes, points may be further apart. */
const NEAREST = 1.25
const NEAREST_IN_SMALL = 2
const SMALL = 16
/** Beyond so many points or rings the rest of a shape is left out; what is larger is near enough to be drawn otherwise. */
const rings: Rings = { places: new Float32Array(2 * 65_536), starts: new Uint32Array(4096), count: 0 }
const extent = { minY: 0, maxY: 0 }

/**
 * Where the shapes of a block lie in a picture, four numbers each: left, top, right and bottom in pixels, as far as they can reach. `matrix` leads from image
 * pixels to pixels of the picture. A shape that is not to be drawn lies nowhere.
 */
export function placeBlock(block: Block, matrix: Matrix, style: RasterStyle): Float32Array {
  const reach = style.outlineWidth + style.dotRadius
  const places = new Float32Array(4 * block.count)
  for (let shape = 0; shape < block.count; shape += 1) {
    if (!block.isShown(shape) || block.shapes.kinds[shape] === BY_HAND) {
      places[4 * shape] = places[4 * shape + 1] = Infinity
      continue
    }
    const x = block.centerX(shape)
    const y = block.centerY(shape)
    const middleX = matrix.a * x + matrix.c * y + matrix.e
    const middleY = matrix.b * x + matrix.d * y + matrix.f
    const across = (Math.abs(matrix.a) * block.width(shape) + Math.abs(matrix.c) * block.height(shape)) / 2 + reach
    const down = (Math.abs(matrix.b) * block.width(shape) + Math.abs(matrix.d) * block.height(shape)) / 2 + reach
    places[4 * shape] = middleX - across
    places[4 * shape + 1] = middleY - down
    places[4 * shape + 2] = middleX + across
    places[4 * shape + 3] = middleY + down
  }
  return places
}

/** Draws the shapes of a block that lie in `clip`, bottom of the stack first; `places` and `matrix` as for `placeBlock`. */
export function rasterBlock(pixels: Pixels, clip: Clip, block: Block, places: Float32Array, matrix: Matrix, style: RasterStyle): void {
  const scale = scaleOf(matrix)
  for (let shape = 0; shape < block.count; shape += 1) {
    const left = places[4 * shape] ?? 0
    const top = places[4 * shape + 1] ?? 0
    const right = places[4 * shape + 2] ?? 0
    const bottom = places[4 * shape + 3] ?? 0
    if (top > clip.bottom || bottom < clip.top || left > clip.right || right < clip.left) continue
    const width = block.width(shape) * scale
    const height = block.height(shape) * scale
    const color = block.shapes.colors[shape] ?? 0
    if (block.shapes.kinds[shape] === DOT) drawDot(pixels, clip, (left + right) / 2, (top + bottom) / 2, style, color)
    else if (Math.max(width, height) < style.detailFrom) drawTiny(pixels, clip, (left + right) / 2, (top + bottom) / 2, width, height, matrix, style, color)
    else drawPaths(pixels, clip, block, shape, Math.max(width, height) < SMALL, matrix, style, color)
  }
}

/** A small shape is a filled box of at least `leastSize`. */
function drawTiny(pixels: Pixels, clip: Clip, x: number, y: number, width: number, height: number, { a, b }: Matrix, { leastSize }: RasterStyle, color: number): void {
  const upright = Math.abs(a) >= Math.abs(b)
  const across = whole(Math.max(leastSize, upright ? width : height))
  const down = whole(Math.max(leastSize, upright ? height : width))
  const left = whole(x - across / 2)
  const top = whole(y - down / 2)
  fillBox(pixels, clip, left, top, left + across, top + down, color)
}

/** The nearest whole number. `Math.round` makes -0 of what is just left of the edge, and code that was compiled for whole numbers has to be compiled again for it. */
function whole(value: number): number {
  return Math.round(value) | 0
}

function drawDot({ data, width, skipped }: Pixels, clip: Clip, x: number, y: number, { dotRadius, outlineWidth, fillOpacity }: RasterStyle, color: number): void {
  const outer = dotRadius + outlineWidth / 2
  const inner = dotRadius - outlineWidth / 2
  for (let row = Math.max(clip.top, Math.floor(y - outer)); row < Math.min(clip.bottom, y + outer); row += 1) {
    for (let column = Math.max(clip.left, Math.floor(x - outer)); column < Math.min(clip.right, x + outer); column += 1) {
      const away = Math.hypot(column + 0.5 - x, row + 0.5 - y)
      const line = share(outer + 0.5 - away) * share(away - inner + 0.5)
      const opacity = Math.round(255 * Math.max(line, away < inner ? fillOpacity : 0))
      if (opacity > 0) blend(data, row * width + column - skipped, color, opacity)
    }
  }
}

function share(value: number): number {
  return Math.min(1, Math.max(0, value))
}

function drawPaths(pixels: Pixels, clip: Clip, block: Block, shape: number, small: boolean, matrix: Matrix, style: RasterStyle, color: number): void {
  placePaths(block, shape, matrix, small ? NEAREST_IN_SMALL : NEAREST)
  const surface = block.shapes.kinds[shape] === SURFACE
  const opacity = Math.round(255 * style.fillOpacity)
  if (surface && opacity > 0) fillRings(pixels, clip, rings, color, opacity, extent.minY, extent.maxY)
  const { places, starts, count } = rings
  for (let ring = 0; ring < count; ring += 1) {
    const start = starts[ring] ?? 0
    const end = starts[ring + 1] ?? 0
    for (let point = surface ? start : start + 1; point < end; point += 1) {
      const before = point === start ? end - 1 : point - 1
      strokeLine(pixels, clip, places[2 * before] ?? 0, places[2 * before + 1] ?? 0, places[2 * point] ?? 0, places[2 * point + 1] ?? 0, style.outlineWidth, color)
    }
  }
}

/** Lays the paths of a shape out in pixels of the picture, without the points that nobody could tell apart. */
function placePaths({ shapes }: Block, shape: number, { a, b, c, d, e, f }: Matrix, nearest: number): void {
  const lastPath = Math.min(shapes.pathsOf[shape + 1] ?? 0, (shapes.pathsOf[shape] ?? 0) + rings.starts.length - 1)
  const room = rings.places.length / 2
  let used = 0
  rings.count = 0
  extent.minY = Infinity
  extent.maxY = -Infinity
  for (let path = shapes.pathsOf[shape] ?? 0; path < lastPath; path += 1) {
    const end = shapes.pointsOf[path + 1] ?? 0
    let lastX = Infinity
    let lastY = Infinity
    for (let point = shapes.pointsOf[path] ?? 0; point < end && used < room; point += 1) {
      const imageX = shapes.places[2 * point] ?? 0
      const imageY = shapes.places[2 * point + 1] ?? 0
      const x = a * imageX + c * imageY + e
      const y = b * imageX + d * imageY + f
      if (Math.abs(x - lastX) < nearest && Math.abs(y - lastY) < nearest) continue
      rings.places[2 * used] = lastX = x
      rings.places[2 * used + 1] = lastY = y
      extent.minY = Math.min(extent.minY, y)
      extent.maxY = Math.max(extent.maxY, y)
      used += 1
    }
    rings.count += 1
    rings.starts[rings.count] = used
  }
}
