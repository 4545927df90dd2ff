import type { Prompt } from '../../../../../shared/domain/assist.ts'
import type { Box } from '../../../../../shared/geometry/box.ts'
import type { PointerDown } from '../../../input/inputEvent.ts'
import type { Proposal } from '../proposal.ts'

/** Points on the object and beside it, and perhaps a box around it. `since` is Infinity while nothing was asked yet. */
interface Prompted extends Proposal { readonly prompts: readonly Prompt[]; readonly box: Box | undefined }

export type PromptState =
  | { readonly name: 'idle' }
  /** The button is held: letting go makes a point, dragging first a box. */
  | (Prompted & { readonly name: 'pressing'; readonly start: PointerDown; readonly dragged: Box | undefined })
  | (Prompted & { readonly name: 'proposed' })
export type PromptProposed = Extract<PromptState, { name: 'pressing' | 'proposed' }>
