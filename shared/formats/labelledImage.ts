import { z } from 'zod'
import { InstantSchema, RevisionIdSchema, SchemaHashSchema, Sha256Schema, TaskIdSchema } from '../domain/ids.ts'
import { AttributeValueSchema } from '../domain/labelSchema.ts'
import type { ShapeKind } from '../domain/labelSchema.ts'
import type { Provenance, ShapeGeometry } from '../domain/shape.ts'
import type { Point } from '../geometry/point.ts'

/** One object in several separate outlines (image pixels), each without holes. Other tools write it; Fieldmark has one shape for each. */
export interface MultiPolygon { readonly kind: 'multiPolygon'; readonly parts: readonly (readonly Point[])[] }

export const AttributesSchema = z.record(z.string(), AttributeValueSchema)

/** A labelled object as the formats know it. `category` is the index of its class in the data set; without `provenance` nothing is known of its making.
 * Objects of one image with the same `group` belong together. */
export interface LabelledShape {
  readonly category: number
  readonly geometry: ShapeGeometry | MultiPolygon
  readonly attributes: z.infer<typeof AttributesSchema>
  readonly provenance?: Provenance
  readonly group?: string
}

/** Where labels come from: the task, the image's own name and SHA-256, the version of the label schema, and the revision unless they are a draft. */
export const LabelOriginSchema = z.object({
  taskId: TaskIdSchema,
  imageName: z.string(),
  imageSha256: Sha256Schema,
  schemaHash: SchemaHashSchema,
  revision: z.object({ id: RevisionIdSchema, createdAt: InstantSchema }).optional(),
})
export type LabelOrigin = z.infer<typeof LabelOriginSchema>

/** An image with its labels. `fileName` is unique in the data set, `width` and `height` are pixels, `tags` are ids of image tags. */
export interface LabelledImage {
  readonly fileName: string
  readonly width: number
  readonly height: number
  readonly tags: readonly string[]
  readonly shapes: readonly LabelledShape[]
  readonly origin?: LabelOrigin
}

/**
 * A shape that a format did not take: nobody knows its class, the format cannot hold its `kind`, its mask is `damaged`, it marks nothing (`empty`) of
 * the image, or its `keypoints` are not those of its class.
 */
export interface LeftOutShape {
  readonly reason: 'unknownClass' | 'kind' | 'damaged' | 'empty' | 'keypoints'
  readonly kind: ShapeKind | MultiPolygon['kind']
}
