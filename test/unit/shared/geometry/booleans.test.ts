import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { intersect, ringsOf, subtract, totalArea, unite, withoutLoops } from '../../../../shared/geometry/booleans.ts'
import type { Rings } from '../../../../shared/geometry/booleans.ts'
import { hitsGeometry } from '../../../../shared/geometry/hitTest.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import { distanceToPath, pointInRings, polygonArea } from '../../../../shared/geometry/polygon.ts'
import { selfIntersections } from '../../../../shared/geometry/selfIntersections.ts'
import { rotateGeometry } from '../../../../shared/geometry/transform.ts'
import { holds } from '../../../builders/property.ts'
import { point, ring, star } from './arbitraries.ts'

const square = (x: number, y: number, side: number): Point[] => [[x, y], [x + side, y], [x + side, y + side], [x, y + side]]
const rings = fc.array(ring, { minLength: 1, maxLength: 3 })
/** Rounding to the grid moves long borders that cross at a sharp angle. */
const NEARLY = 5

const inAny = (place: Point, polygons: readonly Rings[]) => polygons.some((polygon) => pointInRings(place, polygon))
const nearBorder = (place: Point, polygons: readonly Rings[]) => polygons.flat().some((path) => distanceToPath(place, path, true) < 0.01)

describe('polygons put together and taken apart', () => {
  it('joins what overlaps or shares a border, and leaves apart what does not', () => {
    expect(totalArea(unite([[square(0, 0, 10)], [square(5, 5, 10)]]))).toBe(175)
    expect(unite([[square(0, 0, 10)], [square(10, 0, 10)]])).toHaveLength(1)
    expect(unite([[square(0, 0, 10)], [square(20, 0, 10)]])).toHaveLength(2)
  })

  it('cuts a hole, or in two', () => {
    expect(subtract([square(0, 0, 10)], [[square(4, 4, 2)]])).toEqual([[expect.any(Array), expect.any(Array)]])
    expect(subtract([square(0, 0, 10)], [[[[4, -1], [6, -1], [6, 11], [4, 11]]]])).toHaveLength(2)
    expect(subtract([square(0, 0, 10)], [[square(-1, -1, 20)]])).toEqual([])
  })

  it('keeps what all have in common', () => {
    expect(intersect([[square(0, 0, 10)], [square(5, 0, 10)], [square(0, 5, 10)]]).map((polygon) => totalArea([polygon]))).toEqual([25])
  })

  it('keeps vertices exactly where they were, beyond the grid of the clipper', () => {
    const [joined] = unite([[[[0.123456789, 0], [10, 0], [5, 10 / 3]]]])
    expect(joined?.[0]).toEqual(expect.arrayContaining([[0.123456789, 0], [5, 10 / 3]]))
  })

  it('keeps an island within a hole as a polygon of its own', () => {
    expect(subtract([square(0, 0, 30)], [[square(5, 5, 20), square(10, 10, 5)]])).toHaveLength(2)
  })

  it('drops the crumbs between borders that nearly agree', () => {
    expect(subtract([square(0, 0, 10)], [[square(0.0004, 0, 10)]])).toEqual([])
  })

  it('obeys the identities of areas, also where rings cross themselves', () => {
    holds('areas of booleans', fc.property(rings, rings, (a, b) => {
      const [areaA, areaB, both] = [totalArea(unite([a])), totalArea(unite([b])), totalArea(intersect([a, b]))]
      expect(Math.abs(totalArea(unite([a, b])) - (areaA + areaB - both))).toBeLessThan(NEARLY)
      expect(Math.abs(totalArea(subtract(a, [b])) - (areaA - both))).toBeLessThan(NEARLY)
    }))
  })

  it('has a point inside exactly when the sides of the operation say so', () => {
    holds('hits of booleans', fc.property(rings, rings, fc.array(point, { minLength: 20, maxLength: 20 }), (a, b, places) => {
      const results = [unite([a, b]), subtract(a, [b]), intersect([a, b])]
      for (const place of places.filter((each) => !nearBorder(each, [a, b]))) {
        const [inA, inB] = [pointInRings(place, a), pointInRings(place, b)]
        expect(results.map((polygons) => inAny(place, polygons))).toEqual([inA || inB, inA && !inB, inA && inB])
        for (const polygon of results.flat()) {
          const geometry = { kind: 'polygon' as const, rings: polygon.map((path) => [...path]) }
          expect(hitsGeometry(geometry, place, 0)).toBe(pointInRings(place, polygon))
        }
      }
    }), 60)
  })

  it('takes the loops off a ring that crosses itself, and leaves any other alone', () => {
    holds('loops', fc.property(star, (ring) => { expect(withoutLoops(ring)).toBe(ring) }))
    const looped = withoutLoops([[0, 0], [110, 0], [110, -10], [100, 0], [100, 100], [0, 100]])
    expect(selfIntersections([looped])).toEqual([])
    expect(polygonArea([looped])).toBeCloseTo(100 * 100)
  })

  it('commutes with turning the image', () => {
    const turned = (path: Point[]) => ringsOf(rotateGeometry({ kind: 'polygon', rings: [path] }, 90, [500, 500])) ?? []
    holds('booleans turn', fc.property(star, star, (a, b) => {
      expect(Math.abs(totalArea(subtract(turned(a), [turned(b)])) - totalArea(subtract([a], [[b]])))).toBeLessThan(NEARLY)
    }))
  })
})
