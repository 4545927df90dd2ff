import { expandBox } from './box.ts'
import type { Box } from './box.ts'
import { skeletonBounds } from './skeleton.ts'
import type { Keypoint } from './skeleton.ts'
import type { GeometryOf } from './shapeGeometry.ts'

type Skeleton = Pick<GeometryOf<'skeleton'>, 'points'>

/**
 * The mean of COCO's constants for its 17 keypoints, for keypoints of which nobody has measured how far people place them apart. A constant is the standard
 * deviation of a keypoint's place among annotators, as a share of the square root of the object's area.
 */
const USUAL_SIGMA = 0.067
/** The box of a skeleton is taken to be so wide and high at least, in pixels. */
const LEAST_SIDE = 8

/**
 * COCO's object keypoint similarity of `other` to `reference`, 0 to 1 (https://cocodataset.org/#keypoints-eval): the mean over the keypoints that are
 * labelled in the reference of exp(-d² / (2 s² k²)), with d in pixels, s² the object's `area` in square pixels and k = 2 sigma. A keypoint that the
 * other does not label adds nothing. 0 where the reference labels none.
 */
export function objectKeypointSimilarity(reference: Skeleton, other: Skeleton, area: number, sigmas: readonly number[] = []): number {
  let labelled = 0
  let sum = 0
  reference.points.forEach((point, index) => {
    if (point.visibility === 0) return
    labelled += 1
    const counterpart = other.points[index]
    if (counterpart !== undefined && counterpart.visibility > 0) sum += keypointSimilarity(point, counterpart, area, sigmas[index] ?? USUAL_SIGMA)
  })
  return labelled === 0 ? 0 : sum / labelled
}

/**
 * The similarity of two skeletons of which neither is the truth: the mean of both ways, the area being that of the boxes around what each labels, on
 * average. Keypoints in a line have a box too: a side counts as a quarter of the other at least.
 */
export function mutualKeypointSimilarity(a: Skeleton, b: Skeleton, sigmas?: readonly number[]): number {
  const area = (areaOf(a) + areaOf(b)) / 2
  return (objectKeypointSimilarity(a, b, area, sigmas) + objectKeypointSimilarity(b, a, area, sigmas)) / 2
}

/** Where a skeleton must lie to be as similar to another one as 0.5 or more: that takes less than a quarter of its longer side. */
export function keypointReach(skeleton: Skeleton): Box {
  const bounds = skeletonBounds(skeleton)
  return expandBox(bounds, Math.max(bounds.width, bounds.height, 2 * LEAST_SIDE) / 2)
}

function keypointSimilarity(a: Keypoint, b: Keypoint, area: number, sigma: number): number {
  const squared = (a.x - b.x) ** 2 + (a.y - b.y) ** 2
  return squared === 0 ? 1 : Math.exp(-squared / (2 * area * (2 * sigma) ** 2))
}

function areaOf(skeleton: Skeleton): number {
  const { width, height } = skeletonBounds(skeleton)
  return Math.max(width, height / 4, LEAST_SIDE) * Math.max(height, width / 4, LEAST_SIDE)
}
