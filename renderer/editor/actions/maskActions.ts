import type { EditName } from '../../../shared/domain/draft.ts'
import { deleteShapes, updateGeometry } from '../../../shared/domain/draftOperations.ts'
import type { ShapeId } from '../../../shared/domain/ids.ts'
import type { Shape, ShapeGeometry } from '../../../shared/domain/shape.ts'
import type { Box } from '../../../shared/geometry/box.ts'
import { maskArea } from '../../../shared/geometry/mask.ts'
import type { Rle } from '../../../shared/geometry/rle.ts'
import { LEAST_DIAMETER, MOST_DIAMETER } from '../store/brushSettings.ts'
import type { BrushSettings } from '../store/brushSettings.ts'
import type { Editor } from '../store/editor.ts'
import { isVisible, shapeOf, soleSelected } from '../store/queries.ts'

export type MaskShape = Shape & { readonly geometry: Extract<ShapeGeometry, { kind: 'mask' }> }

/** Whether a shape is a mask that can be painted on: one that lies on this image, pixel by pixel. */
export function isPaintable(editor: Editor, shape: Shape | undefined): shape is MaskShape {
  const { width, height } = editor.imageSize
  return shape?.geometry.kind === 'mask' && shape.geometry.rle.size[0] === height && shape.geometry.rle.size[1] === width
}

/** The one selected shape if it is a mask that can be painted on. */
export function selectedMask(editor: Editor): MaskShape | undefined {
  const sole = soleSelected(editor.state.getState())
  return isPaintable(editor, sole) ? sole : undefined
}

/** The masks in sight that meet a box (image pixels) and are not to be painted over; none unless the person wants that. */
export function sparedMasks(editor: Editor, box: Box, own: ShapeId | undefined): Rle[] {
  const state = editor.state.getState()
  if (!state.brush.protectOthers) return []
  return editor.shapeIndex.search(box).flatMap((id) => {
    const shape = id !== own && isVisible(state, id) ? shapeOf(state, id) : undefined
    return isPaintable(editor, shape) ? [shape.geometry.rle] : []
  })
}

/** Gives masks new pixels as one edit; those that have none left are deleted. False when nothing changes. */
export function changeMasks(editor: Editor, name: EditName, changes: ReadonlyMap<ShapeId, Rle>): boolean {
  const { records } = editor.state.getState()
  const changed = [...changes].filter(([id, rle]) => {
    const before = shapeOf(editor.state.getState(), id)?.geometry
    return before?.kind === 'mask' && before.rle.counts !== rle.counts
  })
  const isEmpty = ([, rle]: (typeof changed)[number]) => maskArea(rle) === 0
  const deleted = deleteShapes(records, changed.filter(isEmpty).map(([id]) => id))
  const kept = changed.filter((change) => !isEmpty(change)).map(([id, rle]): [ShapeId, ShapeGeometry] => [id, { kind: 'mask', rle }])
  return editor.commit(name, { ...deleted, updated: updateGeometry(records, new Map(kept)).updated })
}

export function changeBrush(editor: Editor, change: Partial<BrushSettings>): void {
  editor.update({ brush: { ...editor.state.getState().brush, ...change } })
}

/** Makes the brush wider or narrower by `factor`, by one pixel at least. */
export function resizeBrush(editor: Editor, factor: number): void {
  const { diameter } = editor.state.getState().brush
  const wanted = Math.round(diameter * factor)
  const next = factor > 1 ? Math.max(diameter + 1, wanted) : Math.min(diameter - 1, wanted)
  changeBrush(editor, { diameter: Math.min(MOST_DIAMETER, Math.max(LEAST_DIAMETER, next)) })
}
