import { useTranslation } from 'react-i18next'
import { assertNever } from '../../../../shared/domain/assertNever.ts'
import type { TaskNotice } from '../../../../shared/rpc/coordination.ts'
import { NoticeBar } from './NoticeBar.tsx'

/** What happened to the task and asks for no decision here. */
export function PlainNotice({ notice }: { notice: Extract<TaskNotice, { kind: 'closed' | 'late' | 'newerSchema' | 'goldScored' }> }) {
  const { t } = useTranslation()
  switch (notice.kind) {
    case 'closed': return <NoticeBar tone="warn">{t(notice.state === 'released' && !notice.unsent ? 'annotate.notice.closedSent' : `annotate.notice.closed.${notice.state}`)}</NoticeBar>
    case 'late': return <NoticeBar tone="neutral">{t('annotate.notice.late')}</NoticeBar>
    case 'newerSchema': return <NoticeBar tone="neutral">{t('annotate.notice.newerSchema', { pinned: notice.pinned.slice(0, 8), current: notice.current.slice(0, 8) })}</NoticeBar>
    case 'goldScored': return <NoticeBar tone="neutral">{t('annotate.notice.goldScored', { percent: notice.percent, missed: notice.missed, extra: notice.extra, wrongClass: notice.wrongClass })}</NoticeBar>
    default: return assertNever(notice, 'notice')
  }
}
