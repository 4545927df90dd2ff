import { useEngineData } from '../../../bridge/useEngineData.ts'
import type { TaskId } from '../../../../shared/domain/ids.ts'
import type { TaskNotice } from '../../../../shared/rpc/coordination.ts'
import { RefusedNotice } from './RefusedNotice.tsx'
import classes from './TaskNotices.module.css'

/** What the person should know of the open task, between its header and its image. */
export function TaskNotices({ taskId }: { taskId: TaskId }) {
  const { data, current } = useEngineData('tasks.notices', { taskId }, ['tasks.changed', 'sync.changed'])
  if (!current || data === undefined || data.length === 0) return null
  return <div className={classes.notices}>{data.map((notice) => <Notice key={notice.kind} notice={notice} />)}</div>
}

function Notice({ notice }: { notice: TaskNotice }) {
  return <RefusedNotice notice={notice} />
}
