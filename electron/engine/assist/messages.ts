import { z } from 'zod'
import { AssistAnswerSchema, AssistQuestionSchema, AssistRegionSchema } from '../../../shared/domain/assist.ts'
import { Sha256Schema } from '../../../shared/domain/ids.ts'
import { ModelFilesSchema } from '../../../shared/domain/segmentModel.ts'
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

const onImage = { files: ModelFilesSchema, source: PixelSourceSchema, region: RegionSchema, image, folder: z.string() }
const ModelQuestionSchema = AssistQuestionSchema.options[3]

/** What the model worker is asked: to look at a model's files, to get an image ready, or about a place on it. `folder` takes what encoders made. */
export const ModelRequestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('inspect'), files: ModelFilesSchema }),
  z.object({ kind: z.literal('embed'), ...onImage }),
  z.object({ kind: z.literal('ask'), ...onImage, question: ModelQuestionSchema }),
])
export type ModelRequest = z.infer<typeof ModelRequestSchema>
export type ModelQuestion = z.infer<typeof ModelQuestionSchema>

export const ModelReplySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), version: Sha256Schema }),
  z.object({ kind: z.literal('answer'), answer: AssistRegionSchema }),
  z.object({ kind: z.literal('refused'), file: z.enum(['encoder', 'decoder']), detail: z.string() }),
])
export type ModelReply = z.infer<typeof ModelReplySchema>
