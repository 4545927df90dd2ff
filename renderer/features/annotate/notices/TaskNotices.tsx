import { assertNever } from '../../../../shared/domain/assertNever.ts'
import type { TaskNotice } from '../../../../shared/rpc/coordination.ts'
import { useEngineData } from '../../../bridge/useEngineData.ts'
import type { TaskSession } from '../session.ts'
import { ChangedNotice } from './ChangedNotice.tsx'
import { OtherVersionNotice } from './OtherVersionNotice.tsx'
import { PlainNotice } from './PlainNotice.tsx'
import { RefusedNotice } from './RefusedNotice.tsx'
import classes from './TaskNotices.module.css'

interface TaskNoticesProps {
  session: TaskSession
  /** Opens the task again from what the engine has. */
  onReload: () => void
}

/** What the person should know of the open task, between its header and its image. */
export function TaskNotices({ session, onReload }: TaskNoticesProps) {
  const { data, current } = useEngineData('tasks.watch', { taskId: session.task.task.id }, ['tasks.changed'])
  if (!current || data === undefined) return null
  // While the window has the task as it was, that it is closed now is told with the way to open it again.
  const notices = data.notices.filter(({ kind }) => kind !== 'closed' || data.facts.state === session.task.task.state)
  return (
    <div className={classes.notices}>
      <ChangedNotice session={session} facts={data.facts} onReload={onReload} />
      {notices.map((notice) => <Notice key={notice.kind} notice={notice} session={session} onReload={onReload} />)}
    </div>
  )
}

function Notice({ notice, session, onReload }: TaskNoticesProps & { notice: TaskNotice }) {
  switch (notice.kind) {
    case 'refused': return <RefusedNotice notice={notice} />
    case 'otherVersion': return <OtherVersionNotice notice={notice} session={session} onReload={onReload} />
    case 'closed': case 'late': case 'newerSchema': return <PlainNotice notice={notice} />
    default: return assertNever(notice, 'notice')
  }
}
