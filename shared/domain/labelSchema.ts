import { z } from 'zod'
import { SkeletonDefinitionSchema } from './skeletonDefinition.ts'
import { AttributeIdSchema, ClassIdSchema, TagIdSchema } from './ids.ts'

export const SHAPE_KINDS = ['rectangle', 'rotatedRectangle', 'polygon', 'polyline', 'point', 'ellipse', 'mask', 'skeleton'] as const
export const ShapeKindSchema = z.enum(SHAPE_KINDS)
export type ShapeKind = z.infer<typeof ShapeKindSchema>

const attributeBase = { id: AttributeIdSchema, name: z.string().min(1).max(200), required: z.boolean().default(false) }

/** What an annotator may say of a shape; the value's type follows from `type`. */
export const AttributeDefinitionSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('boolean'), ...attributeBase, default: z.boolean().optional() }),
  z.object({ type: z.literal('enum'), ...attributeBase, options: z.array(z.string().min(1)).min(1), default: z.string().optional() }),
  z.object({
    type: z.literal('number'), ...attributeBase,
    min: z.number().optional(), max: z.number().optional(), step: z.number().positive().optional(), default: z.number().optional(),
  }),
  z.object({ type: z.literal('text'), ...attributeBase, maxLength: z.int().positive().default(500), default: z.string().optional() }),
])
export type AttributeDefinition = z.infer<typeof AttributeDefinitionSchema>

export const AttributeValueSchema = z.union([z.boolean(), z.number(), z.string()])
export type AttributeValue = z.infer<typeof AttributeValueSchema>

/** A class of objects: its colour as #rrggbb, the key that picks it, the kinds of shape that may carry it, and the pixels that the shorter side of its
 * bounds must have. A class of skeletons says what they are made of. */
export const LabelClassSchema = z.object({
  id: ClassIdSchema,
  name: z.string().min(1).max(200),
  color: z.string().regex(/^#[0-9a-f]{6}$/i),
  hotkey: z.string().length(1).optional(),
  kinds: z.array(ShapeKindSchema).min(1),
  attributes: z.array(AttributeDefinitionSchema).default([]),
  minSize: z.number().positive().optional(),
  skeleton: SkeletonDefinitionSchema.optional(),
}).refine(({ kinds, skeleton }) => !kinds.includes('skeleton') || skeleton !== undefined, { path: ['skeleton'], message: 'a class that allows skeletons defines one' })
export type LabelClass = z.infer<typeof LabelClassSchema>

const ImageTagDefinitionSchema = z.object({
  id: TagIdSchema,
  name: z.string().min(1).max(200),
  hotkey: z.string().length(1).optional(),
})

export const LABEL_SCHEMA_FORMAT = 'fieldmark.label-schema/1'

/** What may be labelled and how. Immutable: its version is the SHA-256 of its canonical JSON (see `SchemaHash`). */
export const LabelSchemaSchema = z.object({
  format: z.literal(LABEL_SCHEMA_FORMAT),
  name: z.string().min(1).max(200),
  classes: z.array(LabelClassSchema).min(1).max(10_000),
  imageTags: z.array(ImageTagDefinitionSchema).max(1_000).default([]),
})
export type LabelSchema = z.infer<typeof LabelSchemaSchema>
