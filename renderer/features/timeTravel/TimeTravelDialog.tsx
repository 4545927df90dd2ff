import { Button, Progress, Select, Text } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngineData } from '../../bridge/useEngineData.ts'
import type { TaskId } from '../../../shared/domain/ids.ts'
import type { TimelineChoice, TimelineRef } from '../../../shared/rpc/timeline.ts'
import { FullScreenDialog } from '../common/FullScreenDialog.tsx'
import { FailedMessage, StateMessage } from '../common/StateMessage.tsx'
import { useFormat } from '../common/useFormat.ts'
import { useJob } from '../common/useJob.ts'
import { ReplayView } from './ReplayView.tsx'
import classes from './TimeTravel.module.css'

interface TimeTravelDialogProps {
  /** The task that is looked back on; the dialog is closed while there is none. */
  taskId: TaskId | undefined
  onClose: () => void
  /** The draft has become an earlier state. */
  onRestored: (taskId: TaskId) => void
}

/** How a task was labelled, edit by edit, on its image. */
export function TimeTravelDialog({ taskId, onClose, onRestored }: TimeTravelDialogProps) {
  const { t } = useTranslation()
  return (
    <FullScreenDialog title={t('timeTravel.title')} opened={taskId !== undefined} onClose={onClose}>
      {taskId !== undefined && <Journals key={taskId} taskId={taskId} onClose={onClose} onRestored={() => onRestored(taskId)} />}
    </FullScreenDialog>
  )
}

interface JournalProps { taskId: TaskId; onClose: () => void; onRestored: () => void }

/** Lets the person choose whose edits are shown where there are several journals of the task. */
function Journals({ taskId, ...rest }: JournalProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data: choices, error, reload } = useEngineData('timeline.choices', { taskId })
  const [place, setPlace] = useState(0)
  if (error && !choices) return <FailedMessage error={error} onRetry={reload} />
  const chosen = choices?.[place]
  if (choices === undefined || chosen === undefined) return null
  const textOf = ({ source, author, total, createdAt }: TimelineChoice) => t(source.kind === 'own' ? 'timeTravel.here' : 'timeTravel.elsewhere', { author, total: format.number(total), time: createdAt === undefined ? '' : format.dateTime(createdAt) })
  return (
    <>
      {choices.length > 1 && (
        <Select
          className={classes.choices} size="xs" w={420} label={t('timeTravel.whose')} allowDeselect={false} value={String(place)} onChange={(value) => setPlace(Number(value))}
          data={choices.map((choice, index) => ({ value: String(index), label: textOf(choice) }))}
        />
      )}
      <Journal key={JSON.stringify(chosen.source)} reference={{ taskId, source: chosen.source }} {...rest} />
    </>
  )
}

function Journal({ reference: ref, onClose, onRestored }: Omit<JournalProps, 'taskId'> & { reference: TimelineRef }) {
  const { t } = useTranslation()
  const format = useFormat()
  const task = useEngineData('tasks.open', { taskId: ref.taskId })
  const { state, start, cancel } = useJob('timeline.open')
  const begin = useEffectEvent(() => { start(ref) })
  const giveUp = useEffectEvent(cancel)
  useEffect(() => {
    begin()
    return () => { giveUp() }
  }, [])
  if (task.error && !task.data) return <FailedMessage error={task.error} onRetry={task.reload} />
  if (state.kind === 'failed') return <FailedMessage error={state.error} onRetry={() => start(ref)} />
  if (state.kind === 'cancelled') return <StateMessage icon={IconHistory} title={t('timeTravel.cancelled')} actions={<Button onClick={() => start(ref)}>{t('common.tryAgain')}</Button>} />
  if (state.kind !== 'done' || !task.data) {
    const { done, total } = state.kind === 'running' ? state : { done: 0, total: 0 }
    return (
      <StateMessage icon={IconHistory} title={t('timeTravel.reading')} actions={<Button variant="default" onClick={() => { cancel(); onClose() }}>{t('common.cancel')}</Button>}>
        <Progress w={260} value={total > 0 ? (100 * done) / total : 0} aria-label={t('timeTravel.reading')} />
        {total > 0 && <Text size="sm" ta="center" mt={4}>{t('timeTravel.readingOf', { done: format.number(done), total: format.number(total) })}</Text>}
      </StateMessage>
    )
  }
  if (state.result.total === 0) return <StateMessage icon={IconHistory} title={t('timeTravel.empty.title')}>{t('timeTravel.empty.text')}</StateMessage>
  if (task.data.schema === undefined || task.data.image === undefined) return <StateMessage icon={IconHistory} title={t('timeTravel.noImage.title')}>{t('timeTravel.noImage.text')}</StateMessage>
  return <ReplayView reference={ref} facts={state.result} name={task.data.asset.name} schema={task.data.schema} image={task.data.image} onRestored={onRestored} />
}
