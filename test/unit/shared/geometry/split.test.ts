import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { totalArea, unite } from '../../../../shared/geometry/booleans.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import { selfIntersections } from '../../../../shared/geometry/selfIntersections.ts'
import { splitByLine } from '../../../../shared/geometry/split.ts'
import { holds } from '../../../builders/property.ts'
import { point, ring, star } from './arbitraries.ts'

const SQUARE: Point[] = [[0, 0], [100, 0], [100, 100], [0, 100]]
const HOLE: Point[] = [[40, 40], [60, 40], [60, 60], [40, 60]]
const areas = (polygons: ReturnType<typeof splitByLine>) => polygons.map((polygon) => Math.round(totalArea([polygon]) * 1e6) / 1e6).sort((a, b) => a - b)

describe('a polygon split by a line', () => {
  it('falls into two that share the line as their border', () => {
    const parts = splitByLine([SQUARE], [[30, -10], [30, 50], [60, 110]])
    expect(parts).toHaveLength(2)
    for (const part of parts) expect(part[0]).toEqual(expect.arrayContaining([[30, 0], [30, 50], [55, 100]]))
    expect(totalArea(parts)).toBe(10_000)
  })

  it('is cut through by a line from border to border', () => {
    expect(areas(splitByLine([SQUARE], [[50, 0], [50, 100]]))).toEqual([5000, 5000])
    expect(areas(splitByLine([SQUARE], [[0, 0], [100, 100]]))).toEqual([5000, 5000])
  })

  it('stays whole when the line ends inside, passes by, or only reaches a hole', () => {
    expect(areas(splitByLine([SQUARE], [[50, -10], [50, 50]]))).toEqual([10_000])
    expect(areas(splitByLine([SQUARE], [[-10, -10], [-10, 110]]))).toEqual([10_000])
    expect(areas(splitByLine([SQUARE, HOLE], [[-10, 50], [50, 50]]))).toEqual([9600])
  })

  it('falls in two through its hole', () => {
    expect(areas(splitByLine([SQUARE, HOLE], [[-10, 50], [110, 50]]))).toEqual([4800, 4800])
  })

  it('falls into as many parts as the line cuts off', () => {
    const comb: Point[] = [[0, 0], [10, 0], [10, 50], [20, 50], [20, 0], [30, 0], [30, 100], [0, 100]]
    expect(areas(splitByLine([comb], [[-5, 20], [35, 20]]))).toEqual([200, 200, 2100])
  })

  it('has parts that sum to the whole and do not cross themselves', () => {
    const line = fc.uniqueArray(point, { minLength: 2, maxLength: 4, selector: String })
    holds('parts of a split', fc.property(star, line, (outline, cut) => {
      const parts = splitByLine([outline], cut)
      expect(Math.abs(totalArea(parts) - totalArea(unite([[outline]])))).toBeLessThan(2)
      for (const part of parts) expect(totalArea(unite([part]))).toBeCloseTo(totalArea([part]), 0)
    }))
    expect(splitByLine([SQUARE], [[-5, 31], [105, 77]]).flatMap(selfIntersections)).toEqual([])
  })

  it('takes rings and lines that cross themselves', () => {
    holds('any split', fc.property(fc.array(ring, { minLength: 1, maxLength: 2 }), fc.array(point, { minLength: 2, maxLength: 6 }), (rings, line) => {
      expect(Math.abs(totalArea(splitByLine(rings, line)) - totalArea(unite([rings])))).toBeLessThan(5)
    }))
  })
})
