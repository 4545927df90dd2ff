import type { TaskId } from '../../../shared/domain/ids.ts'

/** Where the Sync view leads to. */
export interface SyncLeads {
  /** Opens a task for work. */
  onAnnotate: (taskId: TaskId) => void
  /** The system's folder picker; undefined when the person cancels. */
  chooseDirectory: () => Promise<string | undefined>
}
