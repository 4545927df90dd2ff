import type { ShapeId } from '../../../shared/domain/ids.ts'
import type { ShapeGeometry } from '../../../shared/domain/shape.ts'
import { boxHasPoint } from '../../../shared/geometry/box.ts'
import { imageToScreen } from '../../../shared/geometry/camera.ts'
import { resizeHandlesOf, rotationHandleOf } from '../../../shared/geometry/handles.ts'
import type { Point } from '../../../shared/geometry/point.ts'
import { hasVertex, verticesOf } from '../../../shared/geometry/vertices.ts'
import type { EditorState } from '../../editor/store/state.ts'
import { ROTATION_HANDLE_DISTANCE, handleReachAt, midpointAt } from '../../editor/store/targets.ts'
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
    const active = activeVertex?.shapeId === id && hasVertex([activeVertex.ref, ...activeVertex.others], ref)
    const hovered = hover.kind === 'vertex' && hover.ref.ring === ref.ring && hover.ref.index === ref.index
    // A skeleton's keypoints are dots already, which tell more than a handle does.
    if (geometry.kind === 'skeleton' && !active && !hovered) continue
    paintDot(context, place, hovered ? VERTEX_RADIUS + 2 : VERTEX_RADIUS, active ? color : theme.handleFill, active ? theme.handleFill : color)
  }
  if (state.toolState === 'idle') paintEdgeHandle(context, state, { id, geometry, color }, theme)
}

/** Where pressing puts a new vertex in: under the pointer with Alt, else in the middle of the edge that the pointer is near. */
function paintEdgeHandle(context: CanvasRenderingContext2D, { camera, hover, pointer }: EditorState, { geometry, color }: Held, theme: CanvasTheme): void {
  if (hover.kind === 'edge') {
    if (hover.grip === 'insert') paintPlus(context, imageToScreen(camera, hover.point), color, theme.handleFill)
    return
  }
  const middle = pointer && hover.kind !== 'vertex' ? midpointAt(geometry, pointer, handleReachAt(camera)) : undefined
  if (middle === undefined) return
  context.globalAlpha = 0.75
  paintPlus(context, imageToScreen(camera, middle.point), theme.handleFill, color)
  context.globalAlpha = 1
}

/** A handle with a plus on it: it makes something new. */
function paintPlus(context: CanvasRenderingContext2D, [x, y]: Point, fill: string, line: string): void {
  paintDot(context, [x, y], VERTEX_RADIUS + 1, fill, line)
  context.beginPath()
  context.moveTo(x - 2.5, y)
  context.lineTo(x + 2.5, y)
  context.moveTo(x, y - 2.5)
  context.lineTo(x, y + 2.5)
  context.stroke()
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
