import { Button, Text } from '@mantine/core'
import { useEngineData } from '../../bridge/useEngineData.ts'
import { useTranslation } from 'react-i18next'
import { IconCloudDown, IconPhotoOff } from '@tabler/icons-react'
import { FailedMessage, StateMessage } from '../common/StateMessage.tsx'
import { ResultDesk } from './ResultDesk.tsx'
import type { ResultViewProps } from './resultViewProps.ts'

/** One result, once everything that it takes to judge it is here. */
export function ResultView(props: ResultViewProps) {
  const { t } = useTranslation()
  const { open: { taskId, revisionId } } = props
  const task = useEngineData('tasks.open', { taskId }, ['asset.changed'])
  const revision = useEngineData('revisions.get', { revisionId }, ['tasks.changed'])
  const back = <Button variant="default" onClick={() => props.onShow(undefined)}>{t('review.leave')}</Button>
  if (!task.data || !revision.data) {
    const error = task.error ?? revision.error
    if (error === undefined) return null
    if (task.data && !revision.data) return <StateMessage icon={IconCloudDown} title={t('review.notHere')} actions={back}>{t('review.notHereText')}</StateMessage>
    return <FailedMessage error={error} onRetry={() => { task.reload(); revision.reload() }} />
  }
  const { schema, image } = task.data
  if (schema === undefined) return <Text p="md" role="alert">{t('compare.noSchema')}</Text>
  if (image === undefined) return <StateMessage icon={IconPhotoOff} title={t('review.noImage')} actions={back}>{t('review.noImageText')}</StateMessage>
  return <ResultDesk {...props} task={task.data} schema={schema} image={image} revision={revision.data} />
}
