import type { ShapeId } from '../../../shared/domain/ids.ts'
import type { Editor } from '../store/editor.ts'
import { shapeOf } from '../store/queries.ts'
import { selectPrediction } from './predictionActions.ts'
import { selectShapes } from './shapeActions.ts'
import { bringIntoSight } from './viewActions.ts'

/** Leads to the shape with a problem after or before the selected one, from the bottom of the stack to its top and round again. */
export function stepProblem(editor: Editor, step: 1 | -1): void {
  const { problems, shapes } = editor.state.getState()
  const ids = shapes.flatMap(({ id }) => (problems.has(id) ? [id] : []))
  const next = stepThrough(ids, ids.findIndex((id) => editor.state.getState().selection.has(id)), step)
  if (next === undefined) return editor.tell('editor.message.noProblem')
  selectShapes(editor, [next])
  bringIntoSight(editor, shapeOf(editor.state.getState(), next)?.geometry)
}

/** Leads to the proposal or the unedited accepted shape that the model was less sure of next, the least sure first. */
export function stepLowConfidence(editor: Editor, step: 1 | -1): void {
  const { pending, selection, selectedPrediction } = editor.state.getState()
  const doubtful = doubtfulFirst(editor)
  const next = stepThrough(doubtful, doubtful.findIndex(({ id }) => id === selectedPrediction || selection.has(id)), step)
  if (next === undefined) return editor.tell('editor.message.noneUnsure')
  const proposed = pending.find(({ shape }) => shape.id === next.id)
  if (proposed === undefined) selectShapes(editor, [next.id])
  else selectPrediction(editor, next.id)
  bringIntoSight(editor, proposed?.shape.geometry ?? shapeOf(editor.state.getState(), next.id)?.geometry)
}

interface Doubtful { readonly id: ShapeId; readonly confidence: number }

function doubtfulFirst(editor: Editor): Doubtful[] {
  const { pending, shapes } = editor.state.getState()
  const accepted = shapes.flatMap(({ id, provenance }): Doubtful[] => (provenance.source === 'acceptedPrediction' ? [{ id, confidence: provenance.confidence }] : []))
  return [...pending.map(({ shape: { id, confidence } }) => ({ id, confidence })), ...accepted].sort((a, b) => a.confidence - b.confidence)
}

/** The item `step` places on from `at` (-1: none), round and round. */
function stepThrough<T>(items: readonly T[], at: number, step: 1 | -1): T | undefined {
  const from = at === -1 && step === -1 ? 0 : at
  return items[(from + step + items.length) % items.length]
}
