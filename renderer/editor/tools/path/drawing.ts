import type { Point } from '../../../../shared/geometry/point.ts'
import { clampPoint } from '../../../../shared/geometry/transform.ts'
import { distance } from '../../../../shared/geometry/vector.ts'
import type { Editor } from '../../store/editor.ts'
import { handleReach } from '../../store/targets.ts'
import { finishDrawing } from '../drawingClass.ts'
import type { StateNode } from '../tool.ts'
import { showPath } from './showPath.ts'
import type { PathDrawing, PathKind, PathState } from './pathState.ts'

/** Two clicks nearer than this (CSS pixels) are one: the second click of a double click adds no vertex. */
const SAME_PLACE = 3

export function drawing(path: PathKind): StateNode<PathState, 'drawing'> {
  return {
    handle(data, event, editor) {
      switch (event.type) {
        case 'pointerMove': return show(editor, path, moved(data, event.point, event.coarse, editor, path))
        case 'pointerDown': {
          if (event.button !== 'primary') return undefined
          const now = moved(data, event.point, event.coarse, editor, path)
          return now.closing ? finish(editor, path, now) : show(editor, path, withPoint(now, editor))
        }
        case 'pointerUp': return data
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

function handleKey(editor: Editor, path: PathKind, data: PathDrawing, key: string): PathState | undefined {
  switch (key) {
    case 'Enter': return finish(editor, path, data)
    case 'Backspace': return stepBack(editor, path, data)
    case 'Escape': return data.steppedBack ? giveUp(editor, data) : stepBack(editor, path, data, true)
    default: return undefined
  }
}

function moved(data: PathDrawing, point: Point, coarse: boolean, editor: Editor, path: PathKind): PathDrawing {
  const cursor = clampPoint(point, editor.imageSize)
  const first = data.points[0]
  const closing = path.kind === 'polygon' && data.points.length >= path.leastPoints
    && first !== undefined && distance(cursor, first) <= handleReach(editor, coarse)
  return { ...data, cursor, closing }
}

function withPoint(data: PathDrawing, editor: Editor): PathDrawing {
  const last = data.points.at(-1)
  const near = SAME_PLACE / editor.state.getState().camera.zoom
  if (last !== undefined && distance(last, data.cursor) < near) return data
  return { ...data, points: [...data.points, data.cursor], steppedBack: false }
}

function stepBack(editor: Editor, path: PathKind, data: PathDrawing, steppedBack = false): PathState {
  const points = data.points.slice(0, -1)
  return points.length === 0 ? giveUp(editor, data) : show(editor, path, { ...data, points, closing: false, steppedBack })
}

/** Adds the shape; with too few vertices the path stays under way. */
function finish(editor: Editor, path: PathKind, data: PathDrawing): PathState {
  if (data.points.length < path.leastPoints) return data
  const points = [...data.points]
  finishDrawing(editor, data.labelClass, path.kind === 'polygon' ? { kind: 'polygon', rings: [points] } : { kind: 'polyline', points })
  return { name: 'idle' }
}

function giveUp(editor: Editor, data: PathDrawing): PathState {
  editor.bail(data.mark)
  return { name: 'idle' }
}

function show(editor: Editor, path: PathKind, data: PathDrawing): PathState {
  showPath(editor, data, path.kind)
  return data
}
