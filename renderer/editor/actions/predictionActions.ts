import { acceptPredictions, rejectPredictions, restorePredictions } from '../../../shared/domain/draftOperationsPredictions.ts'
import type { ProposedShape } from '../../../shared/domain/draftOperationsPredictions.ts'
import type { ShapeId } from '../../../shared/domain/ids.ts'
import type { Editor } from '../store/editor.ts'
import { selectedProposal } from '../store/queries.ts'

export function selectPrediction(editor: Editor, id: ShapeId | undefined): void {
  editor.update({ selectedPrediction: id, selection: new Set(), activeVertex: undefined })
}

/** Takes one proposal over and moves on to the next. */
export function acceptPrediction(editor: Editor, proposed: ProposedShape): boolean {
  return decide(editor, proposed, () => editor.commit('acceptPrediction', acceptPredictions(records(editor), [proposed], editor.authorship())))
}

/** Says no to one proposal and moves on to the next. */
export function rejectPrediction(editor: Editor, proposed: ProposedShape): boolean {
  return decide(editor, proposed, () => editor.commit('rejectPrediction', rejectPredictions(records(editor), [proposed])))
}

/** Takes over all proposals above the threshold as one edit. */
export function acceptAllPredictions(editor: Editor): boolean {
  const { pending } = editor.state.getState()
  return editor.commit('acceptAllPredictions', acceptPredictions(records(editor), pending, editor.authorship()))
}

/** Says no to all proposals above the threshold as one edit. */
export function rejectAllPredictions(editor: Editor): boolean {
  return editor.commit('rejectAllPredictions', rejectPredictions(records(editor), editor.state.getState().pending))
}

/** Takes back the no to proposals. */
export function restorePrediction(editor: Editor, ids: readonly ShapeId[]): boolean {
  return editor.commit('restorePrediction', restorePredictions(records(editor), ids))
}

/** Sets the confidence below which predictions are not proposed; kept between 0 and 1. */
export function setThreshold(editor: Editor, threshold: number): void {
  editor.update({ threshold: Math.min(1, Math.max(0, Math.round(threshold * 100) / 100)) })
}

/** The proposal that a command means: the selected one, else the surest. */
export function proposalAtHand(editor: Editor): ProposedShape | undefined {
  const state = editor.state.getState()
  return selectedProposal(state) ?? surest(state.pending)
}

function surest(pending: readonly ProposedShape[]): ProposedShape | undefined {
  let best: ProposedShape | undefined
  for (const proposed of pending) if (best === undefined || proposed.shape.confidence > best.shape.confidence) best = proposed
  return best
}

function decide(editor: Editor, proposed: ProposedShape, commit: () => boolean): boolean {
  const before = editor.state.getState().pending
  const at = before.findIndex(({ shape }) => shape.id === proposed.shape.id)
  const next = before[at + 1] ?? before[at - 1]
  if (!commit()) return false
  selectPrediction(editor, next?.shape.id)
  return true
}

function records(editor: Editor) {
  return editor.state.getState().records
}
