import { Button, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useEngine } from '../../bridge/EngineContext.tsx'
import type { EngineData } from '../../bridge/useEngineData.ts'
import type { StatementRow } from '../../../shared/rpc/syncStatus.ts'
import { DataTable } from '../common/DataTable.tsx'
import { describeError } from '../common/describeError.ts'
import { useFormat } from '../common/useFormat.ts'
import { whatToDo } from './whatToDo.ts'

/** Reviews and comments without a receipt: those that wait, and those that were refused and can be offered again. */
export function StatementsTable({ statements: { data, reload } }: { statements: EngineData<StatementRow[]> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const engine = useEngine()
  if (!data || data.length === 0) return null
  const retry = ({ id }: StatementRow) => {
    engine.request('sync.retryStatement', { id }).then(reload, (error: unknown) => { notifications.show({ color: 'red', title: t('sync.failed'), message: describeError(t, error) }) })
  }
  return (
    <DataTable
      label={t('sync.statements')} rows={data} keyOf={(row) => row.id}
      columns={[
        { title: t('sync.columns.statement'), cell: (row) => t(`sync.statementKind.${row.kind}`) },
        { title: t('sync.columns.task'), cell: (row) => row.name },
        { title: t('sync.columns.state'), cell: (row) => <Text c={row.state === 'dead' ? 'var(--fm-bad)' : undefined}>{t(`sync.rowState.${row.state}`)}</Text> },
        { title: t('sync.columns.created'), cell: (row) => format.dateTime(row.createdAt) },
        { title: t('sync.columns.attempts'), cell: (row) => format.number(row.attempts), align: 'right' },
        { title: t('sync.columns.error'), cell: (row) => row.error && <><Text>{whatToDo(t, row.error.kind)}</Text><Text size="xs" c="dimmed" data-selectable>{row.error.message}</Text></>, wraps: true },
        { title: '', cell: (row) => row.state === 'dead' && (
          <Button size="compact-xs" variant="default" leftSection={<IconRefresh size={13} aria-hidden />} aria-label={t('sync.retryNamed', { name: row.name })} onClick={() => retry(row)}>{t('sync.retry')}</Button>
        ) },
      ]}
    />
  )
}
