import { assertNever } from '../../../../shared/domain/assertNever.ts'
import type { ShapeId } from '../../../../shared/domain/ids.ts'
import type { ResizeHandle } from '../../../../shared/geometry/handles.ts'
import { frameOf } from '../../../../shared/geometry/handles.ts'
import { normalizeDegrees } from '../../../../shared/geometry/vector.ts'
import type { Editor } from '../../store/editor.ts'
import { shapeOf } from '../../store/queries.ts'
import type { Cursor } from '../../store/state.ts'

/** The direction in which each handle pulls, in degrees clockwise from the right. */
const PULLS: Readonly<Record<ResizeHandle, number>> = { e: 0, se: 45, s: 90, sw: 135, w: 180, nw: 225, n: 270, ne: 315 }
const AXES: readonly Cursor[] = ['ew-resize', 'nwse-resize', 'ns-resize', 'nesw-resize']

/** The cursor for what lies under the pointer. */
export function cursorFor(editor: Editor): Cursor {
  const { hover, selection } = editor.state.getState()
  switch (hover.kind) {
    case 'canvas': return 'default'
    case 'prediction': return 'pointer'
    case 'shape': return selection.has(hover.id) && !editor.readOnly ? 'move' : 'pointer'
    case 'resizeHandle': return resizeCursor(editor, hover.id, hover.handle)
    case 'rotationHandle': return 'alias'
    case 'vertex': return 'crosshair'
    case 'edge': return hover.grip === 'insert' ? 'copy' : 'move'
    default: return assertNever(hover)
  }
}

/** The arrow follows the turn of the shape and of the view, to the nearest 45 degrees. */
function resizeCursor(editor: Editor, id: ShapeId, handle: ResizeHandle): Cursor {
  const state = editor.state.getState()
  const shape = shapeOf(state, id)
  const onImage = PULLS[handle] + ((shape && frameOf(shape.geometry)?.rotation) ?? 0)
  const onScreen = (state.camera.flipped ? 180 - onImage : onImage) + state.camera.rotation
  return AXES[Math.round(normalizeDegrees(onScreen) / 45) % 4] ?? 'default'
}
