import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boxAround, expandBox, boxHasBox } from '../../../../shared/geometry/box.ts'
import { convertGeometry } from '../../../../shared/geometry/convert.ts'
import { fitOnImage } from '../../../../shared/geometry/fitOnImage.ts'
import { encodeMask, maskArea, maskBounds } from '../../../../shared/geometry/mask.ts'
import { geometryArea, geometryBounds, isWithinImage } from '../../../../shared/geometry/measure.ts'
import { minimumRectangle } from '../../../../shared/geometry/minimumRectangle.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import { rotatePoint } from '../../../../shared/geometry/vector.ts'
import { liesWithin } from '../../../../shared/geometry/within.ts'
import { holds } from '../../../builders/property.ts'
import { bitmap, point, vectorGeometry } from './arbitraries.ts'

const IMAGE = { width: 1200, height: 1200 }

describe('the least rectangle around points', () => {
  it('holds all of them, and is never larger than the upright one', () => {
    holds('least rectangle', fc.property(fc.array(point, { minLength: 1, maxLength: 20 }), (points) => {
      const { cx, cy, width, height, rotation } = minimumRectangle(points)
      for (const each of points) {
        const [x, y] = rotatePoint(each, [cx, cy], -rotation)
        expect(Math.abs(x - cx)).toBeLessThanOrEqual(width / 2 + 1e-6)
        expect(Math.abs(y - cy)).toBeLessThanOrEqual(height / 2 + 1e-6)
      }
      const upright = boxAround(points)
      expect(width * height).toBeLessThanOrEqual(upright.width * upright.height + 1e-6)
    }))
  })

  it('finds a turned square again', () => {
    const square: Point[] = [[50, 0], [100, 50], [50, 100], [0, 50]]
    expect(minimumRectangle(square)).toMatchObject({ width: expect.closeTo(Math.hypot(50, 50)) as number, height: expect.closeTo(Math.hypot(50, 50)) as number })
  })
})

describe('convertGeometry', () => {
  it('keeps the area of what becomes a polygon, and bounds what becomes a rectangle', () => {
    const surfaces = vectorGeometry.filter(({ kind }) => kind === 'rectangle' || kind === 'rotatedRectangle' || kind === 'ellipse')
    holds('convert', fc.property(surfaces, (shape) => {
      const [polygon] = convertGeometry(shape, 'polygon', IMAGE)
      const [rectangle] = convertGeometry(shape, 'rectangle', IMAGE)
      if (polygon === undefined || rectangle === undefined) throw new Error('A surface can be converted')
      // 64 points around an ellipse enclose a little less than it.
      expect(geometryArea(polygon) / geometryArea(shape)).toBeCloseTo(1, shape.kind === 'ellipse' ? 1 : 6)
      expect(boxHasBox(expandBox(geometryBounds(rectangle), 1e-6), geometryBounds(shape))).toBe(true)
    }))
  })

  it('goes from a mask to polygons and back without losing a pixel', () => {
    holds('mask to polygons', fc.property(bitmap, ({ pixels, width, height }) => {
      const rle = encodeMask(pixels, width, height)
      const polygons = convertGeometry({ kind: 'mask', rle }, 'polygon', { width, height })
      const areas = polygons.flatMap((polygon) => convertGeometry(polygon, 'mask', { width, height })).map((mask) => (mask.kind === 'mask' ? maskArea(mask.rle) : 0))
      expect(areas.reduce((sum, area) => sum + area, 0)).toBe(maskArea(rle))
    }))
  })

  it('makes nothing of points, lines and skeletons', () => {
    expect(convertGeometry({ kind: 'point', x: 1, y: 1 }, 'polygon', IMAGE)).toEqual([])
    expect(convertGeometry({ kind: 'polyline', points: [[0, 0], [5, 5], [9, 0]] }, 'mask', IMAGE)).toEqual([])
    expect(convertGeometry({ kind: 'skeleton', points: [{ x: 1, y: 1, visibility: 2 }] }, 'rectangle', IMAGE)).toEqual([])
  })
})

describe('fitOnImage', () => {
  it('leaves what fits, moves what would if it were elsewhere, and cuts what is too large', () => {
    const size = { width: 100, height: 80 }
    expect(fitOnImage({ kind: 'rectangle', x: 10, y: 10, width: 20, height: 20 }, size)).toEqual({ kind: 'rectangle', x: 10, y: 10, width: 20, height: 20 })
    expect(fitOnImage({ kind: 'rectangle', x: 500, y: -9, width: 20, height: 20 }, size)).toEqual({ kind: 'rectangle', x: 80, y: 0, width: 20, height: 20 })
    expect(fitOnImage({ kind: 'polygon', rings: [[[0, 0], [200, 0], [200, 200]]] }, size)).toEqual({ kind: 'polygon', rings: [[[0, 0], [100, 0], [100, 80]]] })
  })

  it('puts everything but turned shapes onto the image', () => {
    const upright = vectorGeometry.filter(({ kind }) => kind !== 'rotatedRectangle' && kind !== 'ellipse')
    holds('fit', fc.property(upright, (shape) => { expect(isWithinImage(fitOnImage(shape, { width: 300, height: 200 }), { width: 300, height: 200 })).toBe(true) }))
  })

  it('lays a mask on a canvas of the image’s size', () => {
    const mask = fitOnImage({ kind: 'mask', rle: encodeMask(new Uint8Array(100).fill(1), 10, 10) }, { width: 20, height: 5 })
    expect(mask).toMatchObject({ rle: { size: [5, 20] } })
    expect(mask.kind === 'mask' && maskBounds(mask.rle)).toEqual({ x: 0, y: 0, width: 10, height: 5 })
  })
})

it('a lasso holds only what no part of crosses it', () => {
  // A notch reaches into the box between its corners.
  const notched: Point[] = [[0, 0], [100, 0], [50, 60], [52, 0], [100, 100], [0, 100]]
  expect(liesWithin({ kind: 'rectangle', x: 5, y: 10, width: 20, height: 20 }, [[0, 0], [100, 0], [100, 100], [0, 100]])).toBe(true)
  expect(liesWithin({ kind: 'rectangle', x: 20, y: 20, width: 55, height: 70 }, notched)).toBe(false)
})
