import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeMask } from '../../../../shared/geometry/mask.ts'
import { intersectionOverUnion } from '../../../../shared/geometry/overlap.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import { rasterizeRings } from '../../../../shared/geometry/rasterize.ts'
import type { ShapeGeometry } from '../../../../shared/geometry/shapeGeometry.ts'
import { holds } from '../../../builders/property.ts'
import { vectorGeometry } from './arbitraries.ts'

const rectangle = (x: number, y: number, width: number, height: number): ShapeGeometry => ({ kind: 'rectangle', x, y, width, height })
/** From the first and last pixel of each side, both included. */
const ofPixels = ([left, top, right, bottom]: readonly [number, number, number, number]) => rectangle(left, top, right - left + 1, bottom - top + 1)
const ring = (x: number, y: number, size: number): Point[] => [[x, y], [x + size, y], [x + size, y + size], [x, y + size]]
const polygon = (...rings: Point[][]): ShapeGeometry => ({ kind: 'polygon', rings })
const mask = (...rings: Point[][]): ShapeGeometry => ({ kind: 'mask', rle: rasterizeRings(rings, { width: 100, height: 80 }) })

describe('intersectionOverUnion', () => {
  it.each([
    [[39, 63, 203, 112], [54, 66, 198, 114], 0.798],
    [[49, 75, 203, 125], [42, 78, 186, 126], 0.7899],
    [[31, 69, 201, 125], [18, 63, 235, 135], 0.6125],
    [[50, 72, 197, 121], [54, 72, 198, 120], 0.9472],
    [[35, 51, 196, 110], [36, 60, 180, 108], 0.731],
  ] as const)('of the boxes %j and %j is %d (A. Rosebrock, Intersection over Union for object detection, pyimagesearch.com 2016)', (truth, found, expected) => {
    expect(intersectionOverUnion(ofPixels(truth), ofPixels(found))).toBeCloseTo(expected, 4)
  })

  it('leaves out what lies in the hole of a polygon', () => {
    const withHole = polygon(ring(0, 0, 10), ring(2, 2, 6))
    expect(intersectionOverUnion(withHole, rectangle(0, 0, 10, 10))).toBeCloseTo(0.64, 9)
    expect(intersectionOverUnion(withHole, rectangle(3, 3, 2, 2))).toBe(0)
  })

  it('of a square and the same turned by 45 degrees is 1 / sqrt(2)', () => {
    // The octagon that both have is of area 2 (sqrt(2) - 1) of the square's.
    const turned: ShapeGeometry = { kind: 'rotatedRectangle', cx: 50, cy: 50, width: 40, height: 40, rotation: 45 }
    expect(intersectionOverUnion(turned, rectangle(30, 30, 40, 40))).toBeCloseTo(Math.SQRT1_2, 4)
  })

  it('of an ellipse and the rectangle around it is pi / 4, give or take what its 64 points leave out', () => {
    expect(intersectionOverUnion({ kind: 'ellipse', cx: 50, cy: 40, rx: 30, ry: 20, rotation: 0 }, rectangle(20, 20, 60, 40))).toBeCloseTo(Math.PI / 4, 2)
  })

  it('counts pixels where one of the two is a mask', () => {
    expect(intersectionOverUnion(mask(ring(10, 10, 20)), mask(ring(20, 10, 20)))).toBeCloseTo(1 / 3, 9)
    expect(intersectionOverUnion(mask(ring(10, 10, 20)), rectangle(10, 10, 20, 10))).toBeCloseTo(0.5, 9)
    expect(intersectionOverUnion(polygon(ring(10, 10, 20), ring(15, 15, 10)), mask(ring(10, 10, 20)))).toBeCloseTo(0.75, 9)
  })

  it('is 0 for masks of images of different sizes', () => {
    const one: ShapeGeometry = { kind: 'mask', rle: encodeMask(Uint8Array.of(1, 1, 0, 0), 2, 2) }
    expect(intersectionOverUnion(one, { kind: 'mask', rle: encodeMask(Uint8Array.of(1, 1, 0, 0), 4, 1) })).toBe(0)
  })

  it('is 0 for what is no surface, and 1 of a surface without area only with itself', () => {
    expect(intersectionOverUnion({ kind: 'point', x: 5, y: 5 }, rectangle(0, 0, 10, 10))).toBe(0)
    expect(intersectionOverUnion(rectangle(4, 4, 0, 3), rectangle(4, 4, 0, 3))).toBe(1)
    expect(intersectionOverUnion(rectangle(4, 4, 0, 3), rectangle(4, 4, 0, 4))).toBe(0)
  })

  it('is the same whichever is named first, between 0 and 1, and 1 with itself', () => {
    holds('symmetry of IoU', fc.property(vectorGeometry, vectorGeometry, (a, b) => {
      const share = intersectionOverUnion(a, b)
      expect(share).toBeGreaterThanOrEqual(0)
      expect(share).toBeLessThanOrEqual(1)
      expect(intersectionOverUnion(b, a)).toBeCloseTo(share, 6)
      if (a.kind === 'rectangle' || a.kind === 'ellipse' || a.kind === 'rotatedRectangle') expect(intersectionOverUnion(a, a)).toBeCloseTo(1, 6)
    }))
  })

  it('of masks is what counting pixel by pixel gives', () => {
    const pixels = fc.uint8Array({ minLength: 63, maxLength: 63, max: 1 })
    holds('IoU of masks', fc.property(pixels, pixels, (a, b) => {
      const both = a.filter((value, index) => value === 1 && b[index] === 1).length
      const either = a.filter((value, index) => value === 1 || b[index] === 1).length
      const share = intersectionOverUnion({ kind: 'mask', rle: encodeMask(a, 9, 7) }, { kind: 'mask', rle: encodeMask(b, 9, 7) })
      expect(share).toBeCloseTo(either === 0 ? 1 : both / either, 9)
    }))
  })
})
