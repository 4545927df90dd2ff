import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cropStrip, halveStrip } from '../../../../electron/engine/tiles/rasterStrip.ts'
import { planEviction } from '../../../../electron/engine/tiles/eviction.ts'
import { levelsOf, pyramidOf, thumbnailTile } from '../../../../electron/engine/tiles/pyramid.ts'
import { Sha256Schema } from '../../../../shared/domain/ids.ts'

const side = fc.integer({ min: 1, max: 70_000 })

describe('the levels of a pyramid', () => {
  it('run from full resolution down to one pixel, each half of the one above, rounded up', () => {
    fc.assert(fc.property(side, side, (width, height) => {
      const levels = levelsOf(pyramidOf(width, height))
      expect(levels[0]).toMatchObject({ width, height })
      expect(levels.at(-1)).toEqual({ level: 0, width: 1, height: 1, columns: 1, rows: 1 })
      for (const [index, below] of levels.slice(1).entries()) {
        const above = levels[index]
        expect(below).toMatchObject({ width: Math.ceil((above?.width ?? 0) / 2), height: Math.ceil((above?.height ?? 0) / 2) })
      }
    }))
  })

  it('have one tile that is the whole image in at most 256 px', () => {
    fc.assert(fc.property(side, side, (width, height) => {
      const pyramid = pyramidOf(width, height)
      const level = levelsOf(pyramid).find((one) => one.level === thumbnailTile(pyramid).level)
      expect(level).toMatchObject({ columns: 1, rows: 1 })
      expect(Math.max(level?.width ?? 0, level?.height ?? 0)).toBeLessThanOrEqual(256)
    }))
  })
})

describe('strips of pixels', () => {
  it('are halved by the mean of four, at odd edges of fewer', () => {
    const data = Uint8Array.from([10, 20, 90, 30, 40, 94])
    expect(halveStrip({ width: 3, height: 2, channels: 1, data })).toEqual({ width: 2, height: 1, channels: 1, data: Uint8Array.from([25, 92]) })
    expect([...halveStrip({ width: 1, height: 3, channels: 2, data }).data]).toEqual([50, 25, 40, 94])
  })

  it('are cropped by columns', () => {
    const data = Uint8Array.from([1, 2, 3, 4, 5, 6])
    expect([...cropStrip({ width: 3, height: 2, channels: 1, data }, 1, 2).data]).toEqual([2, 3, 5, 6])
  })
})

it('never plans to drop what is needed, nor anything in vain', () => {
  const sha = (index: number) => Sha256Schema.parse(index.toString(16).padStart(64, '0'))
  fc.assert(fc.property(fc.array(fc.record({ bytes: fc.nat(100), needed: fc.boolean() })), fc.integer({ min: 1, max: 2000 }), (objects, excess) => {
    const all = objects.map(({ bytes }, index) => ({ sha256: sha(index), bytes }))
    const needed = new Set(objects.flatMap((object, index) => (object.needed ? [sha(index)] : [])))
    const dropped = planEviction(all, excess, (sha256) => needed.has(sha256))
    const free = (list: readonly string[]) => all.filter(({ sha256 }) => list.includes(sha256)).reduce((sum, { bytes }) => sum + bytes, 0)
    const droppable = all.map(({ sha256 }) => sha256).filter((sha256) => !needed.has(sha256))
    if (dropped === undefined) {
      expect(free(droppable)).toBeLessThan(excess)
      return
    }
    expect(dropped).toEqual(droppable.slice(0, dropped.length))
    expect(free(dropped)).toBeGreaterThanOrEqual(excess)
    expect(free(dropped.slice(0, -1))).toBeLessThan(excess)
  }))
})
