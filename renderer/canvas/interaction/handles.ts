import type { ShapeId } from '../../../shared/domain/ids.ts'
import type { ShapeGeometry } from '../../../shared/domain/shape.ts'
import { boxHasPoint } from '../../../shared/geometry/box.ts'
import { imageToScreen } from '../../../shared/geometry/camera.ts'
import { resizeHandlesOf, rotationHandleOf } from '../../../shared/geometry/handles.ts'
import type { Point } from '../../../shared/geometry/point.ts'
import { verticesOf } from '../../../shared/geometry/vertices.ts'
import type { EditorState } from '../../editor/store/state.ts'
import { ROTATION_HANDLE_DISTANCE } from '../../editor/store/targets.ts'
import type { CanvasTheme } from '../theme.ts'

const HANDLE_SIZE = 8
const VERTEX_RADIUS = 4

interface Held { readonly id: ShapeId; readonly geometry: ShapeGeometry; readonly color: string }

/** The places by which the selected shape can be taken hold of. */
export function paintHandles(context: CanvasRenderingContext2D, state: EditorState, { id, geometry, color }: Held, theme: CanvasTheme): void {
  const { camera, viewSize, activeVertex, hover } = state
  const view = { x: 0, y: 0, ...viewSize }
  const rotation = rotationHandleOf(geometry, ROTATION_HANDLE_DISTANCE / camera.zoom)
  if (rotation !== undefined) paintDot(context, imageToScreen(camera, rotation), VERTEX_RADIUS + 1, color, theme.handleFill)
  for (const { point } of resizeHandlesOf(geometry)) paintSquare(context, imageToScreen(camera, point), theme.handleFill, color)
  for (const { ref, point } of verticesOf(geometry)) {
    const place = imageToScreen(camera, point)
    if (!boxHasPoint(view, place)) continue
    const active = activeVertex?.shapeId === id && activeVertex.ref.ring === ref.ring && activeVertex.ref.index === ref.index
    const hovered = hover.kind === 'vertex' && hover.ref.ring === ref.ring && hover.ref.index === ref.index
    // A skeleton's keypoints are dots already, which tell more than a handle does.
    if (geometry.kind === 'skeleton' && !active && !hovered) continue
    paintDot(context, place, hovered ? VERTEX_RADIUS + 2 : VERTEX_RADIUS, active ? color : theme.handleFill, active ? theme.handleFill : color)
  }
  if (hover.kind === 'edge' && state.toolState === 'idle') paintDot(context, imageToScreen(camera, hover.point), VERTEX_RADIUS, color, theme.handleFill)
}

/** A round handle; place and radius in CSS pixels. */
export function paintDot(context: CanvasRenderingContext2D, [x, y]: Point, radius: number, fill: string, line: string): void {
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.fillStyle = fill
  context.fill()
  context.strokeStyle = line
  context.lineWidth = 1.5
  context.stroke()
}

function paintSquare(context: CanvasRenderingContext2D, [x, y]: Point, fill: string, line: string): void {
  context.fillStyle = fill
  context.fillRect(x - HANDLE_SIZE / 2, y - HANDLE_SIZE / 2, HANDLE_SIZE, HANDLE_SIZE)
  context.strokeStyle = line
  context.lineWidth = 1.5
  context.strokeRect(x - HANDLE_SIZE / 2, y - HANDLE_SIZE / 2, HANDLE_SIZE, HANDLE_SIZE)
}
