import { simplifyPath } from '../../../../shared/geometry/simplify.ts'
import { clampPoint } from '../../../../shared/geometry/transform.ts'
import { distance } from '../../../../shared/geometry/vector.ts'
import type { InputEvent } from '../../input/inputEvent.ts'
import type { Editor } from '../../store/editor.ts'
import type { StateNode } from '../tool.ts'
import { endsTrace, finish, giveUp, moved, show, withPoint } from './pathSteps.ts'
import type { PathDrawing, PathKind, PathState, PathTracing } from './pathState.ts'

/** How far apart the places of a trace are at least, and how far it may lie from the vertices that are kept of it, in CSS pixels. */
const STEP = 1.5
const TOLERANCE = 1

/** Freehand: places follow the pointer until the button or Shift is let go; then only the vertices that carry its form stay. */
export function tracing(path: PathKind): StateNode<PathState, 'tracing'> {
  return {
    handle(data, event, editor) {
      switch (event.type) {
        case 'pointerMove': return follow(data, event, editor, path)
        case 'pointerUp': return data.heldBy === 'button' ? letGo(withPlace(data, event, editor, 0), event, editor, path) : data
        case 'pointerDown': return event.button === 'primary' ? show(editor, path, withPoint(moved(settled(data, editor), event, editor, path), editor)) : undefined
        case 'doubleClick': return finish(editor, path, settled(data, editor))
        case 'cancel':
        case 'pointerCancel': return giveUp(editor, data)
        case 'stepBack': return show(editor, path, dropped(data))
        case 'keyUp': return event.key === 'Shift' && data.heldBy === 'shift' ? show(editor, path, settled(data, editor)) : undefined
        case 'keyDown': return handleKey(data, event.key, editor, path)
        default: return undefined
      }
    },
    cursor: () => 'crosshair',
  }
}

function follow(data: PathTracing, event: Extract<InputEvent, { type: 'pointerMove' }>, editor: Editor, path: PathKind): PathState {
  if (data.heldBy === 'shift' && !event.modifiers.shift) return show(editor, path, moved(settled(data, editor), event, editor, path))
  return show(editor, path, withPlace(data, event, editor, STEP / editor.state.getState().camera.zoom))
}

/** Letting go back at the start closes the outline, and back on an outline that is redrawn ends that. */
function letGo(data: PathTracing, event: Extract<InputEvent, { type: 'pointerUp' }>, editor: Editor, path: PathKind): PathState {
  const drawing = settled(data, editor)
  const end = endsTrace(drawing, event, editor, path)
  if (end === undefined) return show(editor, path, drawing)
  const points = drawing.points.slice(0, -1)
  return finish(editor, path, { ...drawing, points, cursor: end, closing: true, longWay: event.modifiers.alt })
}

function handleKey(data: PathTracing, key: string, editor: Editor, path: PathKind): PathState | undefined {
  switch (key) {
    case 'Enter': return finish(editor, path, settled(data, editor))
    case 'Backspace':
    case 'Escape': return show(editor, path, dropped(data))
    case 'Shift': return data
    default: return undefined
  }
}

function withPlace(data: PathTracing, { point }: { readonly point: PathTracing['cursor'] }, editor: Editor, step: number): PathTracing {
  const cursor = clampPoint(point, editor.imageSize)
  const last = data.trace.at(-1) ?? data.points.at(-1)
  if (last !== undefined && distance(last, cursor) <= step) return { ...data, cursor }
  return { ...data, cursor, trace: [...data.trace, cursor] }
}

function settled(data: PathTracing, editor: Editor): PathDrawing {
  const traced = simplifyPath([...data.points.slice(-1), ...data.trace], TOLERANCE / editor.state.getState().camera.zoom).slice(1)
  const drawing = dropped(data)
  return traced.length === 0 ? drawing : { ...drawing, points: [...data.points, ...traced], steps: [...data.steps, data.points.length], lastMagnet: undefined }
}

/** The path as it was before the trace. */
function dropped({ trace: _, heldBy: __, ...data }: PathTracing): PathDrawing {
  return { ...data, name: 'drawing', pressed: undefined, steppedBack: false }
}
