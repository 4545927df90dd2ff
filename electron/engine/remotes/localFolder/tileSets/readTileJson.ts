import { z } from 'zod'
import { PixelSizeSchema } from '../../../../../shared/domain/asset.ts'
import { pictureKey } from '../pictureKeys.ts'
import { TileSetError, type TileSet } from './tileSet.ts'

const TEMPLATE = /^(?:\.\/)?\{z\}\/(\{x\}\/\{y\}|\{y\}\/\{x\})\.(jpg|jpeg|png|webp)$/

const TileJsonSchema = z.object({
  tilejson: z.string(),
  tiles: z.array(z.string()).min(1),
  minzoom: z.int().min(0).max(32).default(0),
  maxzoom: z.int().min(0).max(32),
  scheme: z.literal('xyz').default('xyz'),
  width: z.int().positive(),
  height: z.int().positive(),
  tileSize: z.int().min(64).max(4096).default(256),
  pixelSize: PixelSizeSchema.optional(),
})

/** Whether a `tiles.json` is a TileJSON and not something else. */
export function isTileJson(value: unknown): boolean {
  return z.object({ tilejson: z.string() }).safeParse(value).success
}

/**
 * Reads a TileJSON (https://github.com/mapbox/tilejson-spec) of an XYZ pyramid whose tiles are files beside it. Beyond the specification it says
 * `width` and `height` in pixels, and may say `tileSize` and `pixelSize` (micrometres). @throws TileSetError.
 */
export function readTileJson(value: unknown, folder: string): TileSet {
  const parsed = TileJsonSchema.safeParse(value)
  if (!parsed.success) throw new TileSetError(`The tiles.json lacks what is needed: ${z.prettifyError(parsed.error)}`)
  const { tiles, minzoom, maxzoom, width, height, tileSize, pixelSize } = parsed.data
  const template = TEMPLATE.exec(tiles[0] ?? '')
  if (template === null || maxzoom < minzoom) throw new TileSetError('The tiles must be files named {z}/{x}/{y} or {z}/{y}/{x} beside the tiles.json')
  const format = z.enum(['jpg', 'jpeg', 'png', 'webp']).parse(template[2])
  return {
    width, height, ...(pixelSize && { pixelSize }),
    layouts: [{
      kind: 'xyz', filesKey: pictureKey(folder), format, tileSize, maxLevel: maxzoom - minzoom, minZoom: minzoom, order: template[1] === '{x}/{y}' ? 'zxy' : 'zyx',
    }],
  }
}
