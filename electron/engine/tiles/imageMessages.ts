import { z } from 'zod'
import { PixelSizeSchema } from '../../../shared/domain/asset.ts'
import { TaskProblemSchema } from '../../../shared/domain/task.ts'
import { PyramidSchema } from './pyramid.ts'

/** The image formats that Fieldmark reads. */
export const IMAGE_MEDIA_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif', 'image/tiff'] as const

/**
 * What an image says of itself before anything is decoded. `width` and `height` in pixels as the window shows the image, that is after the
 * EXIF orientation; `turned` tells that the orientation is not the plain one, `deep` that values have more than 8 bits; `pixelSize` is there when the file was
 * measured (see pixelSizeOf.ts). Of several frames or pages the first counts.
 */
export const ImageHeaderSchema = z.object({
  mediaType: z.enum(IMAGE_MEDIA_TYPES),
  width: z.int().positive(),
  height: z.int().positive(),
  turned: z.boolean(),
  deep: z.boolean(),
  pixelSize: PixelSizeSchema.optional(),
})
export type ImageHeader = z.infer<typeof ImageHeaderSchema>

const request = { id: z.int().positive(), file: z.string().min(1), maxPixels: z.number().positive() }

/**
 * What the engine asks of the image worker: the header; a full decoding, which gives a thumbnail; the levels of a pyramid that are one tile, in advance;
 * a pyramid, with raw pixels in the folder `scratch` meanwhile.
 */
export const ImageRequestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('header'), ...request }),
  z.object({ kind: z.literal('thumbnail'), ...request }),
  z.object({ kind: z.literal('overview'), ...request, pyramid: PyramidSchema }),
  z.object({ kind: z.literal('cut'), ...request, scratch: z.string().min(1) }),
])
export type ImageRequest = z.infer<typeof ImageRequestSchema>

/** An encoded picture. */
export const PictureSchema = z.object({ bytes: z.instanceof(Uint8Array), mediaType: z.string() })
export type Picture = z.infer<typeof PictureSchema>

/** A tile of a pyramid that is being cut. */
export const CutTileSchema = PictureSchema.extend({ level: z.int().nonnegative(), column: z.int().nonnegative(), row: z.int().nonnegative() })
export type CutTile = z.infer<typeof CutTileSchema>

const reply = { id: z.int().positive() }

/** The worker's answers. `tile` comes many times before `overview` or `cut`; every other one ends its request. */
export const ImageReplySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('header'), ...reply, header: ImageHeaderSchema }),
  z.object({ kind: z.literal('thumbnail'), ...reply, picture: PictureSchema }),
  z.object({ kind: z.literal('tile'), ...reply, tile: CutTileSchema }),
  z.object({ kind: z.literal('overview'), ...reply }),
  z.object({ kind: z.literal('cut'), ...reply, pyramid: PyramidSchema }),
  z.object({ kind: z.literal('problem'), ...reply, problem: TaskProblemSchema }),
])
export type ImageReply = z.infer<typeof ImageReplySchema>
