import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeMask, encodeMask, maskArea } from '../../../../shared/geometry/mask.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import { distanceToPath, pointInRings, polygonArea } from '../../../../shared/geometry/polygon.ts'
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

it('agrees with a look at every pixel centre that is not on an edge', () => {
  const coordinate = fc.integer({ min: -80, max: 320 }).map((value) => value / 8)
  const ring = fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 8 })
  const side = fc.integer({ min: 1, max: 24 })
  holds('pixels of rings', fc.property(fc.array(ring, { minLength: 1, maxLength: 3 }), side, side, (rings, width, height) => {
    const pixels = decodeMask(rasterizeRings(rings, { width, height }))
    expect(pixels).toHaveLength(width * height)
    pixels.forEach((pixel, at) => {
      const centre: Point = [(at % width) + 0.5, Math.floor(at / width) + 0.5]
      if (rings.some((path) => distanceToPath(centre, path, true) < 1e-9)) return
      expect(pixel).toBe(pointInRings(centre, rings) ? 1 : 0)
    })
  }))
})

it('writes the runs as any other mask of the same pixels', () => {
  const coordinate = fc.integer({ min: -20, max: 120 }).map((value) => value / 5)
  const ring = fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 8 })
  holds('runs of rings', fc.property(fc.array(ring, { minLength: 1, maxLength: 3 }), (rings) => {
    const rle = rasterizeRings(rings, { width: 20, height: 15 })
    expect(encodeMask(decodeMask(rle), 20, 15)).toEqual(rle)
  }))
})
