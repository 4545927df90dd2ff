import { nearestPlace } from '../../../../shared/geometry/borders.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import { clampPoint } from '../../../../shared/geometry/transform.ts'
import { distance } from '../../../../shared/geometry/vector.ts'
import type { Modifiers } from '../../input/inputEvent.ts'
import type { Editor } from '../../store/editor.ts'
import { handleReach } from '../../store/targets.ts'
import { followBorder, isMagnetic, magnetAt } from '../magnet.ts'
import { fulfil } from './purposes.ts'
import { showPath } from './showPath.ts'
import type { PathDrawing, PathKind, PathState, PathTracing } from './pathState.ts'

/** Two clicks nearer than this (CSS pixels) are one: the second click of a double click adds no vertex. */
const SAME_PLACE = 3

interface Pointer { readonly point: Point; readonly modifiers: Modifiers; readonly coarse: boolean }

/** The path with the pointer at another place: drawn to a border near it, or about to end there. */
export function moved(data: PathDrawing, { point, modifiers, coarse }: Pointer, editor: Editor, path: PathKind): PathDrawing {
  const free = clampPoint(point, editor.imageSize)
  const end = endAt(data, free, handleReach(editor, coarse), path)
  if (end !== undefined) return { ...data, cursor: end, tail: [], magnet: undefined, closing: true, longWay: modifiers.alt }
  const magnet = isMagnetic(editor, modifiers) ? magnetAt(editor, free, coarse) : undefined
  const tail = followBorder(data.lastMagnet, magnet, modifiers.alt)
  return { ...data, cursor: magnet?.place.point ?? free, tail, magnet, closing: false, longWay: modifiers.alt }
}

/** Where the path would end if the pointer were pressed: on its first vertex, or on the outline that it redraws. */
function endAt({ purpose, points }: PathDrawing | PathTracing, pointer: Point, reach: number, path: PathKind): Point | undefined {
  const [first] = points
  if (first === undefined) return undefined
  if (purpose.kind === 'redraw') return distance(pointer, first) <= 2 * reach ? undefined : nearestPlace(purpose.border, pointer, reach)?.point
  return path.closed && points.length >= path.leastPoints && distance(pointer, first) <= reach ? pointer : undefined
}

/** The path with the pointer's place, and the border followed up to it, as its next vertices. */
export function withPoint(data: PathDrawing, editor: Editor): PathDrawing {
  const last = data.points.at(-1)
  const near = SAME_PLACE / editor.state.getState().camera.zoom
  if (last !== undefined && data.tail.length === 0 && distance(last, data.cursor) < near) return data
  return {
    ...data, points: [...data.points, ...data.tail, data.cursor], steps: [...data.steps, data.points.length], tail: [], lastMagnet: data.magnet, steppedBack: false,
  }
}

/** Takes the last vertex back. */
export function takeBack(editor: Editor, path: PathKind, data: PathDrawing): PathState {
  return backTo(editor, path, data, data.points.length - 1)
}

/** Takes the last step back: a vertex, a trace or a followed border. */
export function stepBack(editor: Editor, path: PathKind, data: PathDrawing, steppedBack = false): PathState {
  return backTo(editor, path, { ...data, steppedBack }, data.steps.at(-1) ?? 0)
}

/** A line that goes on from its end is given up when it would become shorter than it was. */
function backTo(editor: Editor, path: PathKind, data: PathDrawing, count: number): PathState {
  if (data.steps.length === 0 || count === 0) return giveUp(editor, data)
  const steps = data.steps.filter((step) => step < count)
  return show(editor, path, { ...data, points: data.points.slice(0, count), steps, tail: [], lastMagnet: undefined, closing: false })
}

/** Makes of the path what it is for; with too few vertices it stays under way. */
export function finish(editor: Editor, path: PathKind, data: PathDrawing): PathState {
  const enough = data.points.length >= path.leastPoints || (data.purpose.kind === 'redraw' && data.closing)
  return enough && fulfil(editor, data.purpose, data, path.closed) ? { name: 'idle' } : data
}

/** Whether letting go here ends a path that was traced: back at its first vertex, or on the outline that it redraws. */
export function endsTrace(data: PathTracing | PathDrawing, { point, coarse }: Pointer, editor: Editor, path: PathKind): Point | undefined {
  return endAt(data, clampPoint(point, editor.imageSize), handleReach(editor, coarse), path)
}

export function giveUp(editor: Editor, data: PathDrawing | PathTracing): PathState {
  editor.bail(data.mark)
  return { name: 'idle' }
}

export function show(editor: Editor, path: PathKind, data: PathDrawing | PathTracing): PathState {
  showPath(editor, data, path.closed)
  return data
}
