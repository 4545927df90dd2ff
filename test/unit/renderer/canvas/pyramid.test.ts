import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { levelFor, levelSize, overviewLevel, tileUrl, tilesWithin } from '../../../../renderer/canvas/image/pyramid.ts'
import type { Pyramid } from '../../../../renderer/canvas/image/pyramid.ts'
import { createBitmapCache } from '../../../../renderer/canvas/image/bitmapCache.ts'
import { holds } from '../../../builders/property.ts'

const PYRAMID: Pyramid = { kind: 'pyramid', urlTemplate: 'fieldmark-data://tile/x/{level}/{column}_{row}', width: 1000, height: 700, tileSize: 256, overlap: 1, maxLevel: 10 }
const WHOLE = { x: 0, y: 0, width: 1000, height: 700 }

describe('tile pyramid', () => {
  it('halves its levels, rounding up', () => {
    expect([10, 9, 8, 0].map((level) => levelSize(PYRAMID, level))).toEqual([
      { width: 1000, height: 700 }, { width: 500, height: 350 }, { width: 250, height: 175 }, { width: 1, height: 1 },
    ])
    expect(overviewLevel(PYRAMID)).toBe(8)
  })

  it('picks the level with a pixel for every pixel of the screen', () => {
    expect([4, 1, 0.6, 0.5, 0.49, 0.0001].map((scale) => levelFor(PYRAMID, scale))).toEqual([10, 10, 10, 9, 9, 0])
  })

  it('lays tiles with their overlap', () => {
    const tiles = tilesWithin(PYRAMID, 10, WHOLE)
    expect(tiles).toHaveLength(12)
    const at = (key: string) => tiles.find((tile) => tile.key === key)?.box
    expect(at('10/0_0')).toEqual({ x: 0, y: 0, width: 257, height: 257 })
    expect(at('10/1_1')).toEqual({ x: 255, y: 255, width: 258, height: 258 })
    expect(at('10/3_2')).toEqual({ x: 767, y: 511, width: 233, height: 189 })
  })

  it('names the tiles that the view meets, from its middle outwards', () => {
    expect(tilesWithin(PYRAMID, 10, { x: 300, y: 300, width: 10, height: 10 }).map((tile) => tile.key)).toEqual(['10/1_1'])
    expect(tilesWithin(PYRAMID, 10, { x: 100, y: 100, width: 200, height: 100 }).map((tile) => tile.key)).toEqual(['10/0_0', '10/1_0'])
    expect(tilesWithin(PYRAMID, 10, { x: 2000, y: 0, width: 10, height: 10 })).toEqual([])
    expect(tilesWithin(PYRAMID, 8, WHOLE).map((tile) => tileUrl(PYRAMID, tile))).toEqual(['fieldmark-data://tile/x/8/0_0'])
  })

  it('covers every place of the image on every level', () => {
    const levels = fc.integer({ min: 0, max: 10 })
    holds('tiles cover', fc.property(levels, fc.double({ min: 0, max: 1000, noNaN: true }), fc.double({ min: 0, max: 700, noNaN: true }), (level, x, y) => {
      const near = tilesWithin(PYRAMID, level, { x, y, width: 0, height: 0 })
      const covers = near.some(({ box }) => x >= box.x - 1e-6 && x <= box.x + box.width + 1e-6 && y >= box.y - 1e-6 && y <= box.y + box.height + 1e-6)
      // The far edges belong to the last tiles.
      expect(covers || x === 1000 || y === 700).toBe(true)
    }))
  })
})

describe('bitmap cache', () => {
  const bitmap = (name: string, closed: string[]) => ({ name, width: 10, height: 10, close: () => { closed.push(name) } })

  it('closes what was used longest ago when it is over its budget', () => {
    const closed: string[] = []
    const cache = createBitmapCache<ReturnType<typeof bitmap>>(300)
    for (const name of ['a', 'b', 'c']) cache.set(name, bitmap(name, closed))
    cache.get('a')
    cache.set('d', bitmap('d', closed))
    expect(closed).toEqual(['b'])
    expect(cache.get('a')?.name).toBe('a')
  })

  it('closes nothing that is held, until it is let go', () => {
    const closed: string[] = []
    const cache = createBitmapCache<ReturnType<typeof bitmap>>(100)
    const [first, second] = [cache.hold('a'), cache.hold('a')]
    for (const name of ['a', 'b', 'c']) cache.set(name, bitmap(name, closed))
    expect(closed).toEqual(['b'])
    first()
    first()
    expect(closed).toEqual(['b', 'c'])
    second()
    cache.set('d', bitmap('d', closed))
    expect(closed).toEqual(['b', 'c', 'a'])
  })

  it('keeps one that is over the budget by itself, and replaces one of the same name', () => {
    const closed: string[] = []
    const cache = createBitmapCache<ReturnType<typeof bitmap>>(50)
    cache.set('a', bitmap('a', closed))
    cache.set('a', bitmap('a again', closed))
    expect(closed).toEqual(['a'])
    expect(cache.get('a')?.name).toBe('a again')
  })
})
