import type { GeometryOf } from '../../../../shared/geometry/shapeGeometry.ts'
import type { Keypoint, KeypointVisibility } from '../../../../shared/geometry/skeleton.ts'
import type { Editor } from '../../store/editor.ts'
import { handleClicks } from '../clicks.ts'
import type { Clicks } from '../clicks.ts'
import { finishDrawing } from '../drawingClass.ts'
import type { StateNode } from '../tool.ts'
import type { SkeletonClicking, SkeletonState } from './skeletonState.ts'

const CLICKS: Clicks<SkeletonClicking, SkeletonState> = {
  show,
  place: (editor, data, event) => place(editor, data, event.modifiers.alt ? 1 : 2),
  key: handleKey,
  idle: { name: 'idle' },
}

/** Each click places the next keypoint, with Alt as occluded; keys place it occluded or skip it, end the skeleton or take a step back. */
export const clicking: StateNode<SkeletonState, 'clicking'> = {
  handle: (data, event, editor) => handleClicks(CLICKS, editor, data, event),
  cursor: () => 'crosshair',
}

function handleKey(editor: Editor, data: SkeletonClicking, key: string): SkeletonState | undefined {
  switch (key) {
    case 'o':
    case 'O': return place(editor, data, 1)
    case 'x':
    case 'X': return place(editor, data, 0)
    case 'Enter': return finish(editor, data)
    default: return undefined
  }
}

/** Puts the next keypoint where the pointer is; the last one ends the skeleton. */
export function place(editor: Editor, data: SkeletonClicking, visibility: KeypointVisibility): SkeletonState {
  const [x, y] = data.cursor
  const next = { ...data, points: [...data.points, { x, y, visibility }] }
  return next.points.length === data.definition.keypoints.length ? finish(editor, next) : show(editor, next)
}

/** Adds the skeleton; keypoints that were not reached are not labelled. */
function finish(editor: Editor, data: SkeletonClicking): SkeletonState {
  finishDrawing(editor, data.labelClass, completed(data, data.points))
  return { name: 'idle' }
}

/** Shows the keypoints so far and the next one under the pointer. */
function show(editor: Editor, data: SkeletonClicking): SkeletonState {
  const { points, cursor: [x, y], definition: { keypoints }, labelClass } = data
  const params = { name: keypoints[points.length]?.name ?? '', number: String(points.length + 1), total: String(keypoints.length) }
  editor.update({ preview: {
    kind: 'drawing', classId: labelClass.id, geometry: completed(data, [...points, { x, y, visibility: 2 }]), hint: { key: 'editor.hint.keypoint', params },
  } })
  return data
}

function completed({ definition, cursor: [x, y] }: SkeletonClicking, points: readonly Keypoint[]): GeometryOf<'skeleton'> {
  return { kind: 'skeleton', points: definition.keypoints.map((_, index) => points[index] ?? { x, y, visibility: 0 }) }
}
