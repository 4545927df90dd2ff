import { magnetAt, isMagnetic } from '../magnet.ts'
import type { StateNode } from '../tool.ts'
import { showPath } from './showPath.ts'
import type { PathDrawing, PathKind, PathState } from './pathState.ts'

export function idle(path: PathKind): StateNode<PathState, 'idle'> {
  return {
    handle(data, event, editor) {
      if (event.type === 'pointerLeave') editor.update({ preview: undefined })
      if (event.type === 'pointerMove') {
        const magnet = isMagnetic(editor, event.modifiers) ? magnetAt(editor, event.point, event.coarse) : undefined
        if (magnet !== undefined || editor.state.getState().preview !== undefined) {
          editor.update({ preview: magnet && { kind: 'magnet', at: magnet.kind, point: magnet.place.point } })
        }
        return data
      }
      if (event.type !== 'pointerDown' || event.button !== 'primary') return undefined
      editor.update({ preview: undefined })
      const mark = editor.mark()
      const start = path.begin(editor, event)
      if (start === undefined) return data
      const drawing: PathDrawing = {
        name: 'drawing', purpose: start.purpose, points: start.points, steps: [], cursor: start.points.at(-1) ?? event.point, tail: [], magnet: start.magnet,
        lastMagnet: start.magnet, closing: false, longWay: false, steppedBack: false, mark, pressed: event.screen,
      }
      showPath(editor, drawing, path.closed)
      return drawing
    },
    cursor: (_, editor) => (editor.readOnly ? 'not-allowed' : 'crosshair'),
  }
}
