import { z } from 'zod'
import { ShapeGeometrySchema } from '../geometry/shapeGeometry.ts'
import { AttributeIdSchema, ClassIdSchema, InstantSchema, PredictionIdSchema, ShapeIdSchema, UserIdSchema } from './ids.ts'
import { AttributeValueSchema } from './labelSchema.ts'

export { ShapeGeometrySchema } from '../geometry/shapeGeometry.ts'
export type { ShapeGeometry } from '../geometry/shapeGeometry.ts'

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
