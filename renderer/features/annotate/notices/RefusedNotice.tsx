import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import { useEngine } from '../../../bridge/EngineContext.tsx'
import type { TaskNotice } from '../../../../shared/rpc/coordination.ts'
import { describeError } from '../../common/describeError.ts'
import { NoticeBar } from './NoticeBar.tsx'

/** The orchestrator will not take what was submitted: why, and that correcting and submitting again replaces it. */
export function RefusedNotice({ notice: { submissionId, error } }: { notice: Extract<TaskNotice, { kind: 'refused' }> }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const retry = () => {
    engine.request('sync.retry', { submissionId }).catch((failure: unknown) => {
      notifications.show({ color: 'red', title: t('sync.failed'), message: describeError(t, failure) })
    })
  }
  return (
    <NoticeBar tone="bad" detail={error.message} actions={<Button size="compact-sm" variant="default" onClick={retry}>{t('annotate.notice.refusedRetry')}</Button>}>
      {t('annotate.notice.refused')}
    </NoticeBar>
  )
}
