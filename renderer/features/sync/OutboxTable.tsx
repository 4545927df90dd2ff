import { Button, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconInbox } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useEngine } from '../../bridge/EngineContext.tsx'
import type { EngineData } from '../../bridge/useEngineData.ts'
import type { OutboxRow } from '../../../shared/rpc/syncStatus.ts'
import { DataTable } from '../common/DataTable.tsx'
import { describeError } from '../common/describeError.ts'
import { FailedMessage, StateMessage } from '../common/StateMessage.tsx'
import { useFormat } from '../common/useFormat.ts'
import { whatToDo } from './whatToDo.ts'

/** Submissions without a receipt: those that wait, and those that were refused and need a decision. */
export function OutboxTable({ outbox: { data, error, reload } }: { outbox: EngineData<OutboxRow[]> }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!data) return error ? <FailedMessage error={error} onRetry={reload} /> : null
  if (data.length === 0) return <StateMessage icon={IconInbox} title={t('sync.outboxEmpty')} />
  const stateOf = (row: OutboxRow) => t(`sync.rowState.${row.state === 'dead' ? 'dead' : row.blobStored ? 'stored' : 'waiting'}`)
  return (
    <DataTable
      label={t('sync.outbox')} rows={data} keyOf={(row) => row.submissionId}
      columns={[
        { title: t('sync.columns.task'), cell: (row) => row.name },
        { title: t('sync.columns.state'), cell: (row) => <Text c={row.state === 'dead' ? 'var(--fm-bad)' : undefined}>{stateOf(row)}</Text> },
        { title: t('sync.columns.created'), cell: (row) => format.dateTime(row.createdAt) },
        { title: t('sync.columns.attempts'), cell: (row) => format.number(row.attempts), align: 'right' },
        { title: t('sync.columns.next'), cell: (row) => (row.nextAttemptAt === undefined ? '' : format.time(row.nextAttemptAt)) },
        { title: t('sync.columns.error'), cell: (row) => <Problem row={row} />, wraps: true },
        { title: '', cell: (row) => (row.state === 'dead' ? <RetryButton row={row} onDone={reload} /> : null) },
      ]}
    />
  )
}

function Problem({ row: { error } }: { row: OutboxRow }) {
  const { t } = useTranslation()
  if (!error) return null
  return (
    <>
      <Text>{whatToDo(t, error.kind)}</Text>
      <Text size="xs" c="dimmed" data-selectable>{error.message}</Text>
    </>
  )
}

function RetryButton({ row, onDone }: { row: OutboxRow; onDone: () => void }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const retry = () => {
    engine.request('sync.retry', { submissionId: row.submissionId }).then(onDone, (error: unknown) => {
      notifications.show({ color: 'red', title: t('sync.failed'), message: describeError(t, error) })
    })
  }
  return <Button size="compact-xs" variant="default" aria-label={t('sync.retryNamed', { name: row.name })} onClick={retry}>{t('sync.retry')}</Button>
}
