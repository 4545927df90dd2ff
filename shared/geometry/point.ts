import { z } from 'zod'

/** A place in the image as [x, y], in image pixels; the origin is the top-left corner of the top-left pixel, y grows downwards. */
export const PointSchema = z.tuple([z.number(), z.number()]).readonly()
export type Point = z.infer<typeof PointSchema>
