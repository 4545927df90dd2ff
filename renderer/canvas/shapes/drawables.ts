import type { ProposedShape } from '../../../shared/domain/draftOperationsPredictions.ts'
import type { ClassId } from '../../../shared/domain/ids.ts'
import { predictionBehind } from '../../../shared/domain/shape.ts'
import type { Shape, ShapeGeometry } from '../../../shared/domain/shape.ts'
import type { SkeletonDefinition } from '../../../shared/domain/skeletonDefinition.ts'
import type { Box } from '../../../shared/geometry/box.ts'
import { visibleBox } from '../../../shared/geometry/camera.ts'
import { geometryBounds } from '../../../shared/geometry/measure.ts'
import type { Editor } from '../../editor/store/editor.ts'
import type { EditorState } from '../../editor/store/state.ts'
import { isVisible, shapeOf, shapesInHand } from '../../editor/store/queries.ts'
import { shapeColor } from './shapeStyle.ts'

const knownBounds = new WeakMap<ShapeGeometry, Box>()

export const UNKNOWN_CLASS = { name: '?', color: '#888888' }

/** A shape or proposal about to be drawn, with its bounds in image pixels and, for a skeleton, what its class says of it. */
export interface Drawable {
  readonly geometry: ShapeGeometry
  readonly bounds: Box
  readonly color: string
  readonly text: string
  readonly skeleton?: SkeletonDefinition | undefined
}

/** The shapes in view, bottom of the stack first, but for those that a gesture is changing: the interaction layer shows them. */
export function visibleShapes(editor: Editor, state: EditorState): Drawable[] {
  if (state.allHidden) return []
  const inHand = new Set(shapesInHand(state))
  return editor.shapeIndex.search(visibleBox(state.camera, state.viewSize))
    .flatMap((id) => (!isVisible(state, id) || inHand.has(id) ? [] : shapeOf(state, id) ?? []))
    .sort((a, b) => a.order - b.order)
    .map((shape) => drawableShape(editor, state, shape, shape.geometry))
}

/** The pending predictions in view, with their confidence in percent. */
export function visiblePredictions(editor: Editor, state: EditorState): Drawable[] {
  const inView = new Set(editor.predictionIndex.search(visibleBox(state.camera, state.viewSize)))
  return state.pending
    .filter(({ shape }) => inView.has(shape.id))
    .map((proposed) => drawablePrediction(editor, state, proposed))
}

/** A shape of the draft as it is shown now, with a geometry that may be that of a gesture. */
export function drawableShape(editor: Editor, state: EditorState, shape: Shape, geometry: ShapeGeometry): Drawable {
  return { ...drawable(editor, shape.classId, geometry), color: colorOf(editor, state, shape) }
}

/** The colour in which a shape of the draft is shown now, as #rrggbb. */
export function colorOf(editor: Editor, { display }: EditorState, { id, classId, provenance }: Shape): string {
  const classColor = editor.classes.get(classId)?.color ?? UNKNOWN_CLASS.color
  const confidence = predictionBehind(provenance)?.confidence
  return shapeColor({ id, classColor, source: provenance.source, confidence }, display.colorBy)
}

function drawablePrediction(editor: Editor, { display }: EditorState, { shape: { id, classId, geometry, confidence } }: ProposedShape): Drawable {
  const made = drawable(editor, classId, geometry)
  const color = shapeColor({ id, classColor: made.color, source: 'prediction', confidence }, display.colorBy)
  return { ...made, color, text: `${made.text} ${Math.round(confidence * 100)}%` }
}

/** A geometry that belongs to no shape yet, in the colour of the class that it is drawn for. */
export function drawable(editor: Editor, classId: ClassId, geometry: ShapeGeometry): Drawable {
  const labelClass = editor.classes.get(classId)
  const { name, color } = labelClass ?? UNKNOWN_CLASS
  return { geometry, bounds: boundsOf(geometry), color, text: name, skeleton: labelClass?.skeleton }
}

/** Geometries never change, and the bounds of a mask cost a walk over all its runs. */
export function boundsOf(geometry: ShapeGeometry): Box {
  const known = knownBounds.get(geometry)
  if (known !== undefined) return known
  const bounds = geometryBounds(geometry)
  knownBounds.set(geometry, bounds)
  return bounds
}
