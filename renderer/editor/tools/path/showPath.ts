import type { ClassId } from '../../../../shared/domain/ids.ts'
import type { Editor } from '../../store/editor.ts'
import { redrawnGeometry } from './purposes.ts'
import type { PathDrawing, PathPurpose, PathTracing } from './pathState.ts'

/** Shows the path under way as a preview; where a click would end a redrawing, what would come of it. */
export function showPath(editor: Editor, data: PathDrawing | PathTracing, closed: boolean): void {
  const { purpose, points, cursor, closing, magnet } = data
  if (purpose.kind === 'redraw' && closing) {
    const geometry = redrawnGeometry(purpose, data)
    if (geometry !== undefined) return editor.update({ preview: { kind: 'changing', geometries: new Map([[purpose.shape.id, geometry]]) } })
  }
  const tail = data.name === 'tracing' ? data.trace : data.tail
  editor.update({ preview: { kind: 'path', classId: classOf(purpose), points, tail, cursor, closing, closed, magnet: magnet?.kind } })
}

function classOf(purpose: PathPurpose): ClassId | undefined {
  switch (purpose.kind) {
    case 'shape': return purpose.labelClass.id
    case 'cut': return undefined
    case 'continue':
    case 'hole':
    case 'redraw': return purpose.shape.classId
  }
}
