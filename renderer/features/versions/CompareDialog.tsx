import { IconGitMerge } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useEngineData } from '../../bridge/useEngineData.ts'
import type { TaskId } from '../../../shared/domain/ids.ts'
import { FullScreenDialog } from '../common/FullScreenDialog.tsx'
import { FailedMessage, StateMessage } from '../common/StateMessage.tsx'
import { Comparison } from './Comparison.tsx'
import type { CompareDialogProps } from './compareDialogProps.ts'

/** The work here and the version from elsewhere, on the image and as a list, with what can be done about them. */
export function CompareDialog({ taskId, onClose, onSettled, before }: CompareDialogProps) {
  const { t } = useTranslation()
  return (
    <FullScreenDialog title={t('compare.dialog')} opened={taskId !== undefined} onClose={onClose}>
      {taskId !== undefined && <Versions taskId={taskId} onClose={onClose} onSettled={onSettled} {...(before && { before })} />}
    </FullScreenDialog>
  )
}

function Versions({ taskId, ...rest }: CompareDialogProps & { taskId: TaskId }) {
  const { t } = useTranslation()
  const versions = useEngineData('versions.compare', { taskId })
  const task = useEngineData('tasks.open', { taskId })
  const error = versions.error ?? task.error
  if (error && (!versions.data || !task.data)) return <FailedMessage error={error} onRetry={() => { versions.reload(); task.reload() }} />
  if (!versions.data || !task.data) return null
  if (versions.data.pair === undefined) return <StateMessage icon={IconGitMerge} title={t('versions.none')}>{t('versions.noneText')}</StateMessage>
  return <Comparison pair={versions.data.pair} task={task.data} {...rest} />
}
