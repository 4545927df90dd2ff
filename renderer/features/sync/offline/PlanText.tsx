import { Progress, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OfflinePlan } from '../../../../shared/rpc/offlinePlan.ts'
import { useFormat } from '../../common/useFormat.ts'
import classes from './OfflinePanel.module.css'

/** What is ready now, for how long it lasts, and what else would fit. */
export function PlanText({ plan }: { plan: OfflinePlan }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (plan.tasks === 0) return <Text size="xs" c="dimmed">{t('sync.offline.nothingToDo')}</Text>
  const ready = t('sync.offline.available', { offline: format.number(plan.offline), count: plan.tasks })
  return (
    <div className={classes.text}>
      <div className={classes.progress}>
        <Progress value={(100 * plan.offline) / plan.tasks} aria-label={ready} />
        <Text size="sm">{ready}</Text>
      </div>
      {plan.offline > 0 && <Text size="xs" c="dimmed">{lasting()}</Text>}
      <Text size="xs" c="dimmed">{fitting()}</Text>
    </div>
  )

  function lasting(): string {
    const pace = t(plan.assumed ? 'sync.offline.assumedPace' : 'sync.offline.pace', { count: Math.max(1, Math.round(plan.tasksPerDay)) })
    if (plan.offline === plan.tasks) return `${t('sync.offline.lastsAll', { days: format.decimal(plan.lastsDays) })} ${pace}`
    return `${t('sync.offline.lasts', { days: format.decimal(plan.lastsDays) })} ${pace}`
  }

  function fitting(): string {
    const room = format.bytes(plan.roomBytes)
    if (plan.missingImages === 0) return t('sync.offline.room', { room })
    const bytes = format.bytes(plan.missingBytes)
    const missing = t('sync.offline.missing', { count: plan.missingImages, bytes: plan.isLowerBound ? t('sync.offline.atLeast', { bytes }) : bytes })
    return `${missing} ${t('sync.offline.fits', { room, offline: format.number(plan.offlineWhenFull), tasks: format.number(plan.tasks) })}`
  }
}

/** What the chosen days need, and how long that takes. */
export function GoalText({ plan: { goal, isLowerBound, bytesPerSecond } }: { plan: OfflinePlan }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className={classes.text}>
      <Text size="xs" c="dimmed" role="status">{words()}</Text>
      {!goal.fits && <Text size="xs" className={classes.warning}>{t('sync.offline.tooMuch')}</Text>}
    </div>
  )

  function words(): string {
    if (goal.tasks === 0) return t('sync.offline.nothingToDo')
    if (goal.missingImages === 0) return t('sync.offline.ready', { count: goal.tasks })
    const bytes = format.bytes(goal.missingBytes)
    const needs = t('sync.offline.needs', { count: goal.missingImages, bytes: isLowerBound ? t('sync.offline.atLeast', { bytes }) : bytes, tasks: format.number(goal.tasks) })
    const time = goal.seconds === undefined || bytesPerSecond === undefined
      ? t('sync.offline.unknownTime')
      : t('sync.offline.time', { time: format.duration(goal.seconds), rate: format.bytes(bytesPerSecond) })
    return `${needs} ${time}`
  }
}
