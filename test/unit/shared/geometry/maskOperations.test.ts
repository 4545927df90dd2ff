import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sweep } from '../../../../shared/geometry/brush.ts'
import type { BrushTip, Dab } from '../../../../shared/geometry/brush.ts'
import { decodeMask, encodeMask, intersectMasks, maskArea, moveMask, subtractMasks, uniteMasks } from '../../../../shared/geometry/mask.ts'
import { enclosedRegion, fillHoles } from '../../../../shared/geometry/maskFill.ts'
import { maskPolygons } from '../../../../shared/geometry/maskOutline.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import { polygonArea } from '../../../../shared/geometry/polygon.ts'
import { rasterizeRings } from '../../../../shared/geometry/rasterize.ts'
import { createStroke } from '../../../../shared/geometry/stroke.ts'
import { distanceToSegment } from '../../../../shared/geometry/vector.ts'
import { holds } from '../../../builders/property.ts'
import { bitmap } from './arbitraries.ts'

/** Masks as pictures: `#` is set. */
const drawn = (...rows: string[]) => encodeMask(Uint8Array.from(rows.join(''), (sign) => (sign === '#' ? 1 : 0)), rows[0]?.length ?? 0, rows.length)
const twoBitmaps = bitmap.chain((a) => fc.record({
  ...{ width: fc.constant(a.width), height: fc.constant(a.height), a: fc.constant(a.pixels) },
  b: fc.uint8Array({ minLength: a.pixels.length, maxLength: a.pixels.length, max: 1 }),
}))

describe('two masks', () => {
  it('are united, subtracted and intersected as their pixels are', () => {
    holds('boolean operations', fc.property(twoBitmaps, ({ width, height, a, b }) => {
      const [first, second] = [encodeMask(a, width, height), encodeMask(b, width, height)]
      const expected = (keep: (inA: boolean, inB: boolean) => boolean) =>
        encodeMask(a.map((value, at) => (keep(value === 1, b[at] === 1) ? 1 : 0)), width, height)
      expect(uniteMasks(first, second)).toEqual(expected((inA, inB) => inA || inB))
      expect(subtractMasks(first, second)).toEqual(expected((inA, inB) => inA && !inB))
      expect(intersectMasks(first, second)).toEqual(expected((inA, inB) => inA && inB))
    }))
  })

  it('have as many pixels together as apart: |A or B| + |A and B| = |A| + |B|', () => {
    holds('areas', fc.property(twoBitmaps, ({ width, height, a, b }) => {
      const [first, second] = [encodeMask(a, width, height), encodeMask(b, width, height)]
      expect(maskArea(uniteMasks(first, second)) + maskArea(intersectMasks(first, second))).toBe(maskArea(first) + maskArea(second))
      expect(maskArea(subtractMasks(first, second))).toBe(maskArea(first) - maskArea(intersectMasks(first, second)))
    }))
  })

  it('must lie on images of one size', () => {
    expect(() => uniteMasks(drawn('#'), drawn('##'))).toThrow(RangeError)
  })
})

it('a mask moves as its pixels do', () => {
  const step = fc.integer({ min: -14, max: 14 })
  holds('moved masks', fc.property(bitmap, step, step, ({ width, height, pixels }, dx, dy) => {
    const moved = new Uint8Array(pixels.length)
    pixels.forEach((value, at) => {
      const [x, y] = [(at % width) + dx, Math.floor(at / width) + dy]
      if (x >= 0 && y >= 0 && x < width && y < height) moved[y * width + x] = value
    })
    expect(moveMask(encodeMask(pixels, width, height), dx, dy)).toEqual(encodeMask(moved, width, height))
  }))
})

