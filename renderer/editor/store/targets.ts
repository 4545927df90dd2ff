import type { ClassId, ShapeId } from '../../../shared/domain/ids.ts'
import type { ShapeGeometry } from '../../../shared/domain/shape.ts'
import { boxHasBox, expandBox } from '../../../shared/geometry/box.ts'
import type { Box } from '../../../shared/geometry/box.ts'
import type { Camera } from '../../../shared/geometry/camera.ts'
import { resizeHandlesOf, rotationHandleOf } from '../../../shared/geometry/handles.ts'
import { hitsGeometry } from '../../../shared/geometry/hitTest.ts'
import { geometryArea, geometryBounds } from '../../../shared/geometry/measure.ts'
import type { Point } from '../../../shared/geometry/point.ts'
import { distance } from '../../../shared/geometry/vector.ts'
import { nearestEdge, nearestMidpoint, verticesOf } from '../../../shared/geometry/vertices.ts'
import type { Editor } from './editor.ts'
import { isReachable, shapeOf, soleSelected } from './queries.ts'
import type { Target } from './state.ts'

/** CSS pixels within which a pointer takes hold of a handle, or touches an outline. */
const HANDLE_REACH = 7
const COARSE_HANDLE_REACH = 16
const OUTLINE_REACH = 4
/** How long an edge must be to have a handle in its middle, in reaches of a handle. */
const LEAST_EDGE = 5
/** How far above a shape its rotation handle floats, in CSS pixels. */
export const ROTATION_HANDLE_DISTANCE = 24

/** How near a handle the pointer must come, in image pixels. */
export function handleReach(editor: Editor, coarse: boolean): number {
  return handleReachAt(editor.state.getState().camera, coarse)
}

export function handleReachAt({ zoom }: Pick<Camera, 'zoom'>, coarse = false): number {
  return (coarse ? COARSE_HANDLE_REACH : HANDLE_REACH) / zoom
}

/** What lies under a place (image pixels): handles of the selected shape first, then shapes, then predictions. */
export function targetAt(editor: Editor, point: Point, coarse: boolean): Target {
  return handleAt(editor, point, coarse) ?? shapeAt(editor, point) ?? predictionAt(editor, point) ?? { kind: 'canvas' }
}

/** The edge of the selected shape under a place, where a vertex can be inserted. */
export function edgeAt(editor: Editor, point: Point, coarse: boolean, grip: 'insert' | 'drag'): Extract<Target, { kind: 'edge' }> | undefined {
  const shape = soleSelected(editor.state.getState())
  if (shape === undefined || editor.readOnly) return undefined
  const edge = nearestEdge(shape.geometry, point, handleReach(editor, coarse))
  return edge === undefined ? undefined : { kind: 'edge', id: shape.id, ...edge, grip }
}

/** The middle of the edge under a place, where a vertex can be dragged out of it; undefined where the edge looks too short for that. */
export function midpointAt(geometry: ShapeGeometry, point: Point, reach: number): ReturnType<typeof nearestMidpoint> {
  const middle = nearestMidpoint(geometry, point, reach)
  return middle !== undefined && middle.length >= LEAST_EDGE * reach ? middle : undefined
}

function handleAt(editor: Editor, point: Point, coarse: boolean): Target | undefined {
  const state = editor.state.getState()
  const shape = soleSelected(state)
  if (shape === undefined || editor.readOnly) return undefined
  const reach = handleReach(editor, coarse)
  const { id, geometry } = shape
  const vertex = nearest(verticesOf(geometry), point, reach)
  if (vertex !== undefined) return { kind: 'vertex', id, ref: vertex.ref }
  const middle = midpointAt(geometry, point, reach)
  if (middle !== undefined && distance(middle.point, point) <= reach) return { kind: 'edge', id, after: middle.after, point: middle.point, grip: 'insert' }
  const handle = nearest(resizeHandlesOf(geometry), point, reach)
  if (handle !== undefined) return { kind: 'resizeHandle', id, handle: handle.handle }
  const rotation = rotationHandleOf(geometry, ROTATION_HANDLE_DISTANCE / state.camera.zoom)
  return rotation !== undefined && distance(rotation, point) <= reach ? { kind: 'rotationHandle', id } : undefined
}

/** The reachable shapes under a place (image pixels), the smallest first, so that a face can be taken hold of within a person, whichever was drawn first. */
export function shapesAt(editor: Editor, point: Point): ShapeId[] {
  const state = editor.state.getState()
  const ids = editor.shapeIndex.search(searchBox(editor, point))
  const candidates = ids.flatMap((id) => {
    const shape = isReachable(state, id) ? shapeOf(state, id) : undefined
    return shape === undefined ? [] : [{ id, classId: shape.classId, geometry: shape.geometry, order: shape.order }]
  })
  return hits(editor, point, candidates)
}

function shapeAt(editor: Editor, point: Point): Target | undefined {
  const [id] = shapesAt(editor, point)
  return id === undefined ? undefined : { kind: 'shape', id }
}

function predictionAt(editor: Editor, point: Point): Target | undefined {
  const near = new Set(editor.predictionIndex.search(searchBox(editor, point)))
  const { pending } = editor.state.getState()
  const candidates = pending.flatMap(({ shape }, order) => (near.has(shape.id) ? [{ id: shape.id, classId: shape.classId, geometry: shape.geometry, order }] : []))
  const [id] = hits(editor, point, candidates)
  return id === undefined ? undefined : { kind: 'prediction', id }
}

interface Candidate { readonly id: ShapeId; readonly classId: ClassId; readonly geometry: ShapeGeometry; readonly order: number }

function hits(editor: Editor, point: Point, candidates: readonly Candidate[]): ShapeId[] {
  const reach = OUTLINE_REACH / editor.state.getState().camera.zoom
  return candidates
    .filter(({ classId, geometry }) => hitsGeometry(geometry, point, geometry.kind === 'point' ? 2 * reach : reach, editor.classes.get(classId)?.skeleton?.edges))
    .map((candidate) => ({ ...candidate, area: geometryArea(candidate.geometry) }))
    .sort((a, b) => a.area - b.area || b.order - a.order)
    .map(({ id }) => id)
}

function searchBox(editor: Editor, [x, y]: Point): Box {
  return expandBox({ x, y, width: 0, height: 0 }, (2 * OUTLINE_REACH) / editor.state.getState().camera.zoom)
}

function nearest<T extends { readonly point: Point }>(items: readonly T[], point: Point, reach: number): T | undefined {
  let best: T | undefined
  let bestDistance = reach
  for (const item of items) {
    const away = distance(item.point, point)
    if (away > bestDistance) continue
    best = item
    bestDistance = away
  }
  return best
}

/** The reachable shapes that lie wholly within a box (image pixels). */
export function shapesWithin(editor: Editor, box: Box): ShapeId[] {
  const state = editor.state.getState()
  return editor.shapeIndex.search(box).filter((id) => {
    const shape = isReachable(state, id) ? shapeOf(state, id) : undefined
    return shape !== undefined && boxHasBox(box, geometryBounds(shape.geometry))
  })
}
