import { z } from 'zod'
import { BoxSchema } from '../geometry/box.ts'
import { PointSchema } from '../geometry/point.ts'
import { RleSchema } from '../geometry/rle.ts'
import { AssistantSchema } from './shape.ts'

/** The tools that propose shapes. */
export const AssistToolSchema = z.enum(['magicWand', 'grabCut', 'scissors', 'segmentAnything'])
export type AssistTool = z.infer<typeof AssistToolSchema>

/** A place from which colour spreads to all that differs from it by at most `tolerance` (0 to 255) in each channel. */
export const WandSeedSchema = z.object({ point: PointSchema, tolerance: z.number().min(0).max(255), subtract: z.boolean() })
export type WandSeed = z.infer<typeof WandSeedSchema>

/** What a person painted to say that it belongs to the object or not; `radius` in image pixels. */
export const AssistStrokeSchema = z.object({ points: z.array(PointSchema).min(1).max(10_000), radius: z.number().positive(), subtract: z.boolean() })
export type AssistStroke = z.infer<typeof AssistStrokeSchema>

export const PromptSchema = z.object({ point: PointSchema, subtract: z.boolean() })
export type Prompt = z.infer<typeof PromptSchema>

/** A region is asked for as polygons, and as a mask too where the class may be labelled by one. */
const region = { withMask: z.boolean() }

/** What a tool is asked to propose. Everything is in image pixels; each question holds all that was pointed at so far. */
export const AssistQuestionSchema = z.discriminatedUnion('tool', [
  z.object({ tool: z.literal('magicWand'), ...region, view: BoxSchema, seeds: z.array(WandSeedSchema).min(1).max(100) }),
  z.object({ tool: z.literal('grabCut'), ...region, box: BoxSchema, strokes: z.array(AssistStrokeSchema).max(200) }),
  /** The way along edges from one place to another, looked for up to `reach` pixels beside the first. */
  z.object({ tool: z.literal('scissors'), from: PointSchema, to: PointSchema, reach: z.number().positive() }),
  z.object({ tool: z.literal('segmentAnything'), ...region, prompts: z.array(PromptSchema).max(100), box: BoxSchema.optional() }),
])
export type AssistQuestion = z.infer<typeof AssistQuestionSchema>

/** Why a tool has no answer: no model was chosen, it could not be run, the image is not here, or something unforeseen. */
export const AssistFailureSchema = z.enum(['noModel', 'modelFailed', 'imageMissing', 'failed'])
export type AssistFailure = z.infer<typeof AssistFailureSchema>

/** `parts` are polygons apart from each other, each with its outline first and its holes after it; none when nothing was found. */
export const AssistRegionSchema = z.object({
  kind: z.literal('region'), parts: z.array(z.array(z.array(PointSchema).min(3)).min(1)), mask: RleSchema.optional(), assistant: AssistantSchema,
})
export type AssistRegion = z.infer<typeof AssistRegionSchema>

export const AssistAnswerSchema = z.discriminatedUnion('kind', [
  AssistRegionSchema,
  z.object({ kind: z.literal('path'), points: z.array(PointSchema) }),
  z.object({ kind: z.literal('failed'), reason: AssistFailureSchema }),
])
export type AssistAnswer = z.infer<typeof AssistAnswerSchema>
