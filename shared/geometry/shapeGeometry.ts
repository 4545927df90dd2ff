import { z } from 'zod'
import { BoxSchema } from './box.ts'
import { PointSchema } from './point.ts'
import { RleSchema } from './rle.ts'
import { KeypointSchema } from './skeleton.ts'

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
  /** Keypoints in the order of the label schema, which also says how they are joined. */
  z.object({ kind: z.literal('skeleton'), points: z.array(KeypointSchema).min(1) }),
])
export type ShapeGeometry = z.infer<typeof ShapeGeometrySchema>
export type GeometryKind = ShapeGeometry['kind']
export type GeometryOf<K extends GeometryKind> = Extract<ShapeGeometry, { kind: K }>
