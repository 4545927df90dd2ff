import fc from 'fast-check'
import type { Point } from '../../../../shared/geometry/point.ts'
import type { ShapeGeometry } from '../../../../shared/geometry/shapeGeometry.ts'
import { encodeMask } from '../../../../shared/geometry/mask.ts'

/** Image pixels on a grid of quarters, so that sums are exact enough to compare. */
const coordinate = fc.integer({ min: 0, max: 4000 }).map((value) => value / 4)
const length = fc.integer({ min: 1, max: 400 }).map((value) => value / 4)
const degrees = fc.integer({ min: 0, max: 359 })
export const point: fc.Arbitrary<Point> = fc.tuple(coordinate, coordinate)
export const ring = fc.array(point, { minLength: 3, maxLength: 12 })

export const bitmap = fc.record({ width: fc.integer({ min: 1, max: 12 }), height: fc.integer({ min: 1, max: 12 }) }).chain(({ width, height }) =>
  fc.record({ width: fc.constant(width), height: fc.constant(height), pixels: fc.uint8Array({ minLength: width * height, maxLength: width * height, max: 1 }) }))

/** A skeleton with at least one labelled keypoint. */
export const skeleton = (keypoints: { minLength: number; maxLength: number }) =>
  fc.record({ kind: fc.constant('skeleton' as const), points: fc.array(fc.record({ x: coordinate, y: coordinate, visibility: fc.constantFrom(0 as const, 1 as const, 2 as const) }), keypoints) })
    .filter(({ points }) => points.some(({ visibility }) => visibility > 0))

/** Every kind of geometry but masks, which move and scale by whole pixels only. */
export const vectorGeometry: fc.Arbitrary<ShapeGeometry> = fc.oneof(
  fc.record({ kind: fc.constant('rectangle' as const), x: coordinate, y: coordinate, width: length, height: length }),
  fc.record({ kind: fc.constant('rotatedRectangle' as const), cx: coordinate, cy: coordinate, width: length, height: length, rotation: degrees }),
  fc.record({ kind: fc.constant('ellipse' as const), cx: coordinate, cy: coordinate, rx: length, ry: length, rotation: degrees }),
  fc.record({ kind: fc.constant('polygon' as const), rings: fc.array(ring, { minLength: 1, maxLength: 3 }) }),
  fc.record({ kind: fc.constant('polyline' as const), points: fc.array(point, { minLength: 2, maxLength: 12 }) }),
  fc.record({ kind: fc.constant('point' as const), x: coordinate, y: coordinate }),
  skeleton({ minLength: 1, maxLength: 8 }),
)
export const geometry: fc.Arbitrary<ShapeGeometry> = fc.oneof(
  { weight: 6, arbitrary: vectorGeometry },
  { weight: 1, arbitrary: bitmap.map(({ pixels, width, height }): ShapeGeometry => ({ kind: 'mask', rle: encodeMask(pixels, width, height) })) },
)

/** A ring whose vertices go once around a middle, so that it never crosses itself. */
export const star: fc.Arbitrary<Point[]> = fc.record({
  centre: point, radii: fc.array(fc.integer({ min: 8, max: 400 }), { minLength: 3, maxLength: 24 }),
}).map(({ centre, radii }) => radii.map((radius, index): Point => {
  const angle = (2 * Math.PI * index) / radii.length
  return [centre[0] + radius * Math.cos(angle), centre[1] + radius * Math.sin(angle)]
}))
