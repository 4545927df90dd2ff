import { z } from 'zod'
import { SHAPE_ASPECTS } from '../domain/compareVersions.ts'
import { InstantSchema, PredictionIdSchema, RevisionIdSchema, ShapeIdSchema, TagIdSchema } from '../domain/ids.ts'
import { LabelSchemaSchema } from '../domain/labelSchema.ts'
import { RevisionSchema } from '../domain/revision.ts'

export const VersionContentSchema = RevisionSchema.pick({ outcome: true, shapes: true, tags: true, rejections: true })

/** Something that says what a task's image shows: the draft, a revision that is here (of this task, or of another one on the same image), a prediction, the answer to a gold task. */
export const VersionRefSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('draft') }),
  z.object({ kind: z.literal('revision'), revisionId: RevisionIdSchema }),
  z.object({ kind: z.literal('prediction'), predictionId: PredictionIdSchema }),
  z.object({ kind: z.literal('gold') }),
])
export type VersionRef = z.infer<typeof VersionRefSchema>

const shapes = { shapes: z.int().nonnegative() }
/** What is told of a version before it is looked at. `edited`: the draft goes further than the last revision. `here`: made on this workstation. */
export const ComparableSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('draft'), edited: z.boolean(), ...shapes }),
  z.object({ kind: z.literal('revision'), revisionId: RevisionIdSchema, author: z.string(), createdAt: InstantSchema, here: z.boolean(), ...shapes }),
  z.object({ kind: z.literal('prediction'), predictionId: PredictionIdSchema, model: z.string(), modelVersion: z.string(), ...shapes }),
  z.object({ kind: z.literal('gold'), ...shapes }),
])
export type Comparable = z.infer<typeof ComparableSchema>

/** How two contents differ; shapes by their ids in the content that they are of. `removed` and `before` are in the first, `added` and `after` in the second. */
export const DifferencesSchema = z.object({
  removed: z.array(ShapeIdSchema),
  added: z.array(ShapeIdSchema),
  changed: z.array(z.object({ before: ShapeIdSchema, after: ShapeIdSchema, aspects: z.array(z.enum(SHAPE_ASPECTS)), similarity: z.number() })),
  tagsRemoved: z.array(TagIdSchema),
  tagsAdded: z.array(TagIdSchema),
  outcomeDiffers: z.boolean(),
})
export type Differences = z.infer<typeof DifferencesSchema>

/** Two versions with what differs. `name` is that of the image; `schema` names the classes and tags of both, as far as their label schemas are here. */
export const ComparedVersionsSchema = z.object({
  name: z.string(),
  from: z.object({ version: ComparableSchema, content: VersionContentSchema }),
  to: z.object({ version: ComparableSchema, content: VersionContentSchema }),
  differences: DifferencesSchema,
  schema: LabelSchemaSchema.optional(),
})
export type ComparedVersions = z.infer<typeof ComparedVersionsSchema>
