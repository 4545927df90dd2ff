import { z } from 'zod'
import type { TilePlace } from '../../../shared/domain/tileKey.ts'

/** The longest side, in pixels, of an image that the window gets as one file. */
export const WHOLE_IMAGE_SIDE = 4096
/** The longest side of a thumbnail in pixels. */
export const THUMBNAIL_SIDE = 256

/** A pyramid; sizes in pixels. Level `maxLevel` is full resolution, each level below has half of it rounded up, level 0 is one tile, and one pixel in those that Fieldmark cuts. */
export const PyramidSchema = z.object({
  width: z.int().positive(),
  height: z.int().positive(),
  tileSize: z.int().positive(),
  overlap: z.int().nonnegative(),
  maxLevel: z.int().nonnegative(),
})
export type Pyramid = z.infer<typeof PyramidSchema>

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

/** The largest tile that is the whole image. */
export function overviewTile(pyramid: Pyramid): TilePlace {
  const level = levelsOf(pyramid).find(({ columns, rows }) => columns === 1 && rows === 1)?.level ?? 0
  return { level, column: 0, row: 0 }
}

/** The largest single tile that shows the whole image in at most 256 px, or the smallest there is. */
export function thumbnailTile(pyramid: Pyramid): TilePlace {
  const side = Math.min(THUMBNAIL_SIDE, pyramid.tileSize)
  const fitting = levelsOf(pyramid).find(({ width, height }) => Math.max(width, height) <= side)
  return { level: fitting?.level ?? 0, column: 0, row: 0 }
}
