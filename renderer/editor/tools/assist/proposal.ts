import type { AssistRegion } from '../../../../shared/domain/assist.ts'
import { addAssisted } from '../../../../shared/domain/draftOperations.ts'
import type { LabelClass } from '../../../../shared/domain/labelSchema.ts'
import type { Assistant, ShapeGeometry } from '../../../../shared/domain/shape.ts'
import type { InputEvent } from '../../input/inputEvent.ts'
import type { Editor, Mark } from '../../store/editor.ts'
import type { ShownProposal } from '../../store/state.ts'
import { classForDrawing } from '../drawingClass.ts'

/** A region that a tool proposes, from the first pointing until it is accepted or given up. */
export interface Proposal {
  readonly mark: Mark
  readonly labelClass: LabelClass
  /** The number of the first question that belongs to it: answers to earlier ones are stale. */
  readonly since: number
  /** The newest answer. */
  readonly region: AssistRegion | undefined
}

/** The class that a proposed region is for; undefined, and says why, when there is none. */
export function classForProposal(editor: Editor): LabelClass | undefined {
  return classForDrawing(editor, 'polygon', 'mask')
}

/** Whether a region has to be asked for as a mask too. */
export const wantsMask = ({ kinds }: LabelClass): boolean => kinds.includes('mask')

/** The proposal with the answer of an event that belongs to it; otherwise the same one. Says so when nothing was found. */
export function withAnswer<P extends Proposal>(editor: Editor, proposal: P, { id, answer }: Extract<InputEvent, { type: 'proposal' }>): P {
  if (id < proposal.since) return proposal
  if (answer.kind === 'failed') editor.tell('editor.message.assistFailed')
  if (answer.kind !== 'region') return proposal
  if (answer.parts.length === 0) editor.tell('editor.message.nothingFound')
  return { ...proposal, region: answer }
}

/** Shows what is proposed and what was pointed at. */
export function showProposal(editor: Editor, { labelClass, region }: Proposal, pointed: Omit<ShownProposal, 'parts'>): void {
  editor.update({ preview: { kind: 'proposal', classId: labelClass.id, parts: region?.parts ?? [], ...pointed } })
}

/** Drops the proposal and every question about it. */
export function discard(editor: Editor, { mark }: Proposal): { readonly name: 'idle' } {
  editor.stopAsking()
  editor.bail(mark)
  return { name: 'idle' }
}

/** Takes the proposal over as one edit; false while there is nothing to take. */
export function accept(editor: Editor, { labelClass, region, mark }: Proposal): boolean {
  if (region === undefined || region.parts.length === 0) return false
  editor.stopAsking()
  editor.bail(mark)
  commitAssisted(editor, labelClass, geometriesOf(region, labelClass), region.assistant)
  return true
}

/** Adds proposed shapes as one edit and selects them. */
export function commitAssisted(editor: Editor, labelClass: LabelClass, geometries: readonly ShapeGeometry[], assistant: Assistant): void {
  const diff = addAssisted(editor.state.getState().records, labelClass, geometries, assistant, editor.authorship())
  if (!editor.commit('addAssisted', diff)) return
  editor.update({ selection: new Set(Object.values(diff.added).flatMap((record) => (record.type === 'shape' ? [record.id] : []))) })
}

/** A polygon where the class may have one. Parts that do not hang together are one mask if the class may have that, else a polygon each. */
function geometriesOf({ parts, mask }: AssistRegion, { kinds }: LabelClass): ShapeGeometry[] {
  const asMask = mask !== undefined && kinds.includes('mask') && (parts.length > 1 || !kinds.includes('polygon'))
  return asMask ? [{ kind: 'mask', rle: mask }] : parts.map((rings) => ({ kind: 'polygon', rings }))
}

/** What the keys do to every proposal; undefined for other events. */
export function decision(event: InputEvent): 'accept' | 'back' | 'discard' | undefined {
  switch (event.type) {
    case 'doubleClick': return 'accept'
    case 'cancel':
    case 'pointerCancel': return 'discard'
    case 'stepBack': return 'back'
    case 'keyDown':
      if (event.key === 'Enter') return 'accept'
      return event.key === 'Escape' || event.key === 'Backspace' ? 'back' : undefined
    default: return undefined
  }
}

