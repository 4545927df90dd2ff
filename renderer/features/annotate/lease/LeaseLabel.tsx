import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { LeaseAnswer } from '../../../../shared/rpc/coordination.ts'
import { useFormat } from '../../common/useFormat.ts'
import classes from '../AnnotateView.module.css'

/** That the task is reserved, and for how long. */
export function LeaseLabel({ lease }: { lease: LeaseAnswer | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (lease?.kind !== 'held') return null
  return <Text className={classes.lease} title={t('annotate.lease.text')}>{t('annotate.lease.held', { time: format.time(lease.until) })}</Text>
}
