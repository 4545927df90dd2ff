import { create } from 'zustand'
import { AuditFilterSchema, type AuditFilter } from '../../../shared/rpc/auditSearch.ts'

interface AuditState {
  filter: AuditFilter
  /** What the task of the filter is called: among many tasks it would have to be looked for. */
  taskName: string | undefined
  setFilter: (filter: AuditFilter) => void
  nameTask: (taskName: string | undefined) => void
  reset: () => void
}

const EVERYTHING: AuditFilter = AuditFilterSchema.parse({})

/** What of the audit log is looked at. It outlives the view, as long as the workspace is open. */
export const useAuditStore = create<AuditState>()((set) => ({
  filter: EVERYTHING,
  taskName: undefined,
  setFilter: (filter) => set({ filter }),
  nameTask: (taskName) => set({ taskName }),
  reset: () => set({ filter: EVERYTHING, taskName: undefined }),
}))
