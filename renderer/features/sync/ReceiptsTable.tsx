import { Badge, Group, Pagination, Tooltip } from '@mantine/core'
import { IconReceipt } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngineData } from '../../bridge/useEngineData.ts'
import { CopyableId } from '../common/CopyableId.tsx'
import { DataTable } from '../common/DataTable.tsx'
import { FailedMessage, StateMessage } from '../common/StateMessage.tsx'
import { useFormat } from '../common/useFormat.ts'

const PAGE = 100

/** The orchestrator's signed word for each submission that it holds, newest first as the engine orders them. */
export function ReceiptsTable() {
  const { t } = useTranslation()
  const format = useFormat()
  const [page, setPage] = useState(1)
  const { data, error, reload } = useEngineData('sync.receipts', { offset: (page - 1) * PAGE, limit: PAGE }, ['sync.changed'])
  if (!data) return error ? <FailedMessage error={error} onRetry={reload} /> : null
  if (data.total === 0) return <StateMessage icon={IconReceipt} title={t('sync.receiptsEmpty')} />
  return (
    <>
      <DataTable
        label={t('sync.receipts')} rows={data.rows} keyOf={(row) => row.submissionId}
        columns={[
          { title: t('sync.columns.task'), cell: (row) => row.name },
          { title: t('sync.columns.received'), cell: (row) => format.dateTime(row.serverTime) },
          { title: t('sync.columns.hash'), cell: (row) => <CopyableId name={t('sync.hashNamed', { name: row.name })} value={row.sha256} length={16} /> },
          { title: t('sync.columns.submission'), cell: (row) => <CopyableId name={t('sync.submissionNamed', { name: row.name })} value={row.submissionId} length={13} /> },
          { title: '', cell: (row) => row.late && <Tooltip label={t('sync.lateText')}><Badge color="yellow">{t('sync.late')}</Badge></Tooltip> },
        ]}
      />
      {data.total > PAGE && (
        <Group p="sm"><Pagination size="xs" total={Math.ceil(data.total / PAGE)} value={page} onChange={setPage} /></Group>
      )}
    </>
  )
}
