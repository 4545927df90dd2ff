import { Button, Text } from '@mantine/core'
import { IconAlertTriangle, IconCloudDown, IconCloudOff } from '@tabler/icons-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngine } from '../../bridge/EngineContext.tsx'
import type { OpenTask } from '../../../shared/rpc/openTask.ts'
import { describeError, errorDetail } from '../common/describeError.ts'
import { StateMessage } from '../common/StateMessage.tsx'
import { useSyncStatus } from '../sync/useSyncStatus.ts'
import classes from './AnnotateView.module.css'

interface ImageStateProps {
  task: OpenTask
  onReload: () => void
  onSkip: () => void
}

/** In place of an image: it is on its way, out of reach, or not usable, and what can be done. */
export function ImageState({ task, onReload, onSkip }: ImageStateProps) {
  const { t } = useTranslation()
  const sync = useSyncStatus()
  useReloadWhenHere(task, onReload)
  const skip = <Button variant="default" onClick={onSkip}>{t('annotate.skip')}</Button>
  const { problem } = task
  if (problem && problem.code !== 'notDownloaded') {
    return (
      <StateMessage icon={IconAlertTriangle} role="alert" title={t(`problem.${problem.code}.title`)} actions={<><Fetch task={task} onDone={onReload} />{skip}</>}>
        {t(`problem.${problem.code}.action`)}
        <div data-selectable>{problem.detail}</div>
      </StateMessage>
    )
  }
  if (!task.schema) return <StateMessage icon={IconAlertTriangle} title={t('problem.schemaMissing.title')}>{t('problem.schemaMissing.action')}</StateMessage>
  const phase = sync.data?.phase
  if (phase === 'offline' || phase === 'workOffline') {
    return <StateMessage icon={IconCloudOff} title={t('annotate.image.offlineTitle')} actions={skip}>{t('annotate.image.offlineText')}</StateMessage>
  }
  return phase === undefined ? null : <Fetching task={task} onDone={onReload} />
}

/** Over an image that is here and cannot be shown, wholly or in part; the labels can still be worked on. */
export function BrokenImage({ error, onReload, onSkip }: Omit<ImageStateProps, 'task'> & { error: unknown }) {
  const { t } = useTranslation()
  return (
    <div className={classes.broken} role="alert">
      <IconAlertTriangle size={16} aria-hidden />
      <div>
        <Text>{t('problem.imageCorrupt.title')}. {t('problem.imageCorrupt.action')}</Text>
        <Text size="xs" c="dimmed" data-selectable>{errorDetail(error)}</Text>
      </div>
      <Button size="compact-xs" variant="default" onClick={onReload}>{t('common.tryAgain')}</Button>
      <Button size="compact-xs" variant="default" onClick={onSkip}>{t('annotate.skip')}</Button>
    </div>
  )
}

function useReloadWhenHere(task: OpenTask, onReload: () => void): void {
  const engine = useEngine()
  useEffect(() => engine.subscribe('asset.changed', ({ assetId }) => {
    if (assetId === task.asset.id) onReload()
  }), [engine, task.asset.id, onReload])
}

/** Fetches the image ahead of the queue, for somebody is waiting for it. */
function Fetching({ task, onDone }: { task: OpenTask; onDone: () => void }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const [error, setError] = useState<unknown>()
  const tellDone = useEffectEvent(onDone)
  const { asset: { id: assetId }, task: { id: taskId } } = task
  useEffect(() => {
    let isLeft = false
    const show = async () => {
      await engine.request('assets.fetch', { assetId })
      // It may have come, and have been told of, before anybody here listened.
      const { image } = await engine.request('tasks.image', { taskId })
      if (image !== undefined && !isLeft) tellDone()
    }
    show().catch(setError)
    return () => { isLeft = true }
  }, [engine, assetId, taskId])
  if (error === undefined) return <StateMessage icon={IconCloudDown} title={t('annotate.image.fetching')} />
  return (
    <StateMessage icon={IconCloudOff} role="alert" title={t('annotate.image.failedTitle')} actions={<Fetch task={task} onDone={onDone} />}>
      {describeError(t, error)}
    </StateMessage>
  )
}

function Fetch({ task, onDone }: { task: OpenTask; onDone: () => void }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const [busy, setBusy] = useState(false)
  const fetch = () => {
    setBusy(true)
    engine.request('assets.fetch', { assetId: task.asset.id }).then(onDone, onDone).finally(() => setBusy(false))
  }
  return <Button variant="default" loading={busy} onClick={fetch}>{t('annotate.image.fetch')}</Button>
}
