import { z } from 'zod'

/** The longest side, in pixels, of an image that the window gets as one file. */
export const WHOLE_IMAGE_SIDE = 4096

/** A Deep Zoom pyramid; sizes in pixels. Level `maxLevel` is full resolution, each level below has half of it rounded up, level 0 is one pixel. */
export const PyramidSchema = z.object({
  width: z.int().positive(),
  height: z.int().positive(),
  tileSize: z.int().positive(),
  overlap: z.int().nonnegative(),
  maxLevel: z.int().nonnegative(),
})
export type Pyramid = z.infer<typeof PyramidSchema>

export interface TilePlace {
  level: number
  column: number
  row: number
}

export interface PyramidLevel {
  level: number
  width: number
  height: number
  columns: number
  rows: number
}

/** The pyramid that Fieldmark cuts out of an image of this size. */
export function pyramidOf(width: number, height: number): Pyramid {
  return { width, height, tileSize: 512, overlap: 0, maxLevel: fullLevel(width, height) }
}

/** The level number of full resolution: what it takes to halve the longer side down to one pixel. */
function fullLevel(width: number, height: number): number {
  return Math.ceil(Math.log2(Math.max(width, height)))
}

/** All levels, full resolution first. */
export function levelsOf({ width, height, tileSize, maxLevel }: Pyramid): PyramidLevel[] {
  return Array.from({ length: maxLevel + 1 }, (_, step) => {
    const size = { width: Math.ceil(width / 2 ** step), height: Math.ceil(height / 2 ** step) }
    return { level: maxLevel - step, ...size, columns: Math.ceil(size.width / tileSize), rows: Math.ceil(size.height / tileSize) }
  })
}

/** The number of tiles in all levels. */
export function tileCount(pyramid: Pyramid): number {
  return levelsOf(pyramid).reduce((sum, { columns, rows }) => sum + columns * rows, 0)
}

/** The largest single tile that shows the whole image in at most 256 px. */
export function thumbnailTile({ tileSize, maxLevel }: Pyramid): TilePlace {
  return { level: Math.min(maxLevel, 8, Math.floor(Math.log2(tileSize))), column: 0, row: 0 }
}
