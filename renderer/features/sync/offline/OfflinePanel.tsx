import { Button, Group, NumberInput, Progress, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngine } from '../../../bridge/EngineContext.tsx'
import { MAX_PLANNED_DAYS, type OfflinePlan } from '../../../../shared/rpc/offlinePlan.ts'
import type { SyncStatus } from '../../../../shared/rpc/syncStatus.ts'
import { describeError } from '../../common/describeError.ts'
import { FailedMessage } from '../../common/StateMessage.tsx'
import { LinkUse } from './LinkUse.tsx'
import { GoalText, PlanText } from './PlanText.tsx'
import { usePlan } from './usePlan.ts'
import classes from './OfflinePanel.module.css'

/** What can be worked on without a network, getting ready for some days, and how the link may be used for it. */
export function OfflinePanel({ prefetch, isLocal }: { prefetch: SyncStatus['prefetch']; isLocal: boolean }) {
  const { t } = useTranslation()
  const [days, setDays] = useState(2)
  const { data: plan, error, reload } = usePlan(days, prefetch.running)
  if (!plan) return error ? <FailedMessage error={error} onRetry={reload} /> : null
  return (
    <div className={classes.panel}>
      <section aria-label={t('sync.offline.now')}>
        <Text fw={600} mb={4}>{t('sync.offline.now')}</Text>
        <PlanText plan={plan} />
        {prefetch.waitsForMetered === true && plan.missingImages > 0 && <Text size="xs" className={classes.warning} mt={4}>{t('sync.offline.waiting')}</Text>}
      </section>
      {!isLocal && <Leave plan={plan} days={days} onDays={setDays} prefetch={prefetch} />}
      {!isLocal && <LinkUse />}
    </div>
  )
}

interface LeaveProps { plan: OfflinePlan; days: number; onDays: (days: number) => void; prefetch: SyncStatus['prefetch'] }

/** "Get everything for the next days before I leave." */
function Leave({ plan, days, onDays, prefetch }: LeaveProps) {
  const { t } = useTranslation()
  const engine = useEngine()
  const tell = (error: unknown) => notifications.show({ color: 'red', title: t('sync.failed'), message: describeError(t, error) })
  const isUnderWay = prefetch.running && prefetch.goalDays !== undefined
  const { goal } = plan
  return (
    <section aria-label={t('sync.offline.leave')}>
      <Text fw={600} mb={4}>{t('sync.offline.leave')}</Text>
      <Group gap="sm">
        <Text size="sm" id="days-label">{t('sync.offline.days')}</Text>
        <NumberInput
          aria-labelledby="days-label" className={classes.days} size="xs" min={1} max={MAX_PLANNED_DAYS} allowDecimal={false} clampBehavior="strict"
          value={days} onChange={(value) => { if (typeof value === 'number' && value >= 1) onDays(value) }}
        />
        {isUnderWay ? (
          <Button size="xs" variant="default" onClick={() => { engine.request('prefetch.cancel', {}).catch(tell) }}>{t('sync.offline.cancel')}</Button>
        ) : (
          <Button size="xs" disabled={goal.missingImages === 0} onClick={() => { engine.request('prefetch.startFor', { days }).catch(tell) }}>{t('sync.offline.get')}</Button>
        )}
      </Group>
      {isUnderWay ? <UnderWay prefetch={prefetch} /> : <GoalText plan={plan} />}
    </section>
  )
}

function UnderWay({ prefetch }: { prefetch: SyncStatus['prefetch'] }) {
  const { t } = useTranslation()
  const text = t('sync.offline.underWay', { count: prefetch.goalDays ?? 0, done: prefetch.done, total: prefetch.total })
  return (
    <div className={classes.progress}>
      <Progress value={prefetch.total > 0 ? (100 * prefetch.done) / prefetch.total : 0} aria-label={text} />
      <Text size="xs" c="dimmed" role="status">{text}</Text>
    </div>
  )
}
