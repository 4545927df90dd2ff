import { boxBetween, boxCentre } from './box.ts'
import type { Box } from './box.ts'
import type { Point } from './point.ts'
import type { ShapeGeometry } from './shapeGeometry.ts'
import { skeletonFrame } from './skeleton.ts'
import { resizeGeometry } from './transform.ts'
import { angleTo, normalizeDegrees, rotatePoint } from './vector.ts'

/** The places where a box can be gripped: corners and middles of sides by compass, before it is turned. */
export const RESIZE_HANDLES = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'] as const
export type ResizeHandle = (typeof RESIZE_HANDLES)[number]

/** A box in its own, unturned frame with the turn that brings it onto the image (degrees clockwise about its centre). */
interface Frame { readonly box: Box; readonly rotation: number }

/** The frame by which a geometry is resized; undefined for kinds that have vertices or pixels instead. */
export function frameOf(geometry: ShapeGeometry): Frame | undefined {
  if (geometry.kind === 'rectangle') return { box: geometry, rotation: 0 }
  if (geometry.kind === 'rotatedRectangle') {
    const { cx, cy, width, height, rotation } = geometry
    return { box: { x: cx - width / 2, y: cy - height / 2, width, height }, rotation }
  }
  if (geometry.kind === 'ellipse') {
    const { cx, cy, rx, ry, rotation } = geometry
    return { box: { x: cx - rx, y: cy - ry, width: 2 * rx, height: 2 * ry }, rotation }
  }
  if (geometry.kind === 'skeleton') return { box: skeletonFrame(geometry), rotation: 0 }
  return undefined
}

/** Where the resize handles of a geometry are, in image pixels; none for kinds without a frame. */
export function resizeHandlesOf(geometry: ShapeGeometry): { handle: ResizeHandle; point: Point }[] {
  const frame = frameOf(geometry)
  if (frame === undefined) return []
  const centre = boxCentre(frame.box)
  return RESIZE_HANDLES.map((handle) => ({ handle, point: rotatePoint(handlePoint(frame.box, handle), centre, frame.rotation) }))
}

/** Where the rotation handle is: `reach` image pixels above the top side; undefined for kinds that cannot be turned. */
export function rotationHandleOf(geometry: ShapeGeometry, reach: number): Point | undefined {
  const frame = frameOf(geometry)
  if (frame === undefined || (geometry.kind !== 'rotatedRectangle' && geometry.kind !== 'ellipse')) return undefined
  const centre = boxCentre(frame.box)
  return rotatePoint([centre[0], frame.box.y - reach], centre, frame.rotation)
}

/** The geometry after a resize handle is dragged to `point`; the opposite corner or side stays. `keepRatio` holds width to height at corners. */
export function dragResizeHandle(geometry: ShapeGeometry, handle: ResizeHandle, point: Point, keepRatio: boolean): ShapeGeometry {
  const frame = frameOf(geometry)
  if (frame === undefined) return geometry
  const centre = boxCentre(frame.box)
  const local = rotatePoint(point, centre, -frame.rotation)
  const box = draggedBox(frame.box, handle, local, keepRatio)
  // The new box turns about its own centre, so that centre must be where the old turn puts it.
  const [cx, cy] = rotatePoint(boxCentre(box), centre, frame.rotation)
  if (geometry.kind === 'rectangle') return { kind: 'rectangle', ...box }
  if (geometry.kind === 'rotatedRectangle') return { ...geometry, cx, cy, width: box.width, height: box.height }
  if (geometry.kind === 'ellipse') return { ...geometry, cx, cy, rx: box.width / 2, ry: box.height / 2 }
  return resizeGeometry(geometry, frame.box, box)
}

/** The geometry after its rotation handle is dragged to `point`; `step` degrees, if given, is what the turn snaps to. */
export function dragRotationHandle(geometry: ShapeGeometry, point: Point, step?: number): ShapeGeometry {
  if (geometry.kind !== 'rotatedRectangle' && geometry.kind !== 'ellipse') return geometry
  const degrees = angleTo([geometry.cx, geometry.cy], point) + 90
  const snapped = step === undefined ? degrees : Math.round(degrees / step) * step
  return { ...geometry, rotation: normalizeDegrees(snapped) }
}

function draggedBox(box: Box, handle: ResizeHandle, point: Point, keepRatio: boolean): Box {
  const west = handle.includes('w')
  const north = handle.includes('n')
  const fixed: Point = [west ? box.x + box.width : box.x, north ? box.y + box.height : box.y]
  const movesX = west || handle.includes('e')
  const movesY = north || handle.includes('s')
  let x = movesX ? point[0] : box.x + box.width
  let y = movesY ? point[1] : box.y + box.height
  if (keepRatio && movesX && movesY && box.width > 0 && box.height > 0) {
    const scale = Math.max(Math.abs(x - fixed[0]) / box.width, Math.abs(y - fixed[1]) / box.height)
    x = fixed[0] + Math.sign(x - fixed[0]) * box.width * scale
    y = fixed[1] + Math.sign(y - fixed[1]) * box.height * scale
  }
  return boxBetween(fixed, [x, y])
}

function handlePoint(box: Box, handle: ResizeHandle): Point {
  const x = handle.includes('w') ? 0 : handle.includes('e') ? 1 : 0.5
  const y = handle.includes('n') ? 0 : handle.includes('s') ? 1 : 0.5
  return [box.x + x * box.width, box.y + y * box.height]
}
