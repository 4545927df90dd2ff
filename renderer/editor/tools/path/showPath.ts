import type { Editor } from '../../store/editor.ts'
import type { PathDrawing, PathKind } from './pathState.ts'

/** Shows the path under way as a preview. */
export function showPath(editor: Editor, data: PathDrawing, kind: PathKind['kind']): void {
  const { points, cursor, closing, labelClass } = data
  editor.update({ preview: { kind: 'path', classId: labelClass.id, points, cursor, closing, closed: kind === 'polygon' } })
}
