import { z } from 'zod'
import { ClassIdSchema, RevisionIdSchema, SchemaHashSchema } from '../../domain/ids.ts'
import { ProvenanceSchema, ShapeGeometrySchema } from '../../domain/shape.ts'
import { AttributesSchema, LabelOriginSchema } from '../labelledImage.ts'

/**
 * COCO's object detection and keypoint files, as the data format page defines them (https://cocodataset.org/#format-data), with keys beside the
 * standard ones that other readers pass over: `class_id`, `tags`, `origin`, `attributes` (as CVAT writes them), `score` (as in COCO's results),
 * `provenance`, `geometry` and `group_id` (the annotations of an image that belong together; labelme calls it the same). Lengths are pixels; `segmentation` is outlines as [x, y, x, y, ...] or run lengths, compressed or not.
 */
const CocoImageSchema = z.object({
  id: z.int(),
  file_name: z.string().min(1),
  width: z.int().positive(),
  height: z.int().positive(),
  tags: z.array(z.string()).optional(),
  origin: LabelOriginSchema.optional(),
})

const RunLengthsSchema = z.object({
  size: z.tuple([z.int().positive(), z.int().positive()]),
  counts: z.union([z.string(), z.array(z.int().nonnegative())]),
})

const CocoAnnotationSchema = z.object({
  id: z.int(),
  image_id: z.int(),
  category_id: z.int(),
  bbox: z.tuple([z.number(), z.number(), z.number().nonnegative(), z.number().nonnegative()]),
  area: z.number().nonnegative(),
  segmentation: z.union([z.array(z.array(z.number()).min(6)), RunLengthsSchema]).default([]),
  iscrowd: z.union([z.literal(0), z.literal(1)]).default(0),
  keypoints: z.array(z.number()).optional(),
  num_keypoints: z.int().nonnegative().optional(),
  attributes: AttributesSchema.default({}),
  score: z.number().min(0).max(1).optional(),
  provenance: ProvenanceSchema.optional(),
  group_id: z.union([z.string(), z.int()]).nullable().optional(),
  geometry: ShapeGeometrySchema.optional(),
})
export type CocoAnnotation = z.infer<typeof CocoAnnotationSchema>

/** What the keypoints of a class of single points are called, so that they can be told from a skeleton. */
export const SINGLE_POINT: readonly string[] = ['point']

const CocoCategorySchema = z.object({
  id: z.int(),
  name: z.string().min(1),
  supercategory: z.string().nullable().optional(),
  class_id: ClassIdSchema.optional(),
  keypoints: z.array(z.string()).optional(),
  skeleton: z.array(z.tuple([z.int(), z.int()])).optional(),
})
export type CocoCategory = z.infer<typeof CocoCategorySchema>

const CocoInfoSchema = z.object({
  year: z.int().nullable().optional(),
  version: z.string().nullable().optional(),
  description: z.string().nullable().optional(),
  date_created: z.string().nullable().optional(),
  schema_hashes: z.array(SchemaHashSchema).optional(),
  revision_ids: z.array(RevisionIdSchema).optional(),
})
export type CocoInfo = z.infer<typeof CocoInfoSchema>

export const CocoFileSchema = z.object({
  info: CocoInfoSchema.default({}),
  images: z.array(CocoImageSchema),
  annotations: z.array(CocoAnnotationSchema).default([]),
  categories: z.array(CocoCategorySchema).default([]),
})
export type CocoFile = z.infer<typeof CocoFileSchema>
export type CocoImage = CocoFile['images'][number]
