import type { WandSeed } from '../../../../../shared/domain/assist.ts'
import type { Box } from '../../../../../shared/geometry/box.ts'
import type { PointerDown } from '../../../input/inputEvent.ts'
import type { Proposal } from '../proposal.ts'

interface WandProposal extends Proposal {
  readonly seeds: readonly WandSeed[]
  /** The part of the image that is looked at (image pixels): what was in view, and every seed. */
  readonly view: Box
}

export type WandState =
  | { readonly name: 'idle' }
  /** The button is held: dragging to the right tolerates more, to the left less. `before` is the tolerance when it was pressed. */
  | (WandProposal & { readonly name: 'adjusting'; readonly start: PointerDown; readonly before: number })
  | (WandProposal & { readonly name: 'proposed' })
export type WandProposed = Extract<WandState, { name: 'adjusting' | 'proposed' }>
