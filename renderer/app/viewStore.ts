import { create } from 'zustand'
import type { TaskId } from '../../shared/domain/ids.ts'
import { TaskQuerySchema, type TaskQuery } from '../../shared/rpc/taskRows.ts'

export const VIEWS = ['queue', 'annotate', 'review', 'sync', 'history', 'audit', 'dashboard', 'diagnostics'] as const
export type View = (typeof VIEWS)[number]
export type Dialog = 'settings' | 'help' | 'palette' | 'timeTravel'

interface ViewState {
  view: View
  /** The task in hand: chosen in the queue, open in Annotate, told of in History. */
  taskId: TaskId | undefined
  /** The queue's filter and order, along which "next" and "previous" walk. */
  query: TaskQuery
  dialog: Dialog | undefined
  show: (view: View) => void
  choose: (taskId: TaskId) => void
  annotate: (taskId: TaskId) => void
  /** Puts the task in hand away. */
  putAway: (view: View) => void
  setQuery: (query: TaskQuery) => void
  setDialog: (dialog: Dialog | undefined) => void
  /** Forgets what belonged to the workspace that was open before. */
  reset: () => void
}

const start = () => ({ view: 'queue' as View, taskId: undefined, query: TaskQuerySchema.parse({}), dialog: undefined })

export const useViewStore = create<ViewState>()((set) => ({
  ...start(),
  show: (view) => set({ view }),
  choose: (taskId) => set({ taskId }),
  annotate: (taskId) => set({ taskId, view: 'annotate' }),
  putAway: (view) => set({ taskId: undefined, view }),
  setQuery: (query) => set({ query }),
  setDialog: (dialog) => set({ dialog }),
  reset: () => set(start()),
}))
