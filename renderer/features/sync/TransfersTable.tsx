import { Progress } from '@mantine/core'
import { IconArrowDown, IconArrowsUpDown, IconArrowUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { EngineData } from '../../bridge/useEngineData.ts'
import type { Transfer } from '../../../shared/rpc/syncStatus.ts'
import { DataTable } from '../common/DataTable.tsx'
import { FailedMessage, StateMessage } from '../common/StateMessage.tsx'
import { useFormat } from '../common/useFormat.ts'
import classes from './SyncView.module.css'

/** Transfers under way, with their progress. */
export function TransfersTable({ transfers: { data, error, reload } }: { transfers: EngineData<Transfer[]> }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!data) return error ? <FailedMessage error={error} onRetry={reload} /> : null
  if (data.length === 0) return <StateMessage icon={IconArrowsUpDown} title={t('sync.transfersEmpty')} />
  return (
    <DataTable
      label={t('sync.transfers')} rows={data} keyOf={(row) => row.id}
      columns={[
        { title: t('sync.columns.direction'), cell: (row) => <Direction direction={row.direction} /> },
        { title: t('sync.columns.task'), cell: (row) => row.name },
        {
          title: t('sync.columns.progress'),
          cell: (row) => (
            <div className={classes.progress}>
              <Progress value={row.totalBytes > 0 ? (100 * row.doneBytes) / row.totalBytes : 0} aria-label={row.name} />
              <span>{format.bytes(row.doneBytes)} / {format.bytes(row.totalBytes)}</span>
            </div>
          ),
        },
      ]}
    />
  )
}

function Direction({ direction }: { direction: Transfer['direction'] }) {
  const { t } = useTranslation()
  const Sign = direction === 'up' ? IconArrowUp : IconArrowDown
  return <Sign size={15} role="img" aria-label={t(`sync.${direction}`)} />
}
