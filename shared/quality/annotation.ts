import type { RevisionId, TagId, UserId } from '../domain/ids.ts'
import type { Shape } from '../domain/shape.ts'

/** One person's result on an image, among those of others. */
export interface Annotation {
  readonly annotator: UserId
  readonly revisionId: RevisionId
  readonly shapes: readonly Shape[]
  readonly tags: readonly TagId[]
}

/** A shape of one of several annotations; `annotation` is the place of that annotation among them. */
export interface Member { readonly annotation: number; readonly shape: Shape }
