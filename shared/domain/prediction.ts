import { z } from 'zod'
import { AttributeIdSchema, ClassIdSchema, PredictionIdSchema, ShapeIdSchema, TaskIdSchema } from './ids.ts'
import { AttributeValueSchema } from './labelSchema.ts'
import { ShapeGeometrySchema } from './shape.ts'

/** One object that a model proposes; `confidence` runs from 0 to 1. */
export const PredictedShapeSchema = z.object({
  id: ShapeIdSchema,
  classId: ClassIdSchema,
  geometry: ShapeGeometrySchema,
  attributes: z.record(AttributeIdSchema, AttributeValueSchema).default({}),
  confidence: z.number().min(0).max(1),
})
export type PredictedShape = z.infer<typeof PredictedShapeSchema>

/** What one version of one model proposes for a task. */
export const PredictionSchema = z.object({
  id: PredictionIdSchema,
  taskId: TaskIdSchema,
  model: z.string().min(1).max(200),
  modelVersion: z.string().min(1).max(200),
  shapes: z.array(PredictedShapeSchema).max(100_000),
})
export type Prediction = z.infer<typeof PredictionSchema>
