import { z } from 'zod'
import { BoxSchema } from '../geometry/box.ts'
import { PointSchema } from '../geometry/point.ts'
import { RleSchema } from '../geometry/rle.ts'
import { AttributeIdSchema, ClassIdSchema, InstantSchema, PredictionIdSchema, ShapeIdSchema, UserIdSchema } from './ids.ts'
import { AttributeValueSchema } from './labelSchema.ts'

/** Geometry in image pixels (doubles). Rotation is in degrees clockwise about the centre. A polygon's first ring is its outline, the others are holes. */
export const ShapeGeometrySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rectangle'), ...BoxSchema.shape }),
  z.object({
    kind: z.literal('rotatedRectangle'),
    cx: z.number(), cy: z.number(), width: z.number().nonnegative(), height: z.number().nonnegative(), rotation: z.number(),
  }),
  z.object({ kind: z.literal('polygon'), rings: z.array(z.array(PointSchema).min(3)).min(1) }),
  z.object({ kind: z.literal('polyline'), points: z.array(PointSchema).min(2) }),
  z.object({ kind: z.literal('point'), x: z.number(), y: z.number() }),
  z.object({
    kind: z.literal('ellipse'),
    cx: z.number(), cy: z.number(), rx: z.number().nonnegative(), ry: z.number().nonnegative(), rotation: z.number(),
  }),
  z.object({ kind: z.literal('mask'), rle: RleSchema }),
])
export type ShapeGeometry = z.infer<typeof ShapeGeometrySchema>

const fromPrediction = {
  predictionId: PredictionIdSchema,
  predictedShapeId: ShapeIdSchema,
  model: z.string(),
  modelVersion: z.string(),
  confidence: z.number().min(0).max(1),
}

/** Where a shape came from: a person's hand, or a model's proposal taken over as it was or after a change. */
export const ProvenanceSchema = z.discriminatedUnion('source', [
  z.object({ source: z.literal('human') }),
  z.object({ source: z.literal('acceptedPrediction'), ...fromPrediction }),
  z.object({ source: z.literal('editedPrediction'), ...fromPrediction }),
])
export type Provenance = z.infer<typeof ProvenanceSchema>

/** One labelled object. `order` is its place in the stack: greater is nearer to the viewer. */
export const ShapeSchema = z.object({
  type: z.literal('shape'),
  id: ShapeIdSchema,
  classId: ClassIdSchema,
  geometry: ShapeGeometrySchema,
  attributes: z.record(AttributeIdSchema, AttributeValueSchema).default({}),
  provenance: ProvenanceSchema,
  order: z.number(),
  createdBy: UserIdSchema,
  createdAt: InstantSchema,
})
export type Shape = z.infer<typeof ShapeSchema>
