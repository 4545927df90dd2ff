import type { ShapeId } from '../../../shared/domain/ids.ts'
import { boxOfBoxes, expandBox } from '../../../shared/geometry/box.ts'
import type { Box } from '../../../shared/geometry/box.ts'
import { cameraToFit, zoomCamera } from '../../../shared/geometry/camera.ts'
import { geometryBounds } from '../../../shared/geometry/measure.ts'
import type { Point } from '../../../shared/geometry/point.ts'
import type { Editor } from '../store/editor.ts'
import { FIT_PADDING } from '../store/interaction.ts'
import { shapeOf } from '../store/queries.ts'

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
  if (bounds !== undefined) showBox(editor, expandBox(bounds, Math.max(16, bounds.width, bounds.height) / 2))
}

function showBox(editor: Editor, box: Box): void {
  const { viewSize, camera } = editor.state.getState()
  editor.look(cameraToFit(box, viewSize, FIT_PADDING, camera))
}

function middle(editor: Editor): Point {
  const { width, height } = editor.state.getState().viewSize
  return [width / 2, height / 2]
}
