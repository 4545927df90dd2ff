import { z } from 'zod'
import { AssistAnswerSchema, AssistQuestionSchema } from '../../../shared/domain/assist.ts'
import { BoxSchema } from '../../../shared/geometry/box.ts'

/** Where a worker finds colours: the file of a whole image, or the tiles of one level of its pyramid that cover `box` (pixels of the level). */
export const PixelSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('whole'), key: z.string(), bytes: z.instanceof(Uint8Array) }),
  z.object({
    kind: z.literal('tiles'), key: z.string(), box: BoxSchema,
    tiles: z.array(z.object({ x: z.int(), y: z.int(), bytes: z.instanceof(Uint8Array) })),
  }),
])
export type PixelSource = z.infer<typeof PixelSourceSchema>

const RegionSchema = z.object({ box: BoxSchema, width: z.int().positive(), height: z.int().positive() })
const image = z.object({ width: z.int().positive(), height: z.int().positive() })

/** What the vision worker is asked: to get ready, or a question about a region of an image of the size `image` (pixels). */
export const VisionRequestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('prepare') }),
  z.object({ kind: z.literal('ask'), question: AssistQuestionSchema, source: PixelSourceSchema, region: RegionSchema, image }),
])
export type VisionRequest = z.infer<typeof VisionRequestSchema>

export const VisionReplySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }), z.object({ kind: z.literal('answer'), answer: AssistAnswerSchema }),
])
export type VisionReply = z.infer<typeof VisionReplySchema>

/** How a worker's thread answers one message: with a reply, or with why there is none. */
export const ThreadReplySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('done'), id: z.int(), reply: z.unknown() }), z.object({ kind: z.literal('error'), id: z.int(), detail: z.string() }),
])
export type ThreadReply = z.infer<typeof ThreadReplySchema>
export const ThreadRequestSchema = z.object({ id: z.int(), request: z.unknown() })
