import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeMask, encodeMask, maskArea } from '../../../../shared/geometry/mask.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import { pointInRings, polygonArea } from '../../../../shared/geometry/polygon.ts'
import { rasterizeRings } from '../../../../shared/geometry/rasterize.ts'
import { holds } from '../../../builders/property.ts'

const square = (from: number, to: number): Point[] => [[from, from], [to, from], [to, to], [from, to]]

it('sets the pixels between an outline and its hole', () => {
  const rows = Uint8Array.from([
    0, 0, 0, 0, 0,
    0, 1, 1, 1, 0,
    0, 1, 0, 1, 0,
    0, 1, 1, 1, 0,
  ])
  expect([...decodeMask(rasterizeRings([square(1, 4), square(2, 3)], { width: 5, height: 4 }))]).toEqual([...rows])
})

it('gives whole pixels the area of their polygon, and the runs that pycocotools writes', () => {
  // pycocotools 2.0.11: encode() of 25 x 25 pixels with [10:20, 10:20] set, and of 5 x 4 full and empty ones.
  expect(rasterizeRings([square(10, 20)], { width: 25, height: 25 })).toEqual({ size: [25, 25], counts: 'T8:?00000000000000000c3' })
  expect(rasterizeRings([square(0, 9)], { width: 4, height: 5 })).toEqual({ size: [5, 4], counts: '0d0' })
  expect(rasterizeRings([square(0.6, 1.4)], { width: 4, height: 5 })).toEqual({ size: [5, 4], counts: 'd0' })
  const ringed = [square(100, 300), square(150, 250)]
  expect(maskArea(rasterizeRings(ringed, { width: 640, height: 480 }))).toBe(polygonArea(ringed))
})

it('cuts off what sticks out of the image', () => {
  expect([...decodeMask(rasterizeRings([square(-5, 1)], { width: 2, height: 2 }))]).toEqual([1, 0, 0, 0])
  expect(maskArea(rasterizeRings([square(5, 9)], { width: 3, height: 3 }))).toBe(0)
})

it('agrees with a look at every pixel centre', () => {
  // Odd thirds never fall on a centre, where either answer would be right.
  const coordinate = fc.integer({ min: -20, max: 80 }).map((value) => value / 3 + 0.1)
  const ring = fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 8 })
  const side = fc.integer({ min: 1, max: 24 })
  holds('pixels of rings', fc.property(fc.array(ring, { minLength: 1, maxLength: 3 }), side, side, (rings, width, height) => {
    const looked = Uint8Array.from({ length: width * height }, (_, at) => (pointInRings([(at % width) + 0.5, Math.floor(at / width) + 0.5], rings) ? 1 : 0))
    expect(rasterizeRings(rings, { width, height })).toEqual(encodeMask(looked, width, height))
  }))
})