describe('filling', () => {
  const RING = drawn('.......', '.####..', '.#..#..', '.#..#..', '.####..')

  it('finds the hole under a place', () => {
    expect(enclosedRegion(RING, [2.5, 2.5])).toEqual(drawn('.......', '.......', '..##...', '..##...', '.......'))
    expect(fillHoles(RING)).toEqual(drawn('.......', '.####..', '.####..', '.####..', '.####..'))
  })

  it('leaves set pixels, and what nothing bounds', () => {
    for (const place of [[1.5, 1.5], [0.5, 0.5], [6.5, 4.5], [-1, 2], [2, 7]] as const) expect(enclosedRegion(RING, place)).toBeUndefined()
  })

  it('takes the edge of the image for a border where the mask cuts something off', () => {
    expect(enclosedRegion(drawn('..#.', '.##.', '##..'), [0.5, 0.5])).toEqual(drawn('##..', '#...', '....'))
  })

  it('does not flow through corners', () => {
    expect(enclosedRegion(drawn('.#.', '#.#', '.#.'), [1.5, 1.5])).toEqual(drawn('...', '.#.', '...'))
  })

  it('takes what a walk from pixel to pixel reaches', () => {
    holds('filled masks', fc.property(bitmap, fc.nat(), ({ width, height, pixels }, anywhere) => {
      const rle = encodeMask(pixels, width, height)
      const outside = reached(pixels, width, height, edgePixels(width, height))
      expect(fillHoles(rle)).toEqual(encodeMask(outside.map((value) => 1 - value), width, height))
      const at = anywhere % pixels.length
      const region = enclosedRegion(rle, [(at % width) + 0.5, Math.floor(at / width) + 0.5])
      const around = encodeMask(reached(pixels, width, height, [at]), width, height)
      if (pixels[at] === 1) expect(region).toBeUndefined()
      else expect(region ?? encodeMask(outside, width, height)).toEqual(around)
    }))
  })
})

describe('borders', () => {
  it('are the outline first and the holes after it, with corners only where they turn', () => {
    const [polygon = [], ...others] = maskPolygons(drawn('.....', '.###.', '.#.#.', '.###.', '.....'))
    expect(others).toEqual([])
    expect(polygon.map(fromFirstCorner)).toEqual([[[1, 1], [4, 1], [4, 4], [1, 4]], [[2, 2], [2, 3], [3, 3], [3, 2]]])
  })

  it('give one polygon for each region, also where two touch at a corner', () => {
    expect(maskPolygons(drawn('#.', '.#'))).toHaveLength(2)
    expect(maskPolygons(drawn('...'))).toEqual([])
  })

  it('filled by the even-odd rule give the mask back, with its area', () => {
    holds('polygons of masks', fc.property(bitmap, ({ width, height, pixels }) => {
      const rle = encodeMask(pixels, width, height)
      const polygons = maskPolygons(rle)
      expect(rasterizeRings(polygons.flat(), { width, height })).toEqual(rle)
      expect(polygons.reduce((sum, rings) => sum + polygonArea(rings), 0)).toBe(maskArea(rle))
      for (const ring of polygons.flat()) expect(ring.length).toBeGreaterThanOrEqual(4)
    }))
  })

  it('of what rings cover lie within half a pixel of them', () => {
    const coordinate = fc.integer({ min: 0, max: 160 }).map((value) => value / 8)
    const ring = fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 6 })
    holds('masks of polygons', fc.property(ring, (points) => {
      const rle = rasterizeRings([points], { width: 20, height: 20 })
      expect(rasterizeRings(maskPolygons(rle).flat(), { width: 20, height: 20 })).toEqual(rle)
    }))
  })
})

