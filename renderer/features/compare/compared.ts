import type { LabelSchema } from '../../../shared/domain/labelSchema.ts'
import type { ComparedVersions } from '../../../shared/rpc/compare.ts'
import type { DifferenceKind } from '../../../shared/rpc/differenceEntries.ts'

type Content = Pick<ComparedVersions['from'], 'content'>

/** Two contents of one image and what differs between them, as the engine found it. */
export interface Compared extends Pick<ComparedVersions, 'differences'> { readonly from: Content; readonly to: Content; readonly schema: LabelSchema }

/** What is compared, for the reader: whose, and when or how much. */
export interface Titled { readonly title: string; readonly text: string }

/** By what the list can be filtered; tags and the outcome are of the whole image. */
export const FILTERS = ['added', 'removed', 'moved', 'reshaped', 'relabelled', 'reattributed', 'image'] as const
export type Filter = (typeof FILTERS)[number]

export function filterOf(kind: DifferenceKind): Filter {
  return kind === 'tagAdded' || kind === 'tagRemoved' || kind === 'outcome' ? 'image' : kind
}

/** Both contents over each other, one of them uncovered by a divider, or beside each other. */
export const MODES = ['overlay', 'wipe', 'sideBySide'] as const
export type Mode = (typeof MODES)[number]
