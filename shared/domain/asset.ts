import { z } from 'zod'
import { AssetIdSchema, ProjectIdSchema, Sha256Schema } from './ids.ts'

/**
 * Where the bytes are kept, apart from how they are reached: `object:<key>` in the storage of the workspace.
 * Signed URLs rotate and never serve as identity. A key has no empty, `.` or `..` segments.
 */
export const ObjectKeySchema = z.string().min(1).max(1024)
  .regex(/^[^\0\\]+$/, 'an object key has no backslash and no NUL')
  .refine((key) => key.split('/').every((part) => part !== '' && part !== '.' && part !== '..'), 'an object key has no empty or dot segments')
  .brand<'ObjectKey'>()
export type ObjectKey = z.infer<typeof ObjectKeySchema>

export const AssetUriSchema = z.string().startsWith('object:').refine((uri) => ObjectKeySchema.safeParse(uri.slice('object:'.length)).success, 'not a valid object key')
export type AssetUri = z.infer<typeof AssetUriSchema>

/** The object key inside an asset's uri. */
export function objectKeyOf(uri: AssetUri): ObjectKey {
  return ObjectKeySchema.parse(uri.slice('object:'.length))
}

/** What all pyramids in storage have: tiles below `filesKey`, a side of `tileSize` pixels, levels 0 to `maxLevel`, which is full resolution. */
const storedTiles = {
  filesKey: ObjectKeySchema,
  manifestKey: ObjectKeySchema,
  manifestSha256: Sha256Schema,
  format: z.enum(['jpg', 'jpeg', 'png', 'webp']),
  tileSize: z.int().min(64).max(4096),
  maxLevel: z.int().min(0).max(32),
}

/**
 * A pyramid that storage already holds in one of these layouts (tileKey.ts tells where a tile is).
 * Each level has half the size of the one above, rounded up, and the smallest one is a single tile.
 * `dzi`: Deep Zoom, `<level>/<column>_<row>`; `overlap` in pixels.
 * `iiif`: the static tiles of the IIIF Image API 2 or 3 at compliance level 0, scale factors 1 to 2^maxLevel. `wholeRegion`: how a tile that shows the
 * whole image is named, by `full`, as the canonical form has it, or by its region in pixels.
 * `xyz`: `<z>/<x>/<y>` or `<z>/<y>/<x>` by `order`, rows from the top; z is `minZoom` at level 0. Tiles at the edge may be padded to their full size.
 * `manifestSha256` names the JSON at `manifestKey` that gives the SHA-256 of every tile as {"tiles": {"<level>/<column>_<row>": hash}}.
 */
export const StoredPyramidSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('dzi'), ...storedTiles, overlap: z.int().min(0).max(64) }),
  z.object({ kind: z.literal('iiif'), ...storedTiles, version: z.union([z.literal(2), z.literal(3)]), wholeRegion: z.enum(['full', 'pixels']) }),
  z.object({ kind: z.literal('xyz'), ...storedTiles, minZoom: z.int().min(0).max(32), order: z.enum(['zxy', 'zyx']) }),
])
export type StoredPyramid = z.infer<typeof StoredPyramidSchema>

/** How the window gets pixels: the image as one file, or a pyramid. */
export const TileSourceSchema = z.discriminatedUnion('kind', [z.object({ kind: z.literal('whole') }), ...StoredPyramidSchema.options])
export type TileSource = z.infer<typeof TileSourceSchema>

/** What one image pixel covers of the world, in micrometres along x and y. */
export const PixelSizeSchema = z.object({ x: z.number().positive(), y: z.number().positive() })
export type PixelSize = z.infer<typeof PixelSizeSchema>

/**
 * An image to be labelled. `size` in bytes, `width` and `height` in pixels. For a pyramid in storage, sha256 and size are those of the manifest.
 * `pixelSize`, where it is known, goes before what the file says of itself.
 */
export const AssetSchema = z.object({
  id: AssetIdSchema,
  projectId: ProjectIdSchema,
  name: z.string().min(1).max(500),
  uri: AssetUriSchema,
  sha256: Sha256Schema,
  size: z.int().nonnegative(),
  width: z.int().positive(),
  height: z.int().positive(),
  mediaType: z.string().min(3).max(100),
  tileSource: TileSourceSchema.default({ kind: 'whole' }),
  pixelSize: PixelSizeSchema.optional(),
})
export type Asset = z.infer<typeof AssetSchema>
