import { Button, Progress } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { AnnotateModel } from './annotateModel.ts'
import classes from './AnnotateView.module.css'

/** What is read sooner than this (milliseconds) needs no notice. */
const SOON_MS = 1000

/** Says how much of a large task has been read, and gives it up. */
export function ReadingNotice({ model, onCancel }: { model: AnnotateModel; onCancel: () => void }) {
  const taskId = useStore(model.reading, (reading) => reading.taskId)
  return taskId === undefined ? null : <Notice key={taskId} model={model} onCancel={onCancel} />
}

function Notice({ model, onCancel }: { model: AnnotateModel; onCancel: () => void }) {
  const { t } = useTranslation()
  const share = useStore(model.reading, (reading) => Math.round(reading.share * 100))
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => { setLate(true) }, SOON_MS)
    return () => { clearTimeout(timer) }
  }, [])
  if (!late) return null
  const cancel = () => {
    onCancel()
    void model.close()
  }
  return (
    <div className={classes.reading}>
      <span role="status">{t('annotate.reading')}</span>
      <Progress value={share} aria-label={t('annotate.reading')} className={classes.readingBar} />
      <Button size="compact-xs" variant="default" onClick={cancel}>{t('annotate.readingStop')}</Button>
    </div>
  )
}
