import type { AssistAnswer } from '../../../../../shared/domain/assist.ts'
import type { ShapeGeometry } from '../../../../../shared/domain/shape.ts'
import type { Point } from '../../../../../shared/geometry/point.ts'
import { withoutLoops } from '../../../../../shared/geometry/booleans.ts'
import { rasterizeRings } from '../../../../../shared/geometry/rasterize.ts'
import type { Editor } from '../../../store/editor.ts'
import { commitAssisted } from '../proposal.ts'
import type { WireFinishing, WireSegment, WireState, WireTracing } from './wireState.ts'

/** How far from an anchor (CSS pixels) edges are followed; a place farther away is reached by a straight line from there. */
const REACH = 300

/** Asks for the way between two places. One that was clicked at must be answered, those under the pointer may be skipped. */
export function askWay(editor: Editor, from: Point, to: Point, keep: boolean): number {
  return editor.ask({ tool: 'scissors', from, to, reach: REACH / editor.state.getState().camera.zoom }, { keep })
}

/** A way that starts out straight and is being looked for. */
export function segmentTo(editor: Editor, from: Point, to: Point): WireSegment {
  return { id: askWay(editor, from, to, true), points: [from, to], found: false }
}

/** The segments with the answer to the question of one of them; a way that was not found stays straight. */
export function withWay(segments: readonly WireSegment[], id: number, answer: AssistAnswer): WireSegment[] {
  return segments.map((segment) => (segment.id === id ? { ...segment, found: true, points: answer.kind === 'path' ? answer.points : segment.points } : segment))
}

export function showWire(editor: Editor, data: WireTracing | WireFinishing): void {
  const { anchors, segments, labelClass } = data
  const live = data.name === 'tracing' ? [...data.live, data.cursor] : []
  const closing = data.name === 'finishing' || data.closing
  editor.update({ preview: { kind: 'liveWire', classId: labelClass.id, anchors, fixed: segments.flatMap(({ points }) => points), live, closing } })
}

/** Adds the closed shape once all of its ways are found; stays until then. */
export function finishWire(editor: Editor, data: WireFinishing): WireState {
  if (data.segments.some(({ found }) => !found)) {
    showWire(editor, data)
    return data
  }
  editor.stopAsking()
  editor.bail(data.mark)
  // Each way ends where the next one begins. Where a click was beside the edge, two ways may cross on their way to it.
  const ring = withoutLoops(data.segments.flatMap(({ points }) => points.slice(0, -1)))
  if (ring.length >= 3) commitAssisted(editor, data.labelClass, [geometryOf(editor, data, ring)], { tool: 'scissors' })
  return { name: 'idle' }
}

function geometryOf(editor: Editor, { labelClass }: WireFinishing, ring: readonly Point[]): ShapeGeometry {
  return labelClass.kinds.includes('polygon') ? { kind: 'polygon', rings: [[...ring]] } : { kind: 'mask', rle: rasterizeRings([ring], editor.imageSize) }
}
