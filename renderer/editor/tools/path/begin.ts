import { ringsOf } from '../../../../shared/geometry/booleans.ts'
import { nearestPlace } from '../../../../shared/geometry/borders.ts'
import { geometryPaths } from '../../../../shared/geometry/hitTest.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import { clampPoint } from '../../../../shared/geometry/transform.ts'
import { distance } from '../../../../shared/geometry/vector.ts'
import type { Shape } from '../../../../shared/domain/shape.ts'
import type { PointerDown } from '../../input/inputEvent.ts'
import type { Editor } from '../../store/editor.ts'
import { shapeOf, soleSelected } from '../../store/queries.ts'
import { handleReach, targetAt } from '../../store/targets.ts'
import { classForDrawing } from '../drawingClass.ts'
import { isMagnetic, magnetAt } from '../magnet.ts'
import type { PathPurpose, PathStart } from './pathState.ts'

/** Starts a new polygon or line. */
export function beginShape(editor: Editor, event: PointerDown, kind: 'polygon' | 'polyline'): PathStart | undefined {
  const labelClass = classForDrawing(editor, kind)
  return labelClass && startAt(editor, event, { kind: 'shape', labelClass })
}

/** Goes on with the selected line when the press is on one of its ends. */
export function beginAtEnd(editor: Editor, event: PointerDown): PathStart | undefined {
  const shape = editor.readOnly ? undefined : soleSelected(editor.state.getState())
  if (shape?.geometry.kind !== 'polyline') return undefined
  const reach = handleReach(editor, event.coarse)
  const points = [shape.geometry.points.toReversed(), shape.geometry.points].find((path) => distance(path.at(-1) ?? [NaN, NaN], event.point) <= reach)
  return points && { purpose: { kind: 'continue', shape, backwards: points !== shape.geometry.points }, points, magnet: undefined }
}

/** Starts a hole in the selected shape, or in the one under the pointer, which it selects. */
export function beginHole(editor: Editor, event: PointerDown): PathStart | undefined {
  if (refusesReadOnly(editor)) return undefined
  const shape = areaToCut(editor, event)
  if (shape !== undefined) return startAt(editor, event, { kind: 'hole', shape })
  editor.tell('editor.message.selectPolygon')
  return undefined
}

export function beginCut(editor: Editor, event: PointerDown): PathStart | undefined {
  return refusesReadOnly(editor) ? undefined : startAt(editor, event, { kind: 'cut' })
}

/** Starts to redraw a part of the outline of the selected polygon or line; the press must be on it. */
export function beginRedraw(editor: Editor, event: PointerDown): PathStart | undefined {
  if (refusesReadOnly(editor)) return undefined
  const shape = soleSelected(editor.state.getState())
  if (shape?.geometry.kind !== 'polygon' && shape?.geometry.kind !== 'polyline') {
    editor.tell('editor.message.selectPolygon')
    return undefined
  }
  const { paths, closed } = geometryPaths(shape.geometry)
  const reach = handleReach(editor, event.coarse)
  const [start] = paths.flatMap((path, ring) => {
    const border = { path, closed }
    const from = nearestPlace(border, event.point, reach)
    return from === undefined ? [] : [{ ring, border, from }]
  }).sort((a, b) => distance(a.from.point, event.point) - distance(b.from.point, event.point))
  if (start !== undefined) return { purpose: { kind: 'redraw', shape, ...start }, points: [start.from.point], magnet: undefined }
  editor.tell('editor.message.startOnOutline')
  return undefined
}

function startAt(editor: Editor, event: PointerDown, purpose: PathPurpose): PathStart {
  const free = clampPoint(event.point, editor.imageSize)
  const magnet = isMagnetic(editor, event.modifiers) ? magnetAt(editor, free, event.coarse) : undefined
  const point: Point = magnet?.place.point ?? free
  return { purpose, points: [point], magnet }
}

function areaToCut(editor: Editor, event: PointerDown): Shape | undefined {
  const state = editor.state.getState()
  const selected = soleSelected(state)
  if (selected !== undefined && ringsOf(selected.geometry) !== undefined) return selected
  const target = targetAt(editor, event.point, event.coarse)
  const shape = target.kind === 'shape' ? shapeOf(state, target.id) : undefined
  if (shape === undefined || ringsOf(shape.geometry) === undefined) return undefined
  editor.update({ selection: new Set([shape.id]), activeVertex: undefined })
  return shape
}

function refusesReadOnly(editor: Editor): boolean {
  if (editor.readOnly) editor.tell('editor.message.readOnly')
  return editor.readOnly
}
