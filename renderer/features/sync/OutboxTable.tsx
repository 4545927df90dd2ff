import { Text } from '@mantine/core'
import { IconInbox } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { EngineData } from '../../bridge/useEngineData.ts'
import type { OutboxRow } from '../../../shared/rpc/syncStatus.ts'
import { CopyableId } from '../common/CopyableId.tsx'
import { DataTable } from '../common/DataTable.tsx'
import { FailedMessage, StateMessage } from '../common/StateMessage.tsx'
import { useFormat } from '../common/useFormat.ts'
import { ExportAll, OutboxActions } from './OutboxActions.tsx'
import type { SyncLeads } from './syncLeads.ts'
import { whatToDo } from './whatToDo.ts'
import classes from './SyncView.module.css'

interface OutboxTableProps extends SyncLeads { outbox: EngineData<OutboxRow[]> }

/** Submissions without a receipt: those that wait, and those that were refused and need a decision. */
export function OutboxTable({ outbox: { data, error, reload }, onAnnotate, chooseDirectory }: OutboxTableProps) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!data) return error ? <FailedMessage error={error} onRetry={reload} /> : null
  if (data.length === 0) return <StateMessage icon={IconInbox} title={t('sync.outboxEmpty')} />
  const stateOf = (row: OutboxRow) => t(`sync.rowState.${row.state === 'waiting' && row.blobStored ? 'stored' : row.state}`)
  return (
    <>
      <div className={classes.tableBar}>
        <Text size="xs" c="dimmed">{t('sync.outboxText')}</Text>
        <ExportAll chooseDirectory={chooseDirectory} />
      </div>
      <DataTable
        label={t('sync.outbox')} rows={data} keyOf={(row) => row.submissionId}
        columns={[
          { title: t('sync.columns.task'), cell: (row) => row.name },
          { title: t('sync.columns.state'), cell: (row) => <Text c={row.state === 'dead' ? 'var(--fm-bad)' : undefined}>{stateOf(row)}</Text> },
          { title: t('sync.columns.created'), cell: (row) => format.dateTime(row.createdAt) },
          { title: t('sync.columns.attempts'), cell: (row) => format.number(row.attempts), align: 'right' },
          { title: t('sync.columns.next'), cell: (row) => (row.nextAttemptAt === undefined ? '' : format.time(row.nextAttemptAt)) },
          { title: t('sync.columns.error'), cell: (row) => <Problem row={row} />, wraps: true },
          { title: '', cell: (row) => <OutboxActions row={row} onAnnotate={onAnnotate} chooseDirectory={chooseDirectory} onDone={reload} /> },
        ]}
      />
    </>
  )
}

function Problem({ row: { error, state, name, submissionId } }: { row: OutboxRow }) {
  const { t } = useTranslation()
  if (!error) return null
  return (
    <>
      <Text>{state === 'replaced' ? t('sync.replacedText') : whatToDo(t, error.kind)}</Text>
      <Text size="xs" c="dimmed" data-selectable>{error.message}</Text>
      {state === 'dead' && <Text component="div" size="xs" c="dimmed">{t('sync.columns.submission')} <CopyableId name={t('sync.submissionNamed', { name })} value={submissionId} /></Text>}
    </>
  )
}
