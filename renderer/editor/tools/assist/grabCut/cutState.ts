import type { AssistStroke } from '../../../../../shared/domain/assist.ts'
import type { LabelClass } from '../../../../../shared/domain/labelSchema.ts'
import type { Box } from '../../../../../shared/geometry/box.ts'
import type { PointerDown } from '../../../input/inputEvent.ts'
import type { Mark } from '../../../store/editor.ts'
import type { Proposal } from '../proposal.ts'

interface CutProposal extends Proposal { readonly box: Box; readonly strokes: readonly AssistStroke[] }

export type CutState =
  | { readonly name: 'idle' }
  | { readonly name: 'boxing'; readonly start: PointerDown; readonly mark: Mark; readonly labelClass: LabelClass }
  | (CutProposal & { readonly name: 'proposed' })
  /** A stroke over the proposal is under way. */
  | (CutProposal & { readonly name: 'stroking'; readonly stroke: AssistStroke })
export type CutProposed = Extract<CutState, { name: 'proposed' | 'stroking' }>
