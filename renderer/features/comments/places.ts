import type { CommentAnchor } from '../../../shared/domain/comment.ts'
import { assertNever } from '../../../shared/domain/assertNever.ts'
import type { ShapeId } from '../../../shared/domain/ids.ts'
import { boxCentre } from '../../../shared/geometry/box.ts'
import type { Point } from '../../../shared/geometry/point.ts'
import { geometryBounds } from '../../../shared/geometry/measure.ts'
import { screenToImage } from '../../../shared/geometry/camera.ts'
import { selectShapes } from '../../editor/actions/shapeActions.ts'
import { lookAt, zoomToShapes } from '../../editor/actions/viewActions.ts'
import type { Editor } from '../../editor/store/editor.ts'
import { shapeOf } from '../../editor/store/queries.ts'

/** Where a thread's pin is, in pixels of the image: at its shape as that is now, else where it was. Nowhere for the task as a whole. */
export function placeOf(editor: Editor, anchor: CommentAnchor): Point | undefined {
  switch (anchor.kind) {
    case 'task': return undefined
    case 'place': return [anchor.x, anchor.y]
    case 'shape': {
      const bounds = boundsOf(editor, anchor.shapeId)
      return bounds === undefined ? [anchor.x, anchor.y] : [bounds.x + bounds.width, bounds.y]
    }
    default: return assertNever(anchor, 'anchor')
  }
}

/** What a new thread is pinned to: the shape that is selected, else the place under the pointer, else the middle of what is in view. */
export function anchorHere(editor: Editor): CommentAnchor {
  const { selection, pointer, camera, viewSize } = editor.state.getState()
  const [shapeId] = selection
  const bounds = shapeId === undefined ? undefined : boundsOf(editor, shapeId)
  if (shapeId !== undefined && bounds !== undefined) {
    const [x, y] = boxCentre(bounds)
    return { kind: 'shape', shapeId, x, y }
  }
  const [x, y] = pointer ?? screenToImage(camera, [viewSize.width / 2, viewSize.height / 2])
  return { kind: 'place', x, y }
}

/** Leads to what a thread is about. */
export function showAnchor(editor: Editor, anchor: CommentAnchor): void {
  if (anchor.kind === 'shape' && boundsOf(editor, anchor.shapeId) !== undefined) {
    selectShapes(editor, [anchor.shapeId])
    zoomToShapes(editor, [anchor.shapeId])
    return
  }
  const place = placeOf(editor, anchor)
  if (place !== undefined) lookAt(editor, place)
}

function boundsOf(editor: Editor, id: ShapeId) {
  const shape = shapeOf(editor.state.getState(), id)
  return shape && geometryBounds(shape.geometry)
}
