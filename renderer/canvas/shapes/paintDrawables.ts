import { boxCorners } from '../../../shared/geometry/box.ts'
import type { Box } from '../../../shared/geometry/box.ts'
import { imageToScreen } from '../../../shared/geometry/camera.ts'
import type { Camera } from '../../../shared/geometry/camera.ts'
import type { Point } from '../../../shared/geometry/point.ts'
import { skeletonFrame } from '../../../shared/geometry/skeleton.ts'
import { inImagePixels } from '../surface.ts'
import type { Context2D } from '../surface.ts'
import type { Drawable } from './drawables.ts'
import { drawLabel } from './label.ts'
import { DETAIL_FROM, LABEL_FROM, LEAST_SIZE, MOST_CASED, MOST_LABELS, POINT_RADIUS } from './levelOfDetail.ts'
import { paintMask } from './paintMask.ts'
import { paintSkeleton } from './paintSkeleton.ts'
import { shapePath } from './shapePath.ts'
import type { PaintStyle } from './shapeStyle.ts'

/** CSS pixels by which two corners may differ and still lie level. */
const LEVEL = 0.5

interface Batch { readonly filled: Path2D; readonly open: Path2D; readonly tiny: Path2D }

/** Draws many shapes in few strokes: one path for each colour. */
export function paintDrawables(context: Context2D, drawables: readonly Drawable[], camera: Camera, style: PaintStyle): void {
  const batches = new Map<string, Batch>()
  inImagePixels(context, camera, () => {
    for (const item of drawables) addToBatch(context, batches, item, camera, style)
    const line = style.outlineWidth / camera.zoom
    context.lineJoin = 'round'
    const cased = drawables.length <= MOST_CASED
    for (const [color, { filled, open, tiny }] of batches) {
      context.globalAlpha = style.fillOpacity
      context.fillStyle = color
      context.fill(filled)
      context.globalAlpha = style.outlineOpacity
      context.fill(tiny)
      context.setLineDash(style.dashed ? [5 * line, 3 * line] : [])
      for (const path of [filled, open]) {
        // A dark casing keeps every colour readable on every picture.
        if (cased) stroke(context, path, 'rgba(0, 0, 0, 0.45)', 2 * line)
        stroke(context, path, color, line)
      }
      context.globalAlpha = 1
    }
  })
}

/** Names the shapes that have room for it, in screen pixels. */
export function paintLabels(context: Context2D, drawables: readonly Drawable[], camera: Camera, font: string): void {
  const roomy = drawables.filter(({ bounds, geometry }) => geometry.kind === 'point' || Math.max(bounds.width, bounds.height) * camera.zoom >= LABEL_FROM)
  if (roomy.length > MOST_LABELS) return
  for (const { bounds, color, text, geometry } of roomy) {
    const [x, y] = highestCorner(geometry.kind === 'skeleton' ? skeletonFrame(geometry) : bounds, camera)
    drawLabel(context, text, geometry.kind === 'point' ? [x + 8, y - 2] : [x, y], color, font)
  }
}

/** The corner of a box that is highest on the screen, in CSS pixels; the leftmost one of a level side. */
export function highestCorner(bounds: Box, camera: Camera): Point {
  const [first, ...others] = boxCorners(bounds).map((corner) => imageToScreen(camera, corner))
  return others.reduce((best, corner) => {
    const higher = best[1] - corner[1]
    return higher > LEVEL || (higher > -LEVEL && corner[0] < best[0]) ? corner : best
  }, first ?? [0, 0])
}

function stroke(context: Context2D, path: Path2D, color: string, width: number): void {
  context.strokeStyle = color
  context.lineWidth = width
  context.stroke(path)
}

function addToBatch(context: Context2D, batches: Map<string, Batch>, { geometry, bounds, color, skeleton }: Drawable, camera: Camera, style: PaintStyle): void {
  const batch = batches.get(color) ?? { filled: new Path2D(), open: new Path2D(), tiny: new Path2D() }
  batches.set(color, batch)
  const small = Math.max(bounds.width, bounds.height) * camera.zoom < DETAIL_FROM
  if (geometry.kind === 'point') {
    const radius = POINT_RADIUS / camera.zoom
    batch.filled.moveTo(geometry.x + radius, geometry.y)
    batch.filled.arc(geometry.x, geometry.y, radius, 0, 2 * Math.PI)
  } else if (geometry.kind === 'skeleton') {
    context.globalAlpha = style.outlineOpacity
    paintSkeleton(context, geometry, skeleton, color, camera)
    context.globalAlpha = 1
  } else if (small) {
    const least = LEAST_SIZE / camera.zoom
    batch.tiny.rect(bounds.x, bounds.y, Math.max(least, bounds.width), Math.max(least, bounds.height))
  } else if (geometry.kind === 'mask') {
    context.globalAlpha = style.maskOpacity
    paintMask(context, geometry.rle, color)
    context.globalAlpha = 1
  } else if (geometry.kind === 'polyline') batch.open.addPath(shapePath(geometry))
  else batch.filled.addPath(shapePath(geometry))
}
