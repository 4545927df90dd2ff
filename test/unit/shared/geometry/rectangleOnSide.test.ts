import fc from 'fast-check'
import { expect, it } from 'vitest'
import { rectangleOnSide, rotatedRectangleCorners } from '../../../../shared/geometry/rotated.ts'
import { angleTo, distance, distanceToSegment, snapDirection } from '../../../../shared/geometry/vector.ts'
import { holds } from '../../../builders/property.ts'
import { point } from './arbitraries.ts'

it('a rectangle on a side has both ends among its corners, and its opposite side runs through the point', () => {
  const apart = fc.tuple(point, point, point).filter(([from, to]) => distance(from, to) > 1)
  holds('rectangle on a side', fc.property(apart, ([from, to, beyond]) => {
    const corners = rotatedRectangleCorners(rectangleOnSide(from, to, beyond))
    for (const end of [from, to]) expect(Math.min(...corners.map((corner) => distance(corner, end)))).toBeLessThan(1e-6)
    const others = corners.filter((corner) => Math.min(distance(corner, from), distance(corner, to)) > 1e-6)
    const [a, b] = others
    if (a === undefined || b === undefined) return
    // Far beyond its ends the opposite side is a line.
    const stretch = (p: typeof a, q: typeof a, by: number): [number, number] => [q[0] + (q[0] - p[0]) * by, q[1] + (q[1] - p[1]) * by]
    expect(distanceToSegment(beyond, stretch(a, b, 2000), stretch(b, a, 2000))).toBeLessThan(1e-3)
  }))
})

it('a snapped direction is a multiple of the step at the same distance', () => {
  holds('snap', fc.property(point, point, (from, to) => {
    const snapped = snapDirection(from, to, 15)
    expect(distance(from, snapped)).toBeCloseTo(distance(from, to))
    if (distance(from, to) > 1) expect(Math.abs(angleTo(from, snapped) / 15 - Math.round(angleTo(from, snapped) / 15))).toBeLessThan(1e-6)
  }))
})
