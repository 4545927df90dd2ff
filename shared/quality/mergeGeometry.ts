import { convertGeometry } from '../geometry/convert.ts'
import type { ConvertedKind } from '../geometry/convert.ts'
import { boxBetween } from '../geometry/box.ts'
import type { Size } from '../geometry/box.ts'
import { majorityMask } from '../geometry/mask.ts'
import { geometryArea, geometryBounds } from '../geometry/measure.ts'
import type { GeometryOf, ShapeGeometry } from '../geometry/shapeGeometry.ts'
import { simplifyGeometry } from '../geometry/simplify.ts'
import type { Keypoint } from '../geometry/skeleton.ts'
import { mostFrequent } from './nominal.ts'

/** An outline made of pixels has steps of a pixel; what lies within so many pixels of a straight line is made straight. */
const STEP = 1

/**
 * One geometry of several that mark the same object on an image of `image` pixels, of the kind that most of them have (that of `closest` where it is among
 * those). Rectangles: the median of each side. Other surfaces: the pixels that more than half of them have, as the largest region where the kind is not a
 * mask. Points and keypoints: the median of each coordinate. Lines: `closest`, the one that is most like the others, as it is.
 */
export function mergeGeometry(geometries: readonly ShapeGeometry[], closest: ShapeGeometry, image: Size): ShapeGeometry {
  const kind = mostFrequent([closest.kind, ...geometries.map((geometry) => geometry.kind)])
  if (geometries.length < 2 || kind === undefined || kind === 'polyline') return closest
  if (kind === 'point') return medianPoint(geometries.filter((geometry) => geometry.kind === 'point'))
  if (kind === 'skeleton') return medianSkeleton(geometries.filter((geometry) => geometry.kind === 'skeleton'))
  return kind === 'rectangle' ? medianBox(geometries) : majoritySurface(geometries, kind, image) ?? closest
}

function medianBox(geometries: readonly ShapeGeometry[]): ShapeGeometry {
  const boxes = geometries.map(geometryBounds)
  const right = median(boxes.map(({ x, width }) => x + width))
  const bottom = median(boxes.map(({ y, height }) => y + height))
  return { kind: 'rectangle', ...boxBetween([median(boxes.map(({ x }) => x)), median(boxes.map(({ y }) => y))], [right, bottom]) }
}

/** Undefined where no pixel has a majority. */
function majoritySurface(geometries: readonly ShapeGeometry[], kind: ConvertedKind, image: Size): ShapeGeometry | undefined {
  const masks = geometries.flatMap((geometry) => convertGeometry(geometry, 'mask', image)).flatMap((geometry) => (geometry.kind === 'mask' ? [geometry.rle] : []))
  const rle = majorityMask(masks)
  if (rle === undefined) return undefined
  const mask: ShapeGeometry = { kind: 'mask', rle }
  if (geometryArea(mask) === 0) return undefined
  if (kind === 'mask') return mask
  const [largest] = convertGeometry(mask, 'polygon', image).sort((a, b) => geometryArea(b) - geometryArea(a))
  if (largest === undefined) return undefined
  const outline = simplifyGeometry(largest, STEP)
  return convertGeometry(outline, kind, image)[0]
}

function medianPoint(points: readonly GeometryOf<'point'>[]): ShapeGeometry {
  return { kind: 'point', x: median(points.map(({ x }) => x)), y: median(points.map(({ y }) => y)) }
}

/** Each keypoint is labelled as most have it, and lies in the middle of those who labelled it. */
function medianSkeleton(skeletons: readonly GeometryOf<'skeleton'>[]): ShapeGeometry {
  const count = Math.max(...skeletons.map(({ points }) => points.length))
  const points = Array.from({ length: count }, (_, index): Keypoint => {
    const all = skeletons.flatMap((skeleton) => skeleton.points[index] ?? [])
    const visibility = mostFrequent(all.map((keypoint) => keypoint.visibility)) ?? 0
    const counted = all.filter((keypoint) => (keypoint.visibility === 0) === (visibility === 0))
    return { x: median(counted.map(({ x }) => x)), y: median(counted.map(({ y }) => y)), visibility }
  })
  return { kind: 'skeleton', points }
}

/** The middle value, or the mean of the two in the middle. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2
}
