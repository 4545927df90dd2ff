import { geometryPaths } from './hitTest.ts'
import { mutualKeypointSimilarity } from './keypointSimilarity.ts'
import { intersectionOverUnion } from './overlap.ts'
import type { Point } from './point.ts'
import { distanceToPath, eachEdge } from './polygon.ts'
import type { ShapeGeometry } from './shapeGeometry.ts'
import { distance } from './vector.ts'

export interface SimilarityOptions {
  /** Points and lines that lie this far apart, in image pixels, have a similarity of 0.5. */
  readonly tolerance?: number
  /** COCO's constant for every keypoint in order; see `objectKeypointSimilarity`. */
  readonly sigmas?: readonly number[]
}

/** How far people place the same point apart on an image that they look at in its own size, in image pixels. */
export const USUAL_TOLERANCE = 5
/** A line is measured at so many places at most. */
const MOST_SAMPLES = 200

/**
 * How much two geometries are the same, 0 to 1, whichever is named first. Surfaces of any kind: intersection over union. Skeletons: COCO's object keypoint
 * similarity. Points: 1 - d / (2 tolerance) of their distance d, so 0.5 at the tolerance. Lines: the same of the average distance between them (both ways,
 * as the average symmetric surface distance of Heimann et al. 2009, doi:10.1109/TMI.2009.2013851). Nothing between these four.
 * @throws RangeError as `intersectionOverUnion`.
 */
export function similarityOf(a: ShapeGeometry, b: ShapeGeometry, { tolerance = USUAL_TOLERANCE, sigmas }: SimilarityOptions = {}): number {
  if (a.kind === 'skeleton' && b.kind === 'skeleton') return mutualKeypointSimilarity(a, b, sigmas)
  if (a.kind === 'point' && b.kind === 'point') return nearness(distance([a.x, a.y], [b.x, b.y]), tolerance)
  if (a.kind === 'polyline' && b.kind === 'polyline') return nearness(distanceOfLines(a.points, b.points), tolerance)
  return isSurface(a) && isSurface(b) ? intersectionOverUnion(a, b) : 0
}

/** Whether a geometry marks a surface, rather than places or a line. */
export function isSurface(geometry: ShapeGeometry): boolean {
  return geometry.kind === 'mask' || geometryPaths(geometry).closed
}

function nearness(pixels: number, tolerance: number): number {
  return Math.max(0, 1 - pixels / (2 * tolerance))
}

/** The mean distance of places along each line to the other, in pixels. */
function distanceOfLines(a: readonly Point[], b: readonly Point[]): number {
  const [alongA, alongB] = [placesAlong(a), placesAlong(b)]
  const sum = (places: readonly Point[], line: readonly Point[]) => places.reduce((total, place) => total + distanceToPath(place, line, false), 0)
  return (sum(alongA, b) + sum(alongB, a)) / (alongA.length + alongB.length)
}

/** Places at even distances along a line, one a pixel where that is not too many. */
function placesAlong(line: readonly Point[]): Point[] {
  let length = 0
  eachEdge(line, false, (a, b) => { length += distance(a, b) })
  const step = Math.max(1, length / MOST_SAMPLES)
  const places: Point[] = []
  let walked = 0
  eachEdge(line, false, (a, b) => {
    const edge = distance(a, b)
    for (; walked < edge; walked += step) places.push([a[0] + ((b[0] - a[0]) * walked) / edge, a[1] + ((b[1] - a[1]) * walked) / edge])
    walked -= edge
  })
  return [...places, ...line.slice(-1)]
}
