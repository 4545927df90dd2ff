import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TaskNotice } from '../../../../shared/rpc/coordination.ts'
import { useFormat } from '../../common/useFormat.ts'
import { CompareDialog } from '../../versions/CompareDialog.tsx'
import type { TaskSession } from '../session.ts'
import { NoticeBar } from './NoticeBar.tsx'

interface OtherVersionNoticeProps {
  notice: Extract<TaskNotice, { kind: 'otherVersion' }>
  session: TaskSession
  onReload: () => void
}

/** The orchestrator holds a version of the task that the work here did not grow from; leads to both of them. */
export function OtherVersionNotice({ notice: { relation, author, createdAt }, session, onReload }: OtherVersionNoticeProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const [comparing, setComparing] = useState(false)
  const who = author === undefined || createdAt === undefined ? undefined : t('annotate.notice.versionBy', { author, time: format.dateTime(createdAt) })
  return (
    <>
      <NoticeBar tone={relation === 'conflict' ? 'warn' : 'neutral'} detail={who} actions={<Button size="compact-sm" variant="default" onClick={() => setComparing(true)}>{t('annotate.notice.compare')}</Button>}>
        {t(`annotate.notice.version.${relation}`)}
      </NoticeBar>
      <CompareDialog
        taskId={comparing ? session.task.task.id : undefined} onClose={() => setComparing(false)} before={() => session.sender.flush()}
        onSettled={() => { setComparing(false); onReload() }}
      />
    </>
  )
}
