import type { TaskId } from '../../../shared/domain/ids.ts'
import type { ResponseOf } from '../../../shared/rpc/channels.ts'

export interface CompareDialogProps {
  /** The task whose versions are compared; the dialog is closed while there is none. */
  taskId: TaskId | undefined
  onClose: () => void
  /** The person has decided. */
  onSettled: (taskId: TaskId, next: ResponseOf<'versions.settle'>['next']) => void
  /** What must be done before a decision, such as storing what was drawn last; false when that failed. */
  before?: () => Promise<boolean>
}
