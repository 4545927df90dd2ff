import { z } from 'zod'

const share = z.number().min(0).max(1)

/** One keypoint: its name, its colour as #rrggbb if not that of the class, and where it lies in the default layout, as shares of the skeleton's box. */
const KeypointDefinitionSchema = z.object({
  name: z.string().min(1).max(100),
  color: z.string().regex(/^#[0-9a-f]{6}$/i).optional(),
  at: z.tuple([share, share]).optional(),
})

/** What skeletons of a class are made of: keypoints in order, and the edges between them by their places in that order, from 0. */
export const SkeletonDefinitionSchema = z.object({
  keypoints: z.array(KeypointDefinitionSchema).min(1).max(500),
  edges: z.array(z.tuple([z.int().nonnegative(), z.int().nonnegative()])).default([]),
}).superRefine(({ keypoints, edges }, context) => {
  const names = new Set(keypoints.map(({ name }) => name))
  if (names.size < keypoints.length) context.addIssue({ code: 'custom', path: ['keypoints'], message: 'two keypoints have one name' })
  const placed = keypoints.filter(({ at }) => at !== undefined).length
  if (placed > 0 && placed < keypoints.length) context.addIssue({ code: 'custom', path: ['keypoints'], message: 'a default layout places every keypoint' })
  edges.forEach(([from, to], index) => {
    if (from === to || from >= keypoints.length || to >= keypoints.length) context.addIssue({ code: 'custom', path: ['edges', index], message: 'an edge joins two keypoints' })
  })
})
export type SkeletonDefinition = z.infer<typeof SkeletonDefinitionSchema>