describe('a stroke', () => {
  const size = { width: 24, height: 20 }
  const dab = fc.record({ point: fc.tuple(fc.double({ min: -4, max: 28, noNaN: true }), fc.double({ min: -4, max: 24, noNaN: true })), radius: fc.double({ min: 0.5, max: 6, noNaN: true }) })
  const stroke = (tip: BrushTip, dabs: readonly Dab[]) => {
    const made = createStroke(tip, size)
    for (const each of dabs) made.add(each)
    return made
  }

  it('of the smallest brush sets the pixel under it', () => {
    for (const point of [[3, 2], [3.9, 2.9], [3.5, 2.5]] as const) {
      const pixels = decodeMask(stroke('round', [{ point, radius: 0.5 }]).mask())
      expect(pixels[2 * size.width + 3]).toBe(1)
      expect(pixels.filter((value) => value === 1)).toHaveLength(1)
    }
  })

  it('of a square brush is as wide as it says', () => {
    expect(maskArea(stroke('square', [{ point: [10.3, 10.4], radius: 2 }]).mask())).toBe(16)
    expect(maskArea(stroke('square', [{ point: [5, 5], radius: 2 }, { point: [15, 5], radius: 2 }]).mask())).toBe(56)
  })

  it('of one width covers the centres that are near enough to its path', () => {
    holds('capsules', fc.property(fc.array(dab, { minLength: 1, maxLength: 5 }), (dabs) => {
      const even = dabs.map(({ point }): Dab => ({ point, radius: 3 }))
      const pixels = decodeMask(stroke('round', even).mask())
      pixels.forEach((value, at) => {
        const centre: Point = [(at % size.width) + 0.5, Math.floor(at / size.width) + 0.5]
        const away = Math.min(...even.map(({ point }, index) => distanceToSegment(centre, even[index - 1]?.point ?? point, point)))
        if (Math.abs(away - 3) > 1e-6) expect(value).toBe(away < 3 ? 1 : 0)
      })
    }))
  })

  it('covers what the brush covers anywhere on its way', () => {
    holds('sweeps', fc.property(fc.constantFrom<BrushTip>('round', 'square'), dab, dab, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: -0.99, max: 0.99, noNaN: true }), (tip, from, to, part, across) => {
      const between = (a: number, b: number) => a + (b - a) * part
      const radius = between(from.radius, to.radius)
      const x = between(from.point[0], to.point[0]) + across * radius
      const y = between(from.point[1], to.point[1])
      const half = tip === 'square' ? radius : Math.sqrt(radius * radius * (1 - across * across))
      const { left, right, top, bottom } = sweep(tip, from, to)
      expect(top(x)).toBeLessThanOrEqual(y - half + 1e-6)
      expect(bottom(x)).toBeGreaterThanOrEqual(y + half - 1e-6)
      expect([left <= x, right >= x]).toEqual([true, true])
    }))
  })

  it('is the same whether its parts are added one by one or united afterwards', () => {
    holds('parts of strokes', fc.property(fc.constantFrom<BrushTip>('round', 'square'), fc.array(dab, { minLength: 2, maxLength: 6 }), (tip, dabs) => {
      const parts = dabs.slice(1).map((to, index) => stroke(tip, [dabs[index] ?? to, to]).mask())
      expect(stroke(tip, dabs).mask()).toEqual(parts.reduce(uniteMasks))
    }))
  })
})

/** A ring begun at its leftmost corner, the upper one of two. */
function fromFirstCorner(ring: readonly Point[]): Point[] {
  const [first] = [...ring].sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const at = ring.findIndex((corner) => corner === first)
  return [...ring.slice(at), ...ring.slice(0, at)]
}

/** The empty pixels that can be walked to from those in `starts` by the sides of pixels, 1 where reached. */
function reached(pixels: Uint8Array, width: number, height: number, starts: readonly number[]): Uint8Array {
  const found = new Uint8Array(pixels.length)
  const waiting = starts.filter((at) => pixels[at] === 0)
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (found[at] === 1) continue
    found[at] = 1
    const [x, y] = [at % width, Math.floor(at / width)]
    for (const [nx, ny] of [[x - 1, y], [x + 1, y], [x, y - 1], [x, y + 1]] as const) {
      if (nx >= 0 && ny >= 0 && nx < width && ny < height && pixels[ny * width + nx] === 0) waiting.push(ny * width + nx)
    }
  }
  return found
}

function edgePixels(width: number, height: number): number[] {
  return Array.from({ length: width * height }, (_, at) => at).filter((at) => at % width === 0 || at % width === width - 1 || at < width || at >= width * (height - 1))
}
