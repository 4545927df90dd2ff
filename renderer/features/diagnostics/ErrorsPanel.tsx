import { IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { LogLine } from '../../../shared/rpc/diagnostics.ts'
import { DataTable } from '../common/DataTable.tsx'
import { StateMessage } from '../common/StateMessage.tsx'
import { useFormat } from '../common/useFormat.ts'
import classes from './DiagnosticsView.module.css'

/** What went wrong of late, from the engine's log. */
export function ErrorsPanel({ lines }: { lines: readonly LogLine[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (lines.length === 0) return <StateMessage icon={IconCircleCheck} title={t('diagnostics.noErrors')} />
  return (
    <DataTable
      label={t('diagnostics.errors')} rows={lines} keyOf={({ at, source, message }) => `${at} ${source} ${message}`}
      columns={[
        { title: t('diagnostics.columns.at'), cell: ({ at }) => format.dateTime(at) },
        { title: t('diagnostics.columns.source'), cell: ({ source }) => source },
        { title: t('diagnostics.columns.message'), cell: ({ message }) => <div className={classes.message} data-selectable>{message}</div>, wraps: true },
      ]}
    />
  )
}
