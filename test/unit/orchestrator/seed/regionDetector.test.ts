import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Point } from '../../../../shared/geometry/point.ts'
import type { Raster } from '../../../orchestrator/seed/photographs.ts'
import { brightClouds, detectRegions, nightLights } from '../../../orchestrator/seed/regionDetector.ts'
import type { RegionDetector } from '../../../orchestrator/seed/regionDetector.ts'

/** Every pixel counts, the outline follows the pixels' edges. */
const exact: RegionDetector = { score: (red) => red, smoothing: 0, threshold: 128, certain: 255, minArea: 1, tolerance: 0 }

/** A picture from text: `#` is white, any digit that many tenths of white, anything else black. */
function draw(...rows: string[]): Raster {
  const width = rows[0]?.length ?? 0
  const levels = rows.join('').split('').map((sign) => (sign === '#' ? 255 : /\d/.test(sign) ? Math.round(25.5 * Number(sign)) : 0))
  return { width, height: rows.length, data: Uint8Array.from(levels.flatMap((level) => [level, level, level])) }
}

/** The shoelace formula, in square pixels; positive when the ring runs clockwise on screen. */
function areaOf(ring: readonly Point[]): number {
  return ring.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y]
    return sum + (x * nextY - nextX * y) / 2
  }, 0)
}

describe('detectRegions', () => {
  test('outlines a rectangle by its four corners', () => {
    const [region] = detectRegions(draw('......', '.###..', '.###..', '......'), exact)
    expect(region?.area).toBe(6)
    expect(new Set(region?.outline.map(String))).toEqual(new Set(['1,1', '4,1', '4,3', '1,3']))
  })

  test('joins neighbours by side, not by corner, and fills holes', () => {
    const regions = detectRegions(draw('###...', '#.#...', '###...', '...##.'), exact)
    expect(regions.map((region) => [region.area, areaOf(region.outline)])).toEqual([[8, 9], [2, 2]])
  })

  test('follows a region along the edges of the picture', () => {
    const [region] = detectRegions(draw('##', '##'), exact)
    expect(areaOf(region?.outline ?? [])).toBe(4)
  })

  test('is surer of what stands out more, and drops what is small', () => {
    const regions = detectRegions(draw('##...66...7', '##...66....'), { ...exact, minArea: 4 })
    expect(regions).toHaveLength(2)
    expect(regions[0]?.confidence).toBe(1)
    expect(regions[1]?.confidence).toBeGreaterThan(0.1)
    expect(regions[1]?.confidence).toBeLessThan(0.4)
  })

  test('leaves out steps of a slanted edge within the tolerance', () => {
    const stairs = draw('#.....', '##....', '###...', '####..', '#####.', '######')
    const [fine] = detectRegions(stairs, exact)
    const [coarse] = detectRegions(stairs, { ...exact, tolerance: 1 })
    expect(coarse?.outline.length).toBeLessThan((fine?.outline.length ?? 0) / 2)
    expect(areaOf(coarse?.outline ?? [])).toBeCloseTo(areaOf(fine?.outline ?? []), -1)
  })

  test('an outline encloses its region and stays inside, whatever the shape', () => {
    const pictures = fc.integer({ min: 1, max: 12 }).chain((width) =>
      fc.array(fc.array(fc.constantFrom('#', '.'), { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }))
    fc.assert(
      fc.property(pictures, (rows) => {
        const picture = draw(...rows.map((row) => row.join('')))
        const regions = detectRegions(picture, exact)
        expect(regions.reduce((sum, region) => sum + region.area, 0)).toBe(rows.flat().filter((sign) => sign === '#').length)
        for (const { outline, area } of regions) {
          expect(areaOf(outline)).toBeGreaterThanOrEqual(area)
          for (const [x, y] of outline) expect(x >= 0 && y >= 0 && x <= picture.width && y <= picture.height).toBe(true)
        }
      }),
      { verbose: true },
    )
  })
})

describe('what the detectors look for', () => {
  test('lights are warm, clouds are bright and colourless', () => {
    const [amber, blue, white, sand] = [[200, 150, 90], [20, 60, 90], [250, 250, 250], [220, 190, 120]] as const
    expect(nightLights.score(...amber)).toBeGreaterThan(nightLights.certain)
    expect(nightLights.score(...blue)).toBeLessThan(nightLights.threshold)
    expect(brightClouds.score(...white)).toBeGreaterThan(brightClouds.certain)
    expect(brightClouds.score(...sand)).toBeLessThan(brightClouds.score(...white) / 2)
  })
})
