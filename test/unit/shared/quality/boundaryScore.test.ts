import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeMask, encodeMask } from '../../../../shared/geometry/mask.ts'
import { rasterizeRings } from '../../../../shared/geometry/rasterize.ts'
import type { Rle } from '../../../../shared/geometry/rle.ts'
import { boundaryScore } from '../../../../shared/quality/boundaryScore.ts'
import { holds } from '../../../builders/property.ts'

const square = (x: number, y: number, side: number, size = { width: 200, height: 100 }): Rle => rasterizeRings([[[x, y], [x + side, y], [x + side, y + side], [x, y + side]]], size)

/**
 * The measure pixel by pixel, as the evaluation code of DAVIS 2016 does it (github.com/fperazzi/davis, python/lib/davis/measures/f_boundary.py): borders by
 * comparing each pixel with those to the right, below and right below, grown by a disk.
 */
function byPixels(reference: Rle, found: Rle, radius: number) {
  const [height, width] = reference.size
  const borders = (rle: Rle) => {
    const pixels = decodeMask(rle)
    const at = (x: number, y: number) => pixels[y * width + x]
    return Array.from(pixels, (_, index): [number, number] => [index % width, Math.floor(index / width)]).filter(([x, y]) => {
      const own = at(x, y)
      const [right, below] = [x + 1 < width, y + 1 < height]
      return (right && at(x + 1, y) !== own) || (below && at(x, y + 1) !== own) || (right && below && at(x + 1, y + 1) !== own)
    })
  }
  const [truth, drawn] = [borders(reference), borders(found)]
  const share = (of: [number, number][], near: [number, number][]) => (of.length === 0 ? 1 : of.filter(([x, y]) => near.some(([u, v]) => (x - u) ** 2 + (y - v) ** 2 <= radius ** 2)).length / of.length)
  return { precision: share(drawn, truth), recall: share(truth, drawn) }
}

describe('boundaryScore (Perazzi et al. 2016, measure F)', () => {
  it('is 1 for a mask and itself, and for one that was moved by no more than the tolerance', () => {
    expect(boundaryScore(square(20, 20, 40), square(20, 20, 40))).toEqual({ precision: 1, recall: 1, f: 1 })
    // 0.8 % of the diagonal of 200 x 100 pixels are 1.8, which the evaluation code rounds up.
    expect(boundaryScore(square(20, 20, 40), square(22, 20, 40)).f).toBe(1)
    expect(boundaryScore(square(20, 20, 40), square(23, 20, 40)).f).toBeLessThan(0.7)
  })

  it('is 0 where one of the two marks nothing, and 1 where neither does', () => {
    const nothing = encodeMask(new Uint8Array(20_000), 200, 100)
    expect(boundaryScore(square(20, 20, 40), nothing)).toEqual({ precision: 1, recall: 0, f: 0 })
    expect(boundaryScore(nothing, square(20, 20, 40))).toEqual({ precision: 0, recall: 1, f: 0 })
    expect(boundaryScore(nothing, nothing).f).toBe(1)
  })

  it('takes the edge of the image for no border', () => {
    expect(boundaryScore(square(0, 0, 100, { width: 100, height: 100 }), encodeMask(new Uint8Array(10_000), 100, 100)).f).toBe(1)
  })

  it('is what the evaluation code of DAVIS gives, pixel by pixel', () => {
    const pixels = fc.uint8Array({ minLength: 108, maxLength: 108, max: 1 })
    holds('boundary score', fc.property(pixels, pixels, fc.constantFrom(0, 1, 2, 3), (a, b, radius) => {
      const [one, other] = [encodeMask(a, 12, 9), encodeMask(b, 12, 9)]
      expect(boundaryScore(one, other, radius)).toMatchObject(byPixels(one, other, radius))
    }))
  })
})
