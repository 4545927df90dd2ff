import { Button, List, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import { IconDatabaseExport, IconDatabaseOff, IconDatabaseSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngine } from '../../bridge/EngineContext.tsx'
import { useEngineData } from '../../bridge/useEngineData.ts'
import type { BackupRow, WorkSince } from '../../../shared/rpc/diagnostics.ts'
import { describeError } from '../common/describeError.ts'
import { DataTable } from '../common/DataTable.tsx'
import { FailedMessage, StateMessage } from '../common/StateMessage.tsx'
import { useFormat } from '../common/useFormat.ts'
import classes from './DiagnosticsView.module.css'

/** The verified copies of the work database, and the way back to one. */
export function BackupsPanel({ onRestore }: { onRestore: (name: string) => Promise<unknown> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const engine = useEngine()
  const backups = useEngineData('backups.list', {}, ['engine.notice'])
  const tell = (error: unknown) => notifications.show({ color: 'red', title: t('diagnostics.backupFailed'), message: describeError(t, error) })
  const ask = async ({ name, at }: BackupRow) => {
    // A database that is damaged may not be able to tell.
    const since = await engine.request('backups.since', { name }).catch(() => undefined)
    modals.openConfirmModal({
      title: t('diagnostics.restoreTitle', { time: format.dateTime(at) }), children: <WhatRestoreDoes since={since} />,
      labels: { confirm: t('diagnostics.restoreConfirm'), cancel: t('common.cancel') }, confirmProps: { color: 'red' },
      onConfirm: () => void onRestore(name).catch(tell),
    })
  }
  return (
    <>
      <div className={classes.note}>
        <span>{t('diagnostics.backupsText')}</span>
        <MakeBackup onMade={backups.reload} onFailed={tell} />
      </div>
      {!backups.data && !backups.error && <StateMessage icon={IconDatabaseSearch} title={t('diagnostics.checkingBackups')} />}
      {!backups.data && backups.error && <FailedMessage error={backups.error} onRetry={backups.reload} />}
      {backups.data?.length === 0 && <StateMessage icon={IconDatabaseOff} title={t('diagnostics.noBackups')} />}
      {backups.data && backups.data.length > 0 && (
        <DataTable
          label={t('diagnostics.backups')} rows={backups.data} keyOf={({ name }) => name}
          columns={[
            { title: t('diagnostics.columns.made'), cell: ({ at }) => format.dateTime(at) },
            { title: t('diagnostics.columns.size'), cell: ({ bytes }) => format.bytes(bytes), align: 'right' },
            { title: t('diagnostics.columns.verified'), cell: ({ sound }) => t(sound ? 'diagnostics.sound' : 'diagnostics.unsound') },
            { title: t('diagnostics.columns.file'), cell: ({ name }) => <code data-selectable>{name}</code> },
            {
              title: t('diagnostics.columns.action'), align: 'right',
              cell: (row) => <Button size="compact-xs" variant="default" disabled={!row.sound} onClick={() => void ask(row)}>{t('diagnostics.restore')}</Button>,
            },
          ]}
        />
      )}
    </>
  )
}

/** What going back takes out of use, in numbers where they are known. */
function WhatRestoreDoes({ since }: { since: WorkSince | undefined }) {
  const { t } = useTranslation()
  const lines = since === undefined ? [t('diagnostics.restoreSince.unknown')] : [
    ...(since.edited > 0 ? [t('diagnostics.restoreSince.edited', { count: since.edited })] : []),
    ...(since.unsent > 0 ? [t('diagnostics.restoreSince.unsent', { count: since.unsent })] : []),
    ...(since.sent > 0 ? [t('diagnostics.restoreSince.sent', { count: since.sent })] : []),
  ]
  const isLosing = since === undefined || since.edited + since.unsent > 0
  return (
    <Stack gap="xs">
      {lines.length === 0 ? <Text size="sm">{t('diagnostics.restoreSince.nothing')}</Text> : (
        <List size="sm">{lines.map((line) => <List.Item key={line}>{line}</List.Item>)}</List>
      )}
      <Text size="sm">{t('diagnostics.restoreText')}{isLosing && ` ${t('diagnostics.restoreSince.export')}`}</Text>
    </Stack>
  )
}

function MakeBackup({ onMade, onFailed }: { onMade: () => void; onFailed: (error: unknown) => void }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const [making, setMaking] = useState(false)
  const make = () => {
    setMaking(true)
    engine.request('backups.make', {}).then(onMade, onFailed).finally(() => setMaking(false))
  }
  return <Button variant="default" leftSection={<IconDatabaseExport size={15} aria-hidden />} loading={making} onClick={make}>{t('diagnostics.makeBackup')}</Button>
}
