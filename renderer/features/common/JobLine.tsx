import { Button, CloseButton, Progress, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { describeError, errorDetail } from './describeError.ts'
import { useFormat } from './useFormat.ts'
import type { JobState } from './useJob.ts'
import classes from './JobLine.module.css'

interface JobLineProps<T> {
  /** What is being done, as a person would name it. */
  name: string
  job: { state: JobState<T>; cancel: () => void; clear: () => void }
  /** What came of it. */
  describe: (result: T) => string
  /** What a cancelled one leaves behind; by default, nothing that was to be written. */
  cancelled?: string
}

/** One line for a job: its progress and the way to stop it, then how it ended. Nothing while there is none. */
export function JobLine<T>({ name, job: { state, cancel, clear }, describe, cancelled }: JobLineProps<T>) {
  const { t } = useTranslation()
  const format = useFormat()
  if (state.kind === 'idle') return null
  if (state.kind === 'running') {
    const { done, total } = state
    return (
      <div className={classes.line} role="status">
        <Text size="sm" className={classes.text}>{total > 0 ? t('common.job.progress', { name, done: format.number(done), total: format.number(total) }) : t('common.job.running', { name })}</Text>
        <Progress className={classes.progress} value={total > 0 ? (100 * done) / total : 0} aria-label={name} />
        <Button size="xs" variant="default" onClick={cancel}>{t('common.cancel')}</Button>
      </div>
    )
  }
  return (
    <div className={classes.line} role={state.kind === 'failed' ? 'alert' : 'status'}>
      <div className={classes.text}>
        {state.kind === 'done' && <Text size="sm" data-selectable>{describe(state.result)}</Text>}
        {state.kind === 'cancelled' && <Text size="sm">{cancelled ?? t('common.job.cancelled', { name })}</Text>}
        {state.kind === 'failed' && <Text size="sm" c="var(--fm-bad)">{name}: {describeError(t, state.error)} <Text span size="xs" data-selectable>{errorDetail(state.error)}</Text></Text>}
      </div>
      <CloseButton size="sm" aria-label={t('common.close')} onClick={clear} />
    </div>
  )
}
