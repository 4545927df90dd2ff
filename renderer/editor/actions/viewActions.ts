import type { ShapeId } from '../../../shared/domain/ids.ts'
import type { ShapeGeometry } from '../../../shared/domain/shape.ts'
import { boxCorners, boxHasBox, boxHasPoint, boxOfBoxes, expandBox } from '../../../shared/geometry/box.ts'
import type { Box } from '../../../shared/geometry/box.ts'
import { cameraAt, cameraToFit, imageToScreen, visibleBox, zoomCamera } from '../../../shared/geometry/camera.ts'
import { geometryBounds } from '../../../shared/geometry/measure.ts'
import type { Point } from '../../../shared/geometry/point.ts'
import type { Editor } from '../store/editor.ts'
import { FIT_PADDING } from '../store/interaction.ts'
import { shapeOf } from '../store/queries.ts'
import type { EditorState } from '../store/state.ts'

/** A shape smaller than this on the screen (CSS pixels) is hard to judge. */
const LEAST_SEEN = 24

/** Zooms by `factor` about the middle of the view. */
export function zoomBy(editor: Editor, factor: number): void {
  const { camera } = editor.state.getState()
  editor.look(zoomCamera(camera, middle(editor), factor))
}

/** Shows one image pixel as `zoom` screen pixels (CSS), about the middle of the view. */
export function zoomTo(editor: Editor, zoom: number): void {
  zoomBy(editor, zoom / editor.state.getState().camera.zoom)
}

/** Shows the whole image. */
export function zoomToFit(editor: Editor): void {
  showBox(editor, { x: 0, y: 0, ...editor.imageSize })
}

/** Shows shapes in the middle of the view with some room around them. */
export function zoomToShapes(editor: Editor, ids: readonly ShapeId[]): void {
  const state = editor.state.getState()
  const shapes = ids.flatMap((id) => shapeOf(state, id) ?? [])
  const bounds = boxOfBoxes(shapes.map((shape) => geometryBounds(shape.geometry)))
  if (bounds !== undefined) showBox(editor, roomAround(bounds))
}

/** Moves and zooms the view only if a geometry is not wholly in it, or too small to be seen well. */
export function bringIntoSight(editor: Editor, geometry: ShapeGeometry | undefined): void {
  if (geometry === undefined) return
  const { camera, viewSize } = editor.state.getState()
  const bounds = geometryBounds(geometry)
  const isSeen = boxHasBox(visibleBox(camera, viewSize), bounds) && Math.max(bounds.width, bounds.height) * camera.zoom >= LEAST_SEEN
  if (!isSeen) showBox(editor, roomAround(bounds))
}

function roomAround(bounds: Box): Box {
  return expandBox(bounds, Math.max(16, bounds.width, bounds.height) / 2)
}

/** Moves the view so that a place (image pixels) is in its middle. */
export function lookAt(editor: Editor, place: Point): void {
  editor.look(cameraAt(editor.state.getState().camera, place, middle(editor)))
}

/** Whether every corner of the image is in view. */
export function showsWholeImage(editor: Editor, { camera, viewSize }: Pick<EditorState, 'camera' | 'viewSize'>): boolean {
  const view = { x: 0, y: 0, ...viewSize }
  return boxCorners({ x: 0, y: 0, ...editor.imageSize }).every((corner) => boxHasPoint(view, imageToScreen(camera, corner)))
}

function showBox(editor: Editor, box: Box): void {
  const { viewSize, camera } = editor.state.getState()
  editor.look(cameraToFit(box, viewSize, FIT_PADDING, camera))
}

function middle(editor: Editor): Point {
  const { width, height } = editor.state.getState().viewSize
  return [width / 2, height / 2]
}
