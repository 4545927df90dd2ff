import { z } from 'zod'
import type { Point } from './point.ts'

/** An axis-aligned box in image pixels; `width` and `height` are never negative. */
export const BoxSchema = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number().nonnegative(),
  height: z.number().nonnegative(),
})
export type Box = z.infer<typeof BoxSchema>

/** Width and height in pixels. */
export interface Size { readonly width: number; readonly height: number }

/** The box with `a` and `b` as opposite corners, in any order. */
export function boxBetween(a: Point, b: Point): Box {
  return { x: Math.min(a[0], b[0]), y: Math.min(a[1], b[1]), width: Math.abs(a[0] - b[0]), height: Math.abs(a[1] - b[1]) }
}

/**
 * The smallest box around `points`.
 * @throws RangeError without points.
 */
export function boxAround(points: readonly Point[]): Box {
  if (points.length === 0) throw new RangeError('No points to put a box around')
  let minX = Infinity
  let minY = Infinity
  let maxX = -Infinity
  let maxY = -Infinity
  for (const [x, y] of points) {
    minX = Math.min(minX, x)
    minY = Math.min(minY, y)
    maxX = Math.max(maxX, x)
    maxY = Math.max(maxY, y)
  }
  return { x: minX, y: minY, width: maxX - minX, height: maxY - minY }
}

/** The smallest box around several boxes; undefined for none. */
export function boxOfBoxes(boxes: readonly Box[]): Box | undefined {
  if (boxes.length === 0) return undefined
  return boxAround(boxes.flatMap((box): Point[] => [[box.x, box.y], [box.x + box.width, box.y + box.height]]))
}

/** The corners clockwise from the top left. */
export function boxCorners(box: Box): [Point, Point, Point, Point] {
  const right = box.x + box.width
  const bottom = box.y + box.height
  return [[box.x, box.y], [right, box.y], [right, bottom], [box.x, bottom]]
}

export function boxCentre(box: Box): Point {
  return [box.x + box.width / 2, box.y + box.height / 2]
}

/** `box` grown by `margin` pixels on each side. */
export function expandBox(box: Box, margin: number): Box {
  return { x: box.x - margin, y: box.y - margin, width: box.width + 2 * margin, height: box.height + 2 * margin }
}

/** Whether a point lies inside the box or on its edge. */
export function boxHasPoint(box: Box, [x, y]: Point): boolean {
  return x >= box.x && y >= box.y && x <= box.x + box.width && y <= box.y + box.height
}

/** Whether `inner` lies wholly within `outer`; edges may touch. */
export function boxHasBox(outer: Box, inner: Box): boolean {
  return inner.x >= outer.x && inner.y >= outer.y
    && inner.x + inner.width <= outer.x + outer.width && inner.y + inner.height <= outer.y + outer.height
}

/** Whether two boxes share a point; touching edges count. */
export function boxesMeet(a: Box, b: Box): boolean {
  return a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height
}

/** What two boxes share; undefined when they do not meet. */
export function intersectBoxes(a: Box, b: Box): Box | undefined {
  if (!boxesMeet(a, b)) return undefined
  const x = Math.max(a.x, b.x)
  const y = Math.max(a.y, b.y)
  return { x, y, width: Math.min(a.x + a.width, b.x + b.width) - x, height: Math.min(a.y + a.height, b.y + b.height) - y }
}
