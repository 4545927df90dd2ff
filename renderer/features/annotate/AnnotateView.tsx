import { Button } from '@mantine/core'
import { IconCircleCheck, IconListDetails, IconPlayerPlay, IconPolygon } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useEngine } from '../../bridge/EngineContext.tsx'
import type { TaskId } from '../../../shared/domain/ids.ts'
import type { TaskQuery } from '../../../shared/rpc/taskRows.ts'
import { FailedMessage, StateMessage } from '../common/StateMessage.tsx'
import { useReviewStore } from '../review/reviewStore.ts'
import type { AnnotateModel } from './annotateModel.ts'
import { nextToDo } from './nextToDo.ts'
import { ReadingNotice } from './ReadingNotice.tsx'
import { TaskView } from './TaskView.tsx'
import classes from './AnnotateView.module.css'

interface AnnotateViewProps {
  /** Which task is open, also while another view is shown. */
  model: AnnotateModel
  taskId: TaskId | undefined
  /** The order along which next and previous walk. */
  query: TaskQuery
  onAnnotate: (taskId: TaskId) => void
  onLeave: () => void
  /** A result was mended and accepted: the reviewer goes on. */
  onReview: () => void
}

/** The workplace: one task's image, tools and labels. */
export function AnnotateView({ model, taskId, query, onAnnotate, onLeave, onReview }: AnnotateViewProps) {
  const engine = useEngine()
  const phase = useStore(model.state)
  const { mending, mend, show } = useReviewStore()
  const [done, setDone] = useState(false)
  const current = useRef<TaskId>(undefined)

  useEffect(() => {
    current.current = taskId
    if (taskId !== undefined) void model.open(taskId)
    return () => {
      current.current = undefined
      setDone(false)
    }
  }, [model, taskId])

  const goOn = async (finished: TaskId) => {
    const next = await nextToDo(engine, query, finished)
    // Somebody may have opened another task, or left, by now.
    if (current.current !== finished) return
    if (next !== undefined) return onAnnotate(next)
    await model.close()
    setDone(true)
  }
  // After a correction the reviewer goes on reviewing.
  const finish = async (finished: TaskId) => {
    if (mending?.taskId !== finished) return goOn(finished)
    mend(undefined)
    show(undefined)
    await model.close()
    onReview()
  }
  return (
    <div className={classes.view}>
      <ReadingNotice model={model} onCancel={onLeave} />
      {done && <AllDone onLeave={onLeave} />}
      {!done && phase.kind === 'none' && taskId === undefined && <NoTask query={query} onAnnotate={onAnnotate} onLeave={onLeave} />}
      {!done && phase.kind === 'failed' && <FailedMessage error={phase.error} onRetry={() => void model.reload()} />}
      {!done && phase.kind === 'open' && (
        <TaskView
          session={phase.session} query={query} onAnnotate={onAnnotate}
          corrects={mending?.taskId === phase.session.task.task.id ? mending.revisionId : undefined}
          onReload={() => void model.reload()} onFinished={() => finish(phase.session.task.task.id)}
        />
      )}
    </div>
  )
}

function NoTask({ query, onAnnotate, onLeave }: Omit<AnnotateViewProps, 'model' | 'taskId' | 'onReview'>) {
  const { t } = useTranslation()
  const engine = useEngine()
  const [nothing, setNothing] = useState(false)
  const openNext = async () => {
    const next = await nextToDo(engine, query)
    if (next === undefined) setNothing(true)
    else onAnnotate(next)
  }
  if (nothing) return <AllDone onLeave={onLeave} />
  return (
    <StateMessage
      icon={IconPolygon} title={t('annotate.empty.title')}
      actions={(
        <>
          <Button leftSection={<IconPlayerPlay size={15} aria-hidden />} onClick={() => void openNext().catch(() => setNothing(true))}>{t('annotate.empty.next')}</Button>
          <QueueButton onLeave={onLeave} />
        </>
      )}
    >
      {t('annotate.empty.text')}
    </StateMessage>
  )
}

function AllDone({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation()
  return (
    <StateMessage icon={IconCircleCheck} title={t('annotate.allDone.title')} actions={<QueueButton onLeave={onLeave} />}>
      {t('annotate.allDone.text')}
    </StateMessage>
  )
}

function QueueButton({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation()
  return <Button variant="default" leftSection={<IconListDetails size={15} aria-hidden />} onClick={onLeave}>{t('annotate.allDone.queue')}</Button>
}
