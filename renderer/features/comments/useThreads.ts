import { notifications } from '@mantine/notifications'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngine } from '../../bridge/EngineContext.tsx'
import { useEngineData } from '../../bridge/useEngineData.ts'
import { threadsOf, type CommentThread } from '../../../shared/domain/comment.ts'
import type { TaskId } from '../../../shared/domain/ids.ts'
import type { CommentRequest } from '../../../shared/rpc/reviewing.ts'
import { describeError } from '../common/describeError.ts'

/** What was said about a task, kept current, and the way to say more. */
export interface Threads {
  threads: readonly CommentThread[]
  /** Answers whether it is kept. */
  say: (comment: Omit<CommentRequest, 'taskId'>) => Promise<boolean>
}

export function useThreads(taskId: TaskId): Threads {
  const { t } = useTranslation()
  const engine = useEngine()
  const { data: comments, reload } = useEngineData('comments.list', { taskId }, ['tasks.changed'])
  const threads = useMemo(() => threadsOf(comments ?? []), [comments])
  const say = async (comment: Omit<CommentRequest, 'taskId'>) => {
    try {
      await engine.request('comments.add', { taskId, ...comment })
      reload()
      return true
    } catch (error) {
      notifications.show({ color: 'red', title: t('comments.failed'), message: describeError(t, error) })
      return false
    }
  }
  return { threads, say }
}
