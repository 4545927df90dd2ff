import { z } from 'zod'
import { boxAround, expandBox } from './box.ts'
import type { Box } from './box.ts'
import type { Point } from './point.ts'
import { distance, distanceToSegment } from './vector.ts'

/** Whether a keypoint is labelled, with COCO's numbers (https://cocodataset.org/#format-data): 0 not labelled, 1 labelled but occluded, 2 visible. */
export const KeypointVisibilitySchema = z.union([z.literal(0), z.literal(1), z.literal(2)])
export type KeypointVisibility = z.infer<typeof KeypointVisibilitySchema>

/** A place in image pixels; that of a keypoint that is not labelled counts for nothing but to bring it back. */
export const KeypointSchema = z.object({ x: z.number(), y: z.number(), visibility: KeypointVisibilitySchema })
export type Keypoint = z.infer<typeof KeypointSchema>

interface Skeleton { readonly points: readonly Keypoint[] }

/** Which keypoints are joined, by their places in the list, from 0. */
export type SkeletonEdges = readonly (readonly [number, number])[]

/** The frame by which a skeleton is resized stands off from its keypoints by this part of its longer side, so that both can be gripped. */
const FRAME_MARGIN = 0.15
/** A skeleton of one keypoint has a frame too: this many image pixels around it. */
const LEAST_MARGIN = 8

/** The places of the labelled keypoints, in image pixels, each with its place in the list. */
export function labelledKeypoints({ points }: Skeleton): { index: number; point: Point }[] {
  return points.flatMap(({ x, y, visibility }, index) => (visibility === 0 ? [] : [{ index, point: [x, y] as const }]))
}

/** The smallest box around the labelled keypoints; around all of them where none is labelled. */
export function skeletonBounds(skeleton: Skeleton): Box {
  const labelled = labelledKeypoints(skeleton).map(({ point }) => point)
  return boxAround(labelled.length > 0 ? labelled : skeleton.points.map(({ x, y }): Point => [x, y]))
}

/** The box by which a skeleton is resized, in image pixels: its bounds with a margin. */
export function skeletonFrame(skeleton: Skeleton): Box {
  const bounds = skeletonBounds(skeleton)
  return expandBox(bounds, Math.max(LEAST_MARGIN, FRAME_MARGIN * Math.max(bounds.width, bounds.height)))
}

/** The edges whose ends are both labelled, as pairs of places in image pixels. */
export function labelledEdges({ points }: Skeleton, edges: SkeletonEdges): [Point, Point][] {
  return edges.flatMap(([from, to]): [Point, Point][] => {
    const [a, b] = [points[from], points[to]]
    return a === undefined || b === undefined || a.visibility === 0 || b.visibility === 0 ? [] : [[[a.x, a.y], [b.x, b.y]]]
  })
}

/** Whether `point` comes within `tolerance` image pixels of an edge, or within twice that of a labelled keypoint. */
export function hitsSkeleton(skeleton: Skeleton, edges: SkeletonEdges, point: Point, tolerance: number): boolean {
  return labelledKeypoints(skeleton).some((keypoint) => distance(keypoint.point, point) <= 2 * tolerance)
    || labelledEdges(skeleton, edges).some(([a, b]) => distanceToSegment(point, a, b) <= tolerance)
}

/** The keypoints with one of them labelled otherwise. */
export function withVisibility(points: readonly Keypoint[], index: number, visibility: KeypointVisibility): Keypoint[] {
  return points.map((keypoint, at) => (at === index ? { ...keypoint, visibility } : keypoint))
}
