import type { PixelSize } from '../../../../../shared/domain/asset.ts'
import type { TileLayout } from '../../../../../shared/domain/tileKey.ts'

/** What the descriptor of a pyramid in a folder says: the image's size in pixels and how its tiles are named, by their keys. */
export interface TileSet {
  width: number
  height: number
  pixelSize?: PixelSize
  /** The first one whose tiles are there counts: programs name them in more than one way. */
  layouts: [TileLayout, ...TileLayout[]]
}

/** A file looks like the descriptor of a pyramid and is none that can be read. */
export class TileSetError extends Error {}

/** The level number of full resolution where the smallest level has the last of these scale factors: 1, 2, 4 and so on. @throws TileSetError. */
export function maxLevelOf(scaleFactors: readonly number[]): number {
  const inOrder = [...scaleFactors].sort((a, b) => a - b)
  if (inOrder.some((factor, index) => factor !== 2 ** index)) throw new TileSetError('Each level of a pyramid must have half the size of the one above')
  return inOrder.length - 1
}
