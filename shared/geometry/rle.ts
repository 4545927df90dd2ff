import { z } from 'zod'

/**
 * A binary mask as COCO's compressed run lengths: column-major runs, background first, in the LEB128-like ASCII string
 * of pycocotools `maskApi.c`. `size` is [height, width] in pixels.
 */
export const RleSchema = z.object({
  size: z.tuple([z.int().positive(), z.int().positive()]).readonly(),
  counts: z.string(),
})
export type Rle = z.infer<typeof RleSchema>
