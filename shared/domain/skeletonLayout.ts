import type { Box } from '../geometry/box.ts'
import type { Point } from '../geometry/point.ts'
import type { GeometryOf } from '../geometry/shapeGeometry.ts'
import type { SkeletonDefinition } from './skeletonDefinition.ts'

/** A skeleton in its default layout, stretched over a box (image pixels), all keypoints visible. Without a layout they lie around an ellipse, clockwise from the top. */
export function skeletonInBox({ keypoints }: SkeletonDefinition, { x, y, width, height }: Box): GeometryOf<'skeleton'> {
  const points = keypoints.map(({ at }, index) => {
    const [across, down] = at ?? placeAround(index, keypoints.length)
    return { x: x + across * width, y: y + down * height, visibility: 2 as const }
  })
  return { kind: 'skeleton', points }
}

function placeAround(index: number, count: number): Point {
  const angle = (2 * Math.PI * index) / count
  return [0.5 + Math.sin(angle) / 2, 0.5 - Math.cos(angle) / 2]
}
