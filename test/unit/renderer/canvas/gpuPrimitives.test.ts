import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BOX, CIRCLE, LINE, PRIMITIVE_NUMBERS, primitivesOf } from '../../../../renderer/canvas/shapes/raster/gpu/primitives.ts'
import { sizeOf } from '../../../../renderer/canvas/shapes/raster/gpu/gpuScene.ts'
import { triangulate } from '../../../../renderer/canvas/shapes/raster/gpu/triangulate.ts'
import { packShapes } from '../../../../renderer/canvas/shapes/raster/packedShapes.ts'
import type { PackedShapes } from '../../../../renderer/canvas/shapes/raster/packedShapes.ts'
import type { ShapeGeometry } from '../../../../shared/domain/shape.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import { polygonArea } from '../../../../shared/geometry/polygon.ts'
import { holds } from '../../../builders/property.ts'

const box: ShapeGeometry = { kind: 'rectangle', x: 10, y: 20, width: 30, height: 40 }
const pack = (...geometries: ShapeGeometry[]): PackedShapes => packShapes(geometries.length, (index) => ({ geometry: geometries[index] ?? box, color: '#336699' }))
const ring = (low: number, high: number): Point[] => [[low, low], [high, low], [high, high], [low, high]]

/** The primitives, each with the numbers that belong to it. */
function listed(shapes: PackedShapes, firstShape = 0, firstPoint = 0): number[][] {
  const numbers = [...primitivesOf(shapes, firstShape, firstPoint)]
  return Array.from({ length: numbers.length / PRIMITIVE_NUMBERS }, (_, index) => numbers.slice(PRIMITIVE_NUMBERS * index, PRIMITIVE_NUMBERS * (index + 1)))
}

function areaOf(triangles: readonly number[], { places }: PackedShapes): number {
  const at = (point: number): Point => [places[2 * point] ?? 0, places[2 * point + 1] ?? 0]
  let area = 0
  for (let first = 0; first < triangles.length; first += 3) area += polygonArea([triangles.slice(first, first + 3).map(at)])
  return area
}

/** Rings that wind once around a middle, some with dents, so that they cross nowhere. */
const rounds = fc.array(fc.integer({ min: 20, max: 90 }), { minLength: 3, maxLength: 24 }).map((reaches) => reaches.map((reach, corner): Point => {
  const angle = (2 * Math.PI * corner) / reaches.length
  return [100 + reach * Math.cos(angle), 100 + reach * Math.sin(angle)]
}))

describe('the triangles of a surface', () => {
  it('cover as much as the surface, holes left out', () => {
    holds('triangles', fc.property(rounds, fc.boolean(), (outline, isHoled) => {
      const rings = isHoled ? [outline, ring(97, 103)] : [outline]
      // The outline goes around the middle, three corners of it at least 120 degrees apart, so that the hole lies in it.
      fc.pre(outline.length >= 5)
      const shapes = pack({ kind: 'polygon', rings })
      expect(areaOf(triangulate(shapes, 0), shapes) / polygonArea(rings)).toBeCloseTo(1, 4)
    }), 100)
  })
})

describe('what a graphics processor draws of shapes', () => {
  it('is a box for while it is small, its surface, and its outline, with the numbers counted on from those that are there', () => {
    expect(listed(pack(box), 7, 100)).toEqual([
      [7, 0, 0, BOX], [7, 100, 101, 102], [7, 100, 102, 103], [7, 100, 101, LINE], [7, 101, 102, LINE], [7, 102, 103, LINE], [7, 103, 100, LINE],
    ])
  })

  it('leaves a line open and without a surface, a point is a circle, and what is painted by hand is not there', () => {
    const shapes = pack({ kind: 'polyline', points: [[0, 0], [5, 5], [9, 0]] }, { kind: 'mask', rle: { size: [2, 2], counts: '04' } }, { kind: 'point', x: 3, y: 4 })
    expect(listed(shapes)).toEqual([[0, 0, 0, BOX], [0, 0, 1, LINE], [0, 1, 2, LINE], [2, 0, 0, CIRCLE]])
  })

  it('is never more than there is room made for', () => {
    holds('primitives', fc.property(fc.array(rounds, { maxLength: 6 }), fc.boolean(), (outlines, isHoled) => {
      const shapes = pack(...outlines.map((outline): ShapeGeometry => ({ kind: 'polygon', rings: isHoled ? [outline, ring(97, 103)] : [outline] })))
      expect(listed(shapes).length).toBeLessThanOrEqual(sizeOf([{ shapes }]).primitives)
    }), 50)
  })
})
