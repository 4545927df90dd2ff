import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngine } from '../../bridge/EngineContext.tsx'
import type { ImageSource, OpenTask } from '../../../shared/rpc/openTask.ts'
import classes from './AnnotateView.module.css'

interface PartialImageProps {
  task: OpenTask
  image: ImageSource
  onProblem: (error: unknown) => void
}

/** Over an image of which not all tiles are there yet: how far that is. Somebody looks at it, so it is fetched ahead of the queue. */
export function PartialImage({ task, image, onProblem }: PartialImageProps) {
  const { t } = useTranslation()
  const engine = useEngine()
  const [present, setPresent] = useState(presentOf(image))
  const isPartial = present !== undefined
  const { asset: { id: assetId }, task: { id: taskId } } = task
  useEffect(() => {
    if (!isPartial) return undefined
    const ask = () => { engine.request('tasks.image', { taskId }).then((now) => { if (now.image) setPresent(presentOf(now.image)) }, onProblem) }
    engine.request('assets.fetch', { assetId }).then(ask, onProblem)
    return engine.subscribe('asset.changed', (changed) => { if (changed.assetId === assetId) ask() })
  }, [engine, isPartial, assetId, taskId, onProblem])
  if (!isPartial) return null
  return <div className={classes.partial} role="status">{t('annotate.image.partial', { percent: Math.floor(present * 100) })}</div>
}

function presentOf(image: ImageSource): number | undefined {
  return image.kind === 'pyramid' ? image.present : undefined
}
