import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Point } from '../../../../shared/geometry/point.ts'
import { distanceToPath } from '../../../../shared/geometry/polygon.ts'
import { selfIntersections } from '../../../../shared/geometry/selfIntersections.ts'
import { rotatePoint } from '../../../../shared/geometry/vector.ts'
import { holds } from '../../../builders/property.ts'
import { point, star } from './arbitraries.ts'

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

  it('finds places that lie on the rings, the same ones whichever way they run', () => {
    holds('places on rings', fc.property(fc.array(fc.array(point, { minLength: 3, maxLength: 9 }), { minLength: 1, maxLength: 2 }), (rings) => {
      const found = selfIntersections(rings)
      for (const place of found) expect(Math.min(...rings.map((ring) => distanceToPath(place, ring, true)))).toBeLessThan(1e-3)
      expect(selfIntersections(rings.map((ring) => ring.toReversed()))).toHaveLength(found.length)
    }))
  })
})
