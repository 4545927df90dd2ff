import { updateGeometry } from '../../../shared/domain/draftOperations.ts'
import type { Shape } from '../../../shared/domain/shape.ts'
import { labelledKeypoints, withVisibility } from '../../../shared/geometry/skeleton.ts'
import type { KeypointVisibility } from '../../../shared/geometry/skeleton.ts'
import type { Editor } from '../store/editor.ts'
import { shapeOf } from '../store/queries.ts'

/** Says of one keypoint whether it is visible, occluded or not labelled; the last labelled one stays labelled. It becomes the active one. */
export function setKeypointVisibility(editor: Editor, shape: Shape, index: number, visibility: KeypointVisibility): boolean {
  const { geometry } = shape
  if (geometry.kind !== 'skeleton' || geometry.points[index]?.visibility === visibility) return false
  const points = withVisibility(geometry.points, index, visibility)
  if (labelledKeypoints({ points }).length === 0) {
    editor.tell('editor.message.lastKeypoint')
    return false
  }
  const { records, locked } = editor.state.getState()
  if (locked.has(shape.id)) {
    editor.tell('editor.message.locked')
    return false
  }
  const done = editor.commit('labelKeypoint', updateGeometry(records, new Map([[shape.id, { ...geometry, points }]])))
  activateKeypoint(editor, shape, index)
  return done
}

/** Makes a keypoint the one that keys act on, and selects its shape. */
export function activateKeypoint(editor: Editor, shape: Shape, index: number): void {
  editor.update({ selection: new Set([shape.id]), selectedPrediction: undefined, activeVertex: { shapeId: shape.id, ref: { ring: 0, index }, others: [] } })
}

/** Turns the active keypoint from visible to occluded and back; false when no keypoint is active. */
export function toggleOccluded(editor: Editor): boolean {
  const state = editor.state.getState()
  const { activeVertex } = state
  const shape = activeVertex && shapeOf(state, activeVertex.shapeId)
  if (activeVertex === undefined || shape?.geometry.kind !== 'skeleton' || editor.readOnly) return false
  const { index } = activeVertex.ref
  setKeypointVisibility(editor, shape, index, shape.geometry.points[index]?.visibility === 1 ? 2 : 1)
  return true
}
