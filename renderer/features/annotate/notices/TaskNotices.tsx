import { useTranslation } from 'react-i18next'
import { assertNever } from '../../../../shared/domain/assertNever.ts'
import type { LeaseAnswer, TaskNotice } from '../../../../shared/rpc/coordination.ts'
import { useEngineData } from '../../../bridge/useEngineData.ts'
import type { TaskSession } from '../session.ts'
import { ChangedNotice } from './ChangedNotice.tsx'
import { NoticeBar } from './NoticeBar.tsx'
import { OtherVersionNotice } from './OtherVersionNotice.tsx'
import { PlainNotice } from './PlainNotice.tsx'
import { ReturnedNotice } from './ReturnedNotice.tsx'
import { RefusedNotice } from './RefusedNotice.tsx'
import classes from './TaskNotices.module.css'

interface TaskNoticesProps {
  session: TaskSession
  lease: LeaseAnswer | undefined
  /** Opens the task again from what the engine has. */
  onReload: () => void
}

/** What the person should know of the open task, between its header and its image. */
export function TaskNotices({ session, lease, onReload }: TaskNoticesProps) {
  const { t } = useTranslation()
  const { data, current } = useEngineData('tasks.watch', { taskId: session.task.task.id }, ['tasks.changed'])
  if (!current || data === undefined) return null
  // While the window has the task as it was, that it is closed now is told with the way to open it again.
  const notices = data.notices.filter(({ kind }) => kind !== 'closed' || data.facts.state === session.task.task.state)
  return (
    <div className={classes.notices}>
      <ChangedNotice session={session} facts={data.facts} onReload={onReload} />
      {lease?.kind === 'otherDevice' && <NoticeBar tone="warn">{t('annotate.lease.otherDevice')}</NoticeBar>}
      {lease?.kind === 'refused' && notices.length === 0 && <NoticeBar tone="warn" detail={lease.reason}>{t('annotate.lease.refused')}</NoticeBar>}
      {notices.map((notice) => <Notice key={notice.kind} notice={notice} session={session} onReload={onReload} />)}
    </div>
  )
}

function Notice({ notice, session, onReload }: Omit<TaskNoticesProps, 'lease'> & { notice: TaskNotice }) {
  switch (notice.kind) {
    case 'refused': return <RefusedNotice notice={notice} />
    case 'otherVersion': return <OtherVersionNotice notice={notice} session={session} onReload={onReload} />
    case 'returned': return <ReturnedNotice notice={notice} />
    case 'closed': case 'late': case 'newerSchema': case 'goldScored': return <PlainNotice notice={notice} />
    default: return assertNever(notice, 'notice')
  }
}
