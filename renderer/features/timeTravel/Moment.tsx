import { Button, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngine } from '../../bridge/EngineContext.tsx'
import type { TimelineFacts, TimelineRef } from '../../../shared/rpc/timeline.ts'
import { describeError } from '../common/describeError.ts'
import { stopwatch, useFormat } from '../common/useFormat.ts'
import type { ReplayState } from './replay.ts'
import { stepText } from './stepText.ts'
import classes from './TimeTravel.module.css'

interface MomentProps { reference: TimelineRef; facts: TimelineFacts; name: string; state: ReplayState; onRestored: () => void }

/** The moment that is shown: what was just done, by whom, when and after how long; and the way to go back to it. */
export function Moment({ reference, facts, name, state: { step, shown, error }, onRestored }: MomentProps) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className={classes.moment}>
      <Text fw={600} data-selectable>{name}</Text>
      <Text size="sm" c="dimmed" data-selectable>{t('timeTravel.by', { author: facts.author, device: facts.device.slice(-6) })}</Text>
      <Text size="sm" fw={600} aria-live="polite">{step === undefined ? t('timeTravel.start') : stepText(t, step)}</Text>
      {step !== undefined && (
        <dl className={classes.facts}>
          <dt>{t('timeTravel.at')}</dt><dd>{format.date(step.at)} {format.time(step.at)}</dd>
          <dt>{t('timeTravel.elapsed')}</dt><dd>{stopwatch(step.elapsedMs)}</dd>
          <dt>{t('timeTravel.active')}</dt><dd>{stopwatch(step.activeMs)}</dd>
          <dt>{t('timeTravel.pauseBefore')}</dt><dd>{stopwatch(step.pauseMs)}</dd>
        </dl>
      )}
      {step !== undefined && step.removed > 0 && <Text size="xs" c="dimmed">{t('timeTravel.removed', { count: step.removed })}</Text>}
      {error !== undefined && <Text size="sm" c="var(--fm-bad)" role="alert">{describeError(t, error)}</Text>}
      {facts.restorable
        ? <Restore reference={reference} position={shown} isNow={reference.source.kind === 'own' && shown === facts.total} onRestored={onRestored} />
        : <Text size="xs" c="dimmed">{t('timeTravel.notYours')}</Text>}
    </div>
  )
}

function Restore({ reference, position, isNow, onRestored }: { reference: TimelineRef; position: number; isNow: boolean; onRestored: () => void }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const [busy, setBusy] = useState(false)
  const restore = async () => {
    setBusy(true)
    try {
      await engine.request('timeline.restore', { ...reference, position })
      notifications.show({ message: t('timeTravel.restored') })
      onRestored()
    } catch (error) {
      notifications.show({ color: 'red', title: t('timeTravel.restoreFailed'), message: describeError(t, error) })
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button leftSection={<IconArrowBackUp size={15} aria-hidden />} disabled={isNow} loading={busy} onClick={() => void restore()}>{t('timeTravel.restore')}</Button>
      <Text size="xs" c="dimmed">{t(isNow ? 'timeTravel.isNow' : 'timeTravel.restoreText')}</Text>
    </>
  )
}
