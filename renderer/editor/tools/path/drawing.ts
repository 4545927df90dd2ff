import { clampPoint } from '../../../../shared/geometry/transform.ts'
import { isDrag } from '../tool.ts'
import type { StateNode } from '../tool.ts'
import { finish, giveUp, moved, show, stepBack, takeBack, withPoint } from './pathSteps.ts'
import type { PathDrawing, PathKind, PathState } from './pathState.ts'
import type { InputEvent } from '../../input/inputEvent.ts'
import type { Editor } from '../../store/editor.ts'

export function drawing(path: PathKind): StateNode<PathState, 'drawing'> {
  return {
    handle(data, event, editor) {
      switch (event.type) {
        case 'pointerMove': return follow(data, event, editor, path)
        case 'pointerDown': {
          if (event.button !== 'primary') return undefined
          const now = moved(data, event, editor, path)
          return now.closing ? finish(editor, path, now) : show(editor, path, { ...withPoint(now, editor), pressed: event.screen })
        }
        case 'pointerUp': return { ...data, pressed: undefined }
        case 'doubleClick': return finish(editor, path, data)
        case 'stepBack': return stepBack(editor, path, data)
        case 'cancel':
        case 'pointerCancel': return giveUp(editor, data)
        case 'keyDown': return handleKey(editor, path, data, event.key)
        default: return undefined
      }
    },
    cursor: (data) => (data.closing ? 'pointer' : 'crosshair'),
  }
}

/** Dragging, or moving with Shift held, draws freehand. */
function follow(data: PathDrawing, event: Extract<InputEvent, { type: 'pointerMove' }>, editor: Editor, path: PathKind): PathState {
  const dragging = data.pressed !== undefined && isDrag({ screen: data.pressed }, event)
  const now = moved(data, event, editor, path)
  if (!dragging && !event.modifiers.shift) return show(editor, path, now)
  return show(editor, path, { ...now, name: 'tracing', trace: [clampPoint(event.point, editor.imageSize)], tail: [], closing: false, heldBy: dragging ? 'button' : 'shift' })
}

function handleKey(editor: Editor, path: PathKind, data: PathDrawing, key: string): PathState | undefined {
  switch (key) {
    case 'Enter': return finish(editor, path, data)
    case 'Backspace': return takeBack(editor, path, data)
    case 'Escape': return data.steppedBack ? giveUp(editor, data) : stepBack(editor, path, data, true)
    default: return undefined
  }
}
