import type { TaskId } from '../../../shared/domain/ids.ts'
import type { ReviewRow } from '../../../shared/rpc/reviewing.ts'
import type { OpenResult } from './reviewStore.ts'

export interface ResultViewProps {
  open: OpenResult
  /** The queue, along which next and previous walk. */
  rows: readonly ReviewRow[]
  onShow: (row: ReviewRow | undefined) => void
  onMend: (taskId: TaskId) => void
}
