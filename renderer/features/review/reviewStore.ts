import { create } from 'zustand'
import type { RevisionId, TaskId } from '../../../shared/domain/ids.ts'
import { ReviewQuerySchema, type ReviewQuery } from '../../../shared/rpc/reviewing.ts'

/** A result that is open, and the one that a correction under way corrects. */
export interface OpenResult { taskId: TaskId; revisionId: RevisionId }

interface ReviewState {
  query: ReviewQuery
  open: OpenResult | undefined
  /** The result that the reviewer is mending in Annotate. */
  mending: OpenResult | undefined
  setQuery: (query: ReviewQuery) => void
  show: (open: OpenResult | undefined) => void
  mend: (mending: OpenResult | undefined) => void
  reset: () => void
}

const start = () => ({ query: ReviewQuerySchema.parse({}), open: undefined, mending: undefined })

/** What the reviewer looks at; kept while other views are shown. */
export const useReviewStore = create<ReviewState>()((set) => ({
  ...start(),
  setQuery: (query) => set({ query }),
  show: (open) => set({ open }),
  mend: (mending) => set({ mending }),
  reset: () => set(start()),
}))
