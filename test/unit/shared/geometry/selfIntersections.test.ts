import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Point } from '../../../../shared/geometry/point.ts'
import { distanceToPath } from '../../../../shared/geometry/polygon.ts'
import { selfIntersections } from '../../../../shared/geometry/selfIntersections.ts'
import { distance, rotatePoint, segmentCrossing } from '../../../../shared/geometry/vector.ts'
import { holds } from '../../../builders/property.ts'
import { point, star } from './arbitraries.ts'

const STEPS = Array.from({ length: 60 }, (_, index) => index * 7)

/** Moves a vertex by part of a pixel, so that no three of them are in line. */
function outOfLine([x, y]: Point, index: number): Point { return [x + ((index * Math.SQRT2) % 0.2), y + ((index * Math.E) % 0.2)] }

/** Checks the places found against every pair of edges that lie on both sides of each other. */
function expectEveryCrossing(ring: readonly Point[]): void {
  const edges = ring.map((a, index): [Point, Point] => [a, ring[(index + 1) % ring.length] ?? a])
  const turn = ([a, b]: [Point, Point], p: Point) => Math.sign((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]))
  const crossings = edges.flatMap((one, index) => edges.slice(index + 1).flatMap((other) => {
    const parted = turn(one, other[0]) * turn(one, other[1]) < 0 && turn(other, one[0]) * turn(other, one[1]) < 0
    return parted ? [segmentCrossing(...one, ...other) ?? one[0]] : []
  }))
  const found = selfIntersections([ring])
  const near = (places: readonly Point[], place: Point) => places.some((each) => distance(each, place) < 1e-3)
  expect(crossings.filter((place) => !near(found, place))).toEqual([])
  expect(found.filter((place) => !near(crossings, place))).toEqual([])
}

const SQUARE: Point[] = [[0, 0], [10, 0], [10, 10], [0, 10]]

describe('self-intersections of a polygon', () => {
  it('finds none in a square with a hole', () => {
    expect(selfIntersections([SQUARE, [[4, 4], [6, 4], [6, 6], [4, 6]]])).toEqual([])
  })

  it('finds where a bow tie crosses itself', () => {
    expect(selfIntersections([[[0, 0], [10, 10], [10, 0], [0, 10]]])).toEqual([[5, 5]])
  })

  it('finds where a hole leaves the outline', () => {
    expect(selfIntersections([SQUARE, [[8, 4], [12, 4], [12, 6], [8, 6]]])).toEqual([[10, 4], [10, 6]])
  })

  it('finds an edge that folds back over the one before, and edges that run over each other', () => {
    expect(selfIntersections([[[0, 0], [10, 0], [5, 0], [5, 5]]])).toEqual([[5, 0], [10, 0]])
    expect(selfIntersections([SQUARE, [[2, 0], [8, 0], [5, 5]]])).toEqual([[2, 0], [8, 0]])
  })

  it('lets rings touch in a point, but not pass through themselves there', () => {
    expect(selfIntersections([SQUARE, [[5, 0], [8, 5], [2, 5]]])).toEqual([])
    const pinched: Point[] = [[0, 0], [5, 5], [10, 0], [10, 10], [5, 5], [0, 10]]
    expect(selfIntersections([pinched])).toEqual([])
    const eight: Point[] = [[0, 0], [5, 5], [10, 10], [10, 0], [5, 5], [0, 10]]
    expect(selfIntersections([eight])).toEqual([[5, 5]])
  })

  it('takes a vertex snapped to an edge for a touch, however rounding put it', () => {
    expect(selfIntersections([SQUARE, [[10 + 1e-9, 5], [5, 8], [5, 2]]])).toEqual([])
  })

  it('passes over repeated vertices', () => {
    expect(selfIntersections([[[0, 0], [0, 0], [10, 0], [10, 10], [10, 10], [0, 10], [0, 0]]])).toEqual([])
  })

  it('finds none in a ring around a middle, and one after two of its neighbours change places', () => {
    holds('a star is simple', fc.property(star, (ring) => { expect(selfIntersections([ring])).toEqual([]) }))
    const circle = Array.from({ length: 2000 }, (_, index): Point => rotatePoint([900, 500], [500, 500], index * 0.18))
    expect(selfIntersections([circle])).toEqual([])
    expect(selfIntersections([circle.toSpliced(70, 2, ...circle.slice(70, 72).reverse())])).toHaveLength(1)
  })

  it('finds in long outlines just what comparing every edge with every other finds', () => {
    const many = { minLength: 70, maxLength: 120 }
    holds('outlines of slanted edges', fc.property(fc.array(point, many), (ring) => { expectEveryCrossing(ring.map(outOfLine)) }), 25)
    holds('outlines of upright and level edges', fc.property(fc.shuffledSubarray(STEPS, { minLength: 60 }), fc.shuffledSubarray(STEPS, { minLength: 60 }), (xs, ys) => {
      expectEveryCrossing(xs.flatMap((x, index): Point[] => [[x, ys[index] ?? 0], [x, ys[(index + 1) % ys.length] ?? 0]]))
    }), 25)
  })

  it('tells thousands of edges on one upright line apart', () => {
    const up = Array.from({ length: 5000 }, (_, y): Point => [0, y])
    const down = up.map(([, y]): Point => [1, y]).reverse()
    expect(selfIntersections([[...up, ...down]])).toEqual([])
    expect(selfIntersections([[...up, [0, 4998.5], ...down]])).toEqual([[0, 4998.5], [0, 4999]])
  })

  it('finds places that lie on the rings, the same ones whichever way they run', () => {
    holds('places on rings', fc.property(fc.array(fc.array(point, { minLength: 3, maxLength: 9 }), { minLength: 1, maxLength: 2 }), (rings) => {
      const found = selfIntersections(rings)
      for (const place of found) expect(Math.min(...rings.map((ring) => distanceToPath(place, ring, true)))).toBeLessThan(1e-3)
      expect(selfIntersections(rings.map((ring) => ring.toReversed()))).toHaveLength(found.length)
    }))
  })
})
