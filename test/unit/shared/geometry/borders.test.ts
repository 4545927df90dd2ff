import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { between, nearestPlace, redrawn } from '../../../../shared/geometry/borders.ts'
import type { Border } from '../../../../shared/geometry/borders.ts'
import { ringArea } from '../../../../shared/geometry/polygon.ts'
import { holds } from '../../../builders/property.ts'
import { star } from './arbitraries.ts'

const SQUARE: Border = { path: [[0, 0], [100, 0], [100, 100], [0, 100]], closed: true }

describe('borders', () => {
  it('are followed the shorter way round, or the longer', () => {
    const [from, to] = [{ edge: 0, point: [80, 0] as const }, { edge: 1, point: [100, 20] as const }]
    expect(between(SQUARE, from, to)).toEqual([[100, 0]])
    expect(between(SQUARE, to, from)).toEqual([[100, 0]])
    expect(between(SQUARE, from, to, true)).toEqual([[0, 0], [0, 100], [100, 100]])
  })

  it('have nothing between two places on one edge, but all vertices the other way', () => {
    const [from, to] = [{ edge: 0, point: [20, 0] as const }, { edge: 0, point: [60, 0] as const }]
    expect(between(SQUARE, from, to)).toEqual([])
    expect(between(SQUARE, to, from, true)).toEqual([[100, 0], [100, 100], [0, 100], [0, 0]])
  })

  it('are redrawn with the same part whichever end comes first', () => {
    holds('redrawing', fc.property(star, fc.nat(), fc.nat(), fc.boolean(), (path, first, second, longWay) => {
      const border = { path, closed: true }
      const placeOn = (seed: number) => {
        const edge = seed % path.length
        const [a, b] = [path[edge] ?? [0, 0], path[(edge + 1) % path.length] ?? [0, 0]]
        return { edge, point: [a[0] * 0.6 + b[0] * 0.4, a[1] * 0.6 + b[1] * 0.4] as const }
      }
      const [from, to] = [placeOn(first), placeOn(second)]
      // Two ways of the same length leave the choice open.
      fc.pre(from.edge !== to.edge && 2 * Math.abs(from.edge - to.edge) !== path.length)
      expect(ringArea(redrawn(border, from, to, [[0, 0], [5, 5]], longWay))).toBeCloseTo(ringArea(redrawn(border, to, from, [[5, 5], [0, 0]], longWay)), 3)
      expect(ringArea(redrawn(border, from, to, between(border, from, to, longWay), longWay))).toBeCloseTo(ringArea(path), 3)
    }))
  })

  it('are found within reach', () => {
    expect(nearestPlace(SQUARE, [50, 4], 5)).toEqual({ edge: 0, point: [50, 0] })
    expect(nearestPlace(SQUARE, [50, 6], 5)).toBeUndefined()
  })
})
