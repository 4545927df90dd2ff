import type { SkeletonDefinition } from '../../../shared/domain/skeletonDefinition.ts'
import type { Camera } from '../../../shared/geometry/camera.ts'
import type { GeometryOf } from '../../../shared/geometry/shapeGeometry.ts'
import { labelledEdges } from '../../../shared/geometry/skeleton.ts'
import type { Context2D } from '../surface.ts'

const RADIUS = 4
const LINE_WIDTH = 1.5
const CASING = 'rgba(0, 0, 0, 0.45)'

/** Draws a skeleton, in image pixels: its edges in the colour of the class, its keypoints in their own; an occluded one is hollow, one that is not labelled absent. */
export function paintSkeleton(
  context: Context2D, geometry: GeometryOf<'skeleton'>, definition: SkeletonDefinition | undefined, color: string, camera: Camera,
): void {
  const pixel = 1 / camera.zoom
  context.beginPath()
  for (const [a, b] of labelledEdges(geometry, definition?.edges ?? [])) {
    context.moveTo(...a)
    context.lineTo(...b)
  }
  stroke(context, CASING, 2 * LINE_WIDTH * pixel)
  stroke(context, color, LINE_WIDTH * pixel)
  geometry.points.forEach(({ x, y, visibility }, index) => {
    if (visibility === 0) return
    const own = definition?.keypoints[index]?.color ?? color
    context.beginPath()
    context.arc(x, y, RADIUS * pixel, 0, 2 * Math.PI)
    context.fillStyle = visibility === 2 ? own : 'rgba(0, 0, 0, 0.35)'
    context.fill()
    stroke(context, CASING, (LINE_WIDTH + 2) * pixel)
    stroke(context, visibility === 2 ? '#ffffff' : own, LINE_WIDTH * pixel)
  })
}

function stroke(context: Context2D, color: string, width: number): void {
  context.strokeStyle = color
  context.lineWidth = width
  context.stroke()
}
