import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngine } from '../../bridge/EngineContext.tsx'
import type { TaskId } from '../../../shared/domain/ids.ts'
import type { ReviewReason } from '../../../shared/domain/review.ts'
import { describeError } from '../common/describeError.ts'
import { useReviewStore, type OpenResult } from './reviewStore.ts'

interface Decision {
  busy: boolean
  accept: () => Promise<void>
  reject: (reasons: readonly ReviewReason[], comment: string) => Promise<void>
  /** Makes the result the draft and leads to Annotate. */
  mend: () => Promise<void>
  /** Makes what several people say together the draft, and leads to Annotate. */
  propose: () => Promise<void>
}

/** Decides on an open result; `goOn` shows the next one. */
export function useDecision({ taskId, revisionId }: OpenResult, goOn: () => void, onMend: (taskId: TaskId) => void): Decision {
  const { t } = useTranslation()
  const engine = useEngine()
  const mend = useReviewStore((store) => store.mend)
  const [busy, setBusy] = useState(false)
  const doing = async (work: () => Promise<void>) => {
    if (busy) return
    setBusy(true)
    try {
      await work()
    } catch (error) {
      notifications.show({ color: 'red', title: t('review.failed'), message: describeError(t, error) })
    } finally {
      setBusy(false)
    }
  }
  const decide = (decision: 'accepted' | 'rejected', reasons: readonly ReviewReason[], comment: string) => doing(async () => {
    await engine.request('reviews.decide', { taskId, revisionId, decision, reasons: [...reasons], comment })
    notifications.show({ message: t(`review.done.${decision}`) })
    goOn()
  })
  return {
    busy,
    accept: () => decide('accepted', [], ''),
    reject: (reasons, comment) => decide('rejected', reasons, comment),
    propose: () => doing(async () => {
      await engine.request('quality.propose', { taskId })
      mend({ taskId, revisionId })
      onMend(taskId)
    }),
    mend: () => doing(async () => {
      await engine.request('reviews.correct', { taskId, revisionId })
      mend({ taskId, revisionId })
      onMend(taskId)
    }),
  }
}
