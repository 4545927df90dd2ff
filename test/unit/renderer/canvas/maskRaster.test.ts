import fc from 'fast-check'
import { expect, it } from 'vitest'
import { rasterMask } from '../../../../renderer/canvas/shapes/maskRaster.ts'
import { decodeMask, encodeMask } from '../../../../shared/geometry/mask.ts'
import { runsOf } from '../../../../shared/geometry/runs.ts'
import { holds } from '../../../builders/property.ts'
import { bitmap } from '../../shared/geometry/arbitraries.ts'

it('paints the pixels set in the colour, as canvases hold it', () => {
  const rle = encodeMask(Uint8Array.from([0, 1, 0, 0]), 2, 2)
  const pixels = rasterMask(runsOf(rle), 2, { x: 0, y: 0, columns: 2, rows: 2, step: 1 }, '#ff8040')
  expect([...new Uint8Array(pixels.buffer)]).toEqual([0, 0, 0, 0, 255, 128, 64, 255, 0, 0, 0, 0, 0, 0, 0, 0])
})

it('shows every cell as opaque as the mask covers it, wherever the grid lies', () => {
  const place = fc.integer({ min: 0, max: 5 })
  const count = fc.integer({ min: 1, max: 6 })
  const grids = fc.record({ x: place, y: place, columns: count, rows: count, step: fc.constantFrom(1, 2, 4) })
  holds('coverage', fc.property(bitmap, grids, ({ width, height, pixels }, grid) => {
    fc.pre(grid.x < width && grid.y < height)
    const rle = encodeMask(pixels, width, height)
    const set = decodeMask(rle)
    const raster = rasterMask(runsOf(rle), height, grid, '#000000')
    raster.forEach((pixel, at) => {
      let covered = 0
      for (let dx = 0; dx < grid.step; dx += 1) {
        for (let dy = 0; dy < grid.step; dy += 1) {
          const x = grid.x + (at % grid.columns) * grid.step + dx
          const y = grid.y + Math.floor(at / grid.columns) * grid.step + dy
          if (x < width && y < height) covered += set[y * width + x] ?? 0
        }
      }
      expect(pixel >>> 24).toBe(Math.round((255 * covered) / grid.step ** 2))
    })
  }))
})
