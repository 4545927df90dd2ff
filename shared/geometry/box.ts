import { z } from 'zod'

/** An axis-aligned box in image pixels; `width` and `height` are never negative. */
export const BoxSchema = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number().nonnegative(),
  height: z.number().nonnegative(),
})
export type Box = z.infer<typeof BoxSchema>
