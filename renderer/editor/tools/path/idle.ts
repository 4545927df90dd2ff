import { clampPoint } from '../../../../shared/geometry/transform.ts'
import { classForDrawing } from '../drawingClass.ts'
import type { StateNode } from '../tool.ts'
import { showPath } from './showPath.ts'
import type { PathDrawing, PathKind, PathState } from './pathState.ts'

export function idle({ kind }: PathKind): StateNode<PathState, 'idle'> {
  return {
    handle(_, event, editor) {
      if (event.type !== 'pointerDown' || event.button !== 'primary') return undefined
      const labelClass = classForDrawing(editor, kind)
      if (labelClass === undefined) return { name: 'idle' }
      const point = clampPoint(event.point, editor.imageSize)
      const drawing: PathDrawing = {
        name: 'drawing', points: [point], cursor: point, closing: false, steppedBack: false, mark: editor.mark(), labelClass,
      }
      showPath(editor, drawing, kind)
      return drawing
    },
    cursor: (_, editor) => (editor.readOnly ? 'not-allowed' : 'crosshair'),
  }
}
