import { Button } from '@mantine/core'
import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { TaskFacts } from '../../../../shared/rpc/coordination.ts'
import type { TaskSession } from '../session.ts'
import { changesOf } from './changesOf.ts'
import { NoticeBar } from './NoticeBar.tsx'

interface ChangedNoticeProps { session: TaskSession; facts: TaskFacts; onReload: () => void }

/**
 * Says that the open task is not any more what it was when it was opened, and offers to open it again. Nothing is replaced by itself, with one exception:
 * what the person decided elsewhere in the window is taken over, if nothing here is unsaved.
 */
export function ChangedNotice({ session, facts, onReload }: ChangedNoticeProps) {
  const { t } = useTranslation()
  const { task, sender } = session
  const changes = changesOf(task, facts)
  const wasEditedElsewhere = facts.journalSeq > sender.storedSeq && sender.unsaved === 0
  const reload = useEffectEvent(onReload)
  useEffect(() => { if (wasEditedElsewhere) reload() }, [wasEditedElsewhere])
  if (changes.length === 0) return null
  const openAgain = () => { void sender.flush().then((stored) => { if (stored) onReload() }) }
  return (
    <NoticeBar
      tone="warn" detail={t('annotate.notice.changedKept')}
      actions={<Button size="compact-sm" variant="default" onClick={openAgain}>{t('annotate.notice.reload')}</Button>}
    >
      {changes.map((change) => t(`annotate.notice.changed.${change}`)).join(' ')}
    </NoticeBar>
  )
}
