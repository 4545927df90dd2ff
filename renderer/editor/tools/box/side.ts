import type { Point } from '../../../../shared/geometry/point.ts'
import { rectangleOnSide } from '../../../../shared/geometry/rotated.ts'
import { clampPoint } from '../../../../shared/geometry/transform.ts'
import { distance, snapDirection } from '../../../../shared/geometry/vector.ts'
import type { InputEvent } from '../../input/inputEvent.ts'
import type { Editor } from '../../store/editor.ts'
import { finishDrawing } from '../drawingClass.ts'
import type { StateNode } from '../tool.ts'
import type { BoxPointing, BoxState, Side } from './boxState.ts'

/** With Shift held the side snaps to steps of this many degrees. */
const SNAP_DEGREES = 15
/** A side is at least this long (CSS pixels): a double click marks one place. */
const LEAST_SIDE = 3

export function beginSide({ mark, labelClass, start }: BoxPointing, editor: Editor): BoxState {
  const from = clampPoint(start.point, editor.imageSize)
  return show(editor, { name: 'side', mark, labelClass, from, to: undefined }, from)
}

/** The second click ends the first side, the third gives the width. */
export const side: StateNode<BoxState, 'side'> = {
  handle(data, event, editor) {
    switch (event.type) {
      case 'pointerMove': return show(editor, data, pointed(data, event, editor))
      case 'pointerDown': return event.button === 'primary' ? click(editor, data, pointed(data, event, editor)) : undefined
      case 'pointerUp': return data
      case 'stepBack': return stepBack(editor, data)
      case 'cancel':
      case 'pointerCancel': return giveUp(editor, data)
      case 'keyDown': return event.key === 'Escape' || event.key === 'Backspace' ? stepBack(editor, data) : undefined
      default: return undefined
    }
  },
  cursor: () => 'crosshair',
}

function pointed({ from, to }: Side, { point, modifiers }: Extract<InputEvent, { type: 'pointerMove' | 'pointerDown' }>, editor: Editor): Point {
  const clamped = clampPoint(point, editor.imageSize)
  return to === undefined && modifiers.shift ? snapDirection(from, clamped, SNAP_DEGREES) : clamped
}

function click(editor: Editor, data: Side, point: Point): BoxState {
  const { from, to, labelClass } = data
  if (to === undefined) {
    const apart = distance(from, point) * editor.state.getState().camera.zoom >= LEAST_SIDE
    return apart ? show(editor, { ...data, to: point }, point) : data
  }
  const geometry = rectangleOnSide(from, to, point)
  if (geometry.height === 0) return data
  finishDrawing(editor, labelClass, geometry)
  return { name: 'idle' }
}

function stepBack(editor: Editor, data: Side): BoxState {
  return data.to === undefined ? giveUp(editor, data) : show(editor, { ...data, to: undefined }, data.to)
}

function giveUp(editor: Editor, data: Side): BoxState {
  editor.bail(data.mark)
  return { name: 'idle' }
}

function show(editor: Editor, data: Side, point: Point): BoxState {
  const { labelClass, from, to } = data
  editor.update({ preview: {
    kind: 'drawing', classId: labelClass.id, geometry: rectangleOnSide(from, to ?? point, point), dots: to === undefined ? [from] : [from, to],
    hint: { key: to === undefined ? 'editor.hint.side' : 'editor.hint.width', params: {} },
  } })
  return data
}
