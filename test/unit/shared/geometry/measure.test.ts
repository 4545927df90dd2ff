import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boxCentre, expandBox } from '../../../../shared/geometry/box.ts'
import { geometryPaths, hitsGeometry } from '../../../../shared/geometry/hitTest.ts'
import { geometryArea, geometryBounds, isEmptyGeometry, isWithinImage } from '../../../../shared/geometry/measure.ts'
import { pointInRings, polygonArea, ringArea } from '../../../../shared/geometry/polygon.ts'
import { ellipsePoints, rotatedRectangleCorners } from '../../../../shared/geometry/rotated.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import { holds } from '../../../builders/property.ts'
import { geometry, point, vectorGeometry } from './arbitraries.ts'

const SQUARE: Point[] = [[0, 0], [10, 0], [10, 10], [0, 10]]
const HOLE: Point[] = [[4, 4], [6, 4], [6, 6], [4, 6]]

describe('polygons', () => {
  it('has the area of its outline without its holes, whichever way they run', () => {
    expect(ringArea(SQUARE)).toBe(100)
    expect(polygonArea([SQUARE, HOLE])).toBe(96)
    expect(polygonArea([SQUARE.toReversed(), HOLE])).toBe(96)
  })

  it('has a point inside by the even-odd rule', () => {
    expect(pointInRings([2, 2], [SQUARE, HOLE])).toBe(true)
    expect(pointInRings([5, 5], [SQUARE, HOLE])).toBe(false)
    expect(pointInRings([11, 5], [SQUARE, HOLE])).toBe(false)
    const bowTie: Point[] = [[0, 0], [10, 10], [10, 0], [0, 10]]
    expect(pointInRings([2, 5], [bowTie])).toBe(true)
    expect(pointInRings([5, 2], [bowTie])).toBe(false)
  })
})

describe('rotated rectangles and ellipses', () => {
  it('turns clockwise as seen on screen', () => {
    const corners = rotatedRectangleCorners({ cx: 50, cy: 50, width: 40, height: 20, rotation: 90 })
    // The corner that was at the top left comes to the top right.
    const expected: Point[] = [[60, 30], [60, 70], [40, 70], [40, 30]]
    corners.forEach((corner, index) => { expect(corner).toEqual(expected[index]?.map((value) => expect.closeTo(value) as number)) })
  })

  it('keeps the points of an ellipse on it', () => {
    for (const [x, y] of ellipsePoints({ cx: 5, cy: 6, rx: 4, ry: 2, rotation: 0 }, 32)) {
      expect(((x - 5) / 4) ** 2 + ((y - 6) / 2) ** 2).toBeCloseTo(1)
    }
  })

  it('puts an exact box around a turned ellipse', () => {
    const ellipse = { kind: 'ellipse' as const, cx: 100, cy: 100, rx: 40, ry: 20, rotation: 90 }
    expect(geometryBounds(ellipse)).toEqual({ x: expect.closeTo(80) as number, y: expect.closeTo(60) as number, width: expect.closeTo(40) as number, height: expect.closeTo(80) as number })
  })
})

describe('bounds and hits', () => {
  it('hold everything that is drawn', () => {
    holds('bounds hold paths', fc.property(vectorGeometry, (shape) => {
      const { x, y, width, height } = expandBox(geometryBounds(shape), 1e-6)
      for (const [px, py] of geometryPaths(shape).paths.flat()) {
        expect(px >= x && px <= x + width && py >= y && py <= y + height).toBe(true)
      }
    }))
  })

  it('never hits outside the bounds and the tolerance', () => {
    holds('hits stay in bounds', fc.property(geometry, point, fc.integer({ min: 0, max: 8 }), (shape, place, tolerance) => {
      if (!hitsGeometry(shape, place, tolerance)) return
      const { x, y, width, height } = expandBox(geometryBounds(shape), tolerance + 1e-6)
      expect(place[0] >= x && place[0] <= x + width && place[1] >= y && place[1] <= y + height).toBe(true)
    }), 500)
  })

  it('hits every vertex and the middle of boxes and ellipses', () => {
    holds('hits vertices', fc.property(vectorGeometry, (shape) => {
      for (const place of geometryPaths(shape).paths.flat()) expect(hitsGeometry(shape, place, 1e-6)).toBe(true)
      if (shape.kind === 'rectangle' || shape.kind === 'rotatedRectangle' || shape.kind === 'ellipse') {
        expect(hitsGeometry(shape, boxCentre(geometryBounds(shape)), 0)).toBe(true)
      }
    }))
  })

  it('sees an open line by its edges and a point by its surroundings', () => {
    const line = { kind: 'polyline' as const, points: [[0, 0], [10, 0], [10, 10]] as Point[] }
    expect(hitsGeometry(line, [5, 1], 2)).toBe(true)
    expect(hitsGeometry(line, [4, 5], 2)).toBe(false)
    expect(hitsGeometry({ kind: 'point', x: 3, y: 3 }, [5, 3], 2)).toBe(true)
    expect(hitsGeometry({ kind: 'point', x: 3, y: 3 }, [5.1, 3], 2)).toBe(false)
  })
})

describe('what marks nothing', () => {
  it('is a surface without area and a line without length, but never a point', () => {
    expect(isEmptyGeometry({ kind: 'rectangle', x: 1, y: 1, width: 5, height: 0 })).toBe(true)
    expect(isEmptyGeometry({ kind: 'polygon', rings: [[[0, 0], [1, 1], [2, 2]]] })).toBe(true)
    expect(isEmptyGeometry({ kind: 'polyline', points: [[1, 1], [1, 1]] })).toBe(true)
    expect(isEmptyGeometry({ kind: 'polyline', points: [[1, 1], [1, 2]] })).toBe(false)
    expect(isEmptyGeometry({ kind: 'point', x: 1, y: 1 })).toBe(false)
  })

  it('has no negative area', () => {
    holds('area', fc.property(geometry, (shape) => { expect(geometryArea(shape)).toBeGreaterThanOrEqual(0) }))
  })

  it('lies on the image or beyond it', () => {
    const size = { width: 100, height: 50 }
    expect(isWithinImage({ kind: 'rectangle', x: 0, y: 0, width: 100, height: 50 }, size)).toBe(true)
    expect(isWithinImage({ kind: 'rectangle', x: 1, y: 0, width: 100, height: 50 }, size)).toBe(false)
    expect(isWithinImage({ kind: 'point', x: -0.5, y: 0 }, size)).toBe(false)
  })
})
