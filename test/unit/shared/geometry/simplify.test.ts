import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Point } from '../../../../shared/geometry/point.ts'
import { distanceToPath, ringArea } from '../../../../shared/geometry/polygon.ts'
import { simplifyGeometry, simplifyPath, simplifyRing, smoothGeometry } from '../../../../shared/geometry/simplify.ts'
import { holds } from '../../../builders/property.ts'
import { point, star } from './arbitraries.ts'

const SQUARE: Point[] = [[0, 0], [100, 0], [100, 100], [0, 100]]

describe('simplifying', () => {
  it('leaves out what lies on the line through the others', () => {
    expect(simplifyPath([[0, 0], [5, 0.1], [10, 0], [20, 0], [20, 10]], 0.5)).toEqual([[0, 0], [20, 0], [20, 10]])
  })

  it('keeps the ends and stays within its tolerance', () => {
    holds('simplified paths', fc.property(fc.array(point, { minLength: 2, maxLength: 30 }), fc.integer({ min: 1, max: 100 }), (path, tolerance) => {
      const simple = simplifyPath(path, tolerance)
      expect([simple[0], simple.at(-1)]).toEqual([path[0], path.at(-1)])
      for (const place of path) expect(distanceToPath(place, simple, false)).toBeLessThanOrEqual(tolerance)
    }))
  })

  it('takes a ring from whichever vertex it begins, and leaves it three', () => {
    expect(simplifyRing([[50, 0.2], [100, 0], [100, 100], [0, 100], [0, 0]], 1)).toHaveLength(5)
    holds('simplified rings', fc.property(star, (ring) => { expect(simplifyRing(ring, 1000).length).toBeGreaterThanOrEqual(3) }))
  })

  it('is the very same geometry when there is nothing to leave out', () => {
    const geometry = { kind: 'polygon' as const, rings: [SQUARE] }
    expect(simplifyGeometry(geometry, 1)).toBe(geometry)
  })
})

describe('smoothing', () => {
  it('cuts the corners of a ring, and keeps the ends of a line', () => {
    const smooth = smoothGeometry({ kind: 'polygon', rings: [SQUARE] })
    expect(smooth.kind === 'polygon' && smooth.rings.map(ringArea)).toEqual([8750])
    expect(smoothGeometry({ kind: 'polyline', points: [[0, 0], [100, 0], [100, 100]] }))
      .toEqual({ kind: 'polyline', points: [[0, 0], [75, 0], [100, 25], [100, 100]] })
  })
})
