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

/**
 * How the window gets pixels: the image as one file, or a Deep Zoom pyramid that storage already holds
 * (`<filesKey>/<level>/<column>_<row>.<format>`; tile size and overlap in pixels; level `maxLevel` is full resolution).
 * `manifestSha256` names the JSON at `manifestKey` that gives the SHA-256 of every tile as {"tiles": {"<level>/<column>_<row>": hash}}.
 */
export const TileSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('whole') }),
  z.object({
    kind: z.literal('dzi'),
    filesKey: ObjectKeySchema,
    manifestKey: ObjectKeySchema,
    manifestSha256: Sha256Schema,
    format: z.enum(['jpg', 'jpeg', 'png', 'webp']),
    tileSize: z.int().min(64).max(4096),
    overlap: z.int().min(0).max(64),
    maxLevel: z.int().min(0).max(32),
  }),
])
export type TileSource = z.infer<typeof TileSourceSchema>

/** What one image pixel covers of the world, in micrometres along x and y. */
export const PixelSizeSchema = z.object({ x: z.number().positive(), y: z.number().positive() })
export type PixelSize = z.infer<typeof PixelSizeSchema>

/**
 * An image to be labelled. `size` in bytes, `width` and `height` in pixels. For a `dzi` source, sha256 and size are those of the manifest.
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
