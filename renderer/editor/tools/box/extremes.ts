import { boxAround } from '../../../../shared/geometry/box.ts'
import type { GeometryOf } from '../../../../shared/geometry/shapeGeometry.ts'
import { clampPoint } from '../../../../shared/geometry/transform.ts'
import { distance } from '../../../../shared/geometry/vector.ts'
import type { Editor } from '../../store/editor.ts'
import { handleClicks } from '../clicks.ts'
import type { Clicks } from '../clicks.ts'
import { finishDrawing } from '../drawingClass.ts'
import type { StateNode } from '../tool.ts'
import type { BoxPointing, BoxState, Extremes } from './boxState.ts'

/** Top, left, bottom and right, in any order. */
const SIDES = 4
/** Two clicks nearer than this (CSS pixels) are one: a double click marks one place. */
const SAME_PLACE = 3

export function beginExtremes({ mark, labelClass, start }: BoxPointing, editor: Editor): BoxState {
  const point = clampPoint(start.point, editor.imageSize)
  return show(editor, { name: 'extremes', mark, labelClass, points: [point], cursor: point })
}

const CLICKS: Clicks<Extremes, BoxState> = {
  show,
  place: mark,
  key: (editor, data, key) => (key === 'Enter' ? (data.points.length > 1 ? finish(editor, data) : data) : undefined),
  idle: { name: 'idle' },
}

/** Each click marks an outermost place of the object; the fourth, or Enter, gives the box around them. */
export const extremes: StateNode<BoxState, 'extremes'> = {
  handle: (data, event, editor) => handleClicks(CLICKS, editor, data, event),
  cursor: () => 'crosshair',
}

function mark(editor: Editor, data: Extremes): BoxState {
  const last = data.points.at(-1)
  if (last !== undefined && distance(last, data.cursor) < SAME_PLACE / editor.state.getState().camera.zoom) return data
  const next = { ...data, points: [...data.points, data.cursor] }
  return next.points.length === SIDES ? finish(editor, next) : show(editor, next)
}

function finish(editor: Editor, { labelClass, points }: Extremes): BoxState {
  finishDrawing(editor, labelClass, around(points))
  return { name: 'idle' }
}

function show(editor: Editor, data: Extremes): BoxState {
  const { labelClass, points, cursor } = data
  const hint = { key: 'editor.hint.extremes', params: { number: String(points.length + 1), total: String(SIDES) } } as const
  editor.update({ preview: { kind: 'drawing', classId: labelClass.id, geometry: around([...points, cursor]), dots: points, hint } })
  return data
}

function around(points: Extremes['points']): GeometryOf<'rectangle'> {
  return { kind: 'rectangle', ...boxAround(points) }
}
