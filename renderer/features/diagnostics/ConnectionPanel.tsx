import { IconPlugConnected } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { DiagnosticsReport } from '../../../shared/rpc/diagnostics.ts'
import { DataTable } from '../common/DataTable.tsx'
import { StateMessage } from '../common/StateMessage.tsx'
import { useFormat } from '../common/useFormat.ts'
import { Facts } from './OverviewPanel.tsx'
import classes from './DiagnosticsView.module.css'

/** How the way to the other side is: clock, success, throughput, and the last requests. */
export function ConnectionPanel({ report: { link, clockOffsetMs } }: { report: DiagnosticsReport }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <>
      <div className={classes.groups}>
        <Facts title={t('diagnostics.link')} facts={[
          [t('diagnostics.facts.success'), link.successRate === undefined ? t('diagnostics.unknown') : format.percent(link.successRate)],
          [t('diagnostics.facts.throughput'), link.bytesPerSecond === undefined ? t('diagnostics.unknown') : t('diagnostics.perSecond', { bytes: format.bytes(link.bytesPerSecond) })],
          [t('diagnostics.facts.clock'), clockOffsetMs === 0 ? t('diagnostics.clockSame') : t(clockOffsetMs > 0 ? 'diagnostics.clockBehind' : 'diagnostics.clockAhead', { ms: format.number(Math.abs(Math.round(clockOffsetMs))) })],
        ]} />
      </div>
      {link.roundTrips.length === 0 ? <StateMessage icon={IconPlugConnected} title={t('diagnostics.noRequests')} /> : (
        <DataTable
          label={t('diagnostics.requests')} rows={link.roundTrips} keyOf={({ at, what, ms }) => `${at} ${what} ${ms}`}
          columns={[
            { title: t('diagnostics.columns.at'), cell: ({ at }) => format.time(at) },
            { title: t('diagnostics.columns.request'), cell: ({ what }) => <code data-selectable>{what}</code> },
            { title: t('diagnostics.columns.duration'), cell: ({ ms }) => t('diagnostics.milliseconds', { ms: format.number(Math.round(ms)) }), align: 'right' },
            { title: t('diagnostics.columns.outcome'), cell: ({ ok }) => t(ok ? 'diagnostics.succeeded' : 'diagnostics.failed') },
          ]}
        />
      )}
    </>
  )
}
