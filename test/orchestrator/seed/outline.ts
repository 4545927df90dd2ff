import type { Point } from '../../../shared/geometry/point.ts'

/** For each pixel, in reading order, the number of the region it belongs to. */
export type RegionMap = { readonly labels: Int32Array; readonly width: number; readonly height: number }

/**
 * The outer line of a region of pixels joined by their sides, clockwise, in image pixels, straying at most `tolerance` pixels from
 * the pixels' edges. `start` is the region's first pixel in reading order. Where leaving out corners would make the line cross itself, none is.
 */
export function outlineOf(map: RegionMap, start: number, label: number, tolerance: number): Point[] {
  const corners = trace(map, start, label)
  const fewer = simplify(corners, tolerance)
  return crossesItself(fewer) ? corners : fewer
}

/** Walks along the pixels' edges with the region on the right hand, from the top left corner of its first pixel in reading order. */
function trace({ labels, width, height }: RegionMap, start: number, label: number): Point[] {
  const inside = (x: number, y: number) => x >= 0 && y >= 0 && x < width && y < height && labels[y * width + x] === label
  const [startX, startY] = [start % width, Math.floor(start / width)]
  const corners: Point[] = []
  let [x, y, dx, dy] = [startX, startY, 1, 0]
  do {
    corners.push([x, y])
    do {
      x += dx
      y += dy
    } while (goesStraight(inside, x, y, dx, dy))
    // At a corner, the pixel ahead on the left decides between the two turns.
    const aheadLeft = inside(...pixelAhead(x, y, dx, dy, 'left'))
    const aheadRight = inside(...pixelAhead(x, y, dx, dy, 'right'))
    ;[dx, dy] = aheadRight && aheadLeft ? [dy, -dx] : [-dy, dx]
  } while (x !== startX || y !== startY)
  return corners
}

function goesStraight(inside: (x: number, y: number) => boolean, x: number, y: number, dx: number, dy: number): boolean {
  return inside(...pixelAhead(x, y, dx, dy, 'right')) && !inside(...pixelAhead(x, y, dx, dy, 'left'))
}

/** The pixel that touches the corner (x, y), ahead of it when walking along (dx, dy). */
function pixelAhead(x: number, y: number, dx: number, dy: number, side: 'left' | 'right'): [number, number] {
  const [sx, sy] = side === 'right' ? [-dy, dx] : [dy, -dx]
  return [x + (dx + sx - 1) / 2, y + (dy + sy - 1) / 2]
}

/** Ramer-Douglas-Peucker on a closed line: leaves out corners that lie within `tolerance` of the line without them. */
function simplify(closed: readonly Point[], tolerance: number): Point[] {
  const [first] = closed
  if (!first) return []
  let far = 0
  closed.forEach((point, index) => {
    if (Math.hypot(point[0] - first[0], point[1] - first[1]) > distanceOf(closed[far], first)) far = index
  })
  return [...keep(closed.slice(0, far + 1), tolerance), ...keep([...closed.slice(far), first], tolerance)]
}

/** The corners of an open line to keep, without its last. */
function keep(line: readonly Point[], tolerance: number): Point[] {
  const [first, last] = [line[0], line.at(-1)]
  if (!first || !last || line.length < 3) return line.slice(0, -1)
  let split = 0
  let greatest = tolerance
  for (let i = 1; i < line.length - 1; i++) {
    const distance = distanceToLine(line[i] ?? first, first, last)
    if (distance > greatest) [split, greatest] = [i, distance]
  }
  if (split === 0) return [first]
  return [...keep(line.slice(0, split + 1), tolerance), ...keep(line.slice(split), tolerance)]
}

function distanceToLine([px, py]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  return Math.abs((bx - ax) * (py - ay) - (by - ay) * (px - ax)) / Math.hypot(bx - ax, by - ay)
}

function distanceOf(a: Point | undefined, b: Point): number {
  return a ? Math.hypot(a[0] - b[0], a[1] - b[1]) : 0
}

/** Whether two sides of a ring cross; a shared corner is no crossing. */
export function crossesItself(ring: readonly Point[]): boolean {
  const sides = ring.map((point, index): readonly [Point, Point] => [point, ring[(index + 1) % ring.length] ?? point])
  return sides.some(([a, b], index) =>
    sides.slice(index + 2).some(([c, d]) => turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0))
}

/** Positive when c lies clockwise of the line from a to b, negative when anticlockwise, 0 on it. */
function turn(a: Point, b: Point, c: Point): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}
