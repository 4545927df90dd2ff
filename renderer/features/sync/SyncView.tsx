import { Button, Group, Switch, Tabs, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useEngine } from '../../bridge/EngineContext.tsx'
import { useEngineData } from '../../bridge/useEngineData.ts'
import type { SyncStatus } from '../../../shared/rpc/syncStatus.ts'
import { describeError } from '../common/describeError.ts'
import { useFormat } from '../common/useFormat.ts'
import { ConflictsTable } from './ConflictsTable.tsx'
import { OfflinePanel } from './offline/OfflinePanel.tsx'
import { NoticesTable } from './NoticesTable.tsx'
import { ExportAll } from './OutboxActions.tsx'
import { OutboxTable } from './OutboxTable.tsx'
import { PhaseIcon } from './phases.tsx'
import { ReceiptsTable } from './ReceiptsTable.tsx'
import { StatementsTable } from './StatementsTable.tsx'
import type { SyncLeads } from './syncLeads.ts'
import { TransfersTable } from './TransfersTable.tsx'
import { useShownPhase, useSyncStatus } from './useSyncStatus.ts'
import { whatToDo } from './whatToDo.ts'
import view from '../common/View.module.css'
import classes from './SyncView.module.css'

/** What is on its way to and from the orchestrator, and what went wrong. */
export function SyncView({ onAnnotate, chooseDirectory }: SyncLeads) {
  const { t } = useTranslation()
  const outbox = useEngineData('sync.outbox', {}, ['sync.changed'])
  const statements = useEngineData('sync.statements', {}, ['sync.changed'])
  const transfers = useEngineData('sync.transfers', {}, ['transfers.changed'])
  const versions = useEngineData('versions.list', {}, ['tasks.changed'])
  const notices = useEngineData('notices.list', {}, ['tasks.changed', 'sync.changed'])
  const sync = useSyncStatus()
  const counted = (label: string, count: number | undefined) => (count ? `${label} (${count})` : label)
  return (
    <section className={view.view} aria-label={t('sync.title')}>
      <Summary sync={sync} />
      {sync.data?.lastError && <LastError error={sync.data.lastError} chooseDirectory={chooseDirectory} />}
      <Tabs defaultValue="outbox" className={view.tabs} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="outbox">{counted(t('sync.outbox'), (outbox.data?.length ?? 0) + (statements.data?.length ?? 0))}</Tabs.Tab>
          <Tabs.Tab value="conflicts">{counted(t('sync.conflicts'), versions.data?.length)}</Tabs.Tab>
          <Tabs.Tab value="happened">{counted(t('sync.happened.title'), notices.data?.length)}</Tabs.Tab>
          <Tabs.Tab value="transfers">{counted(t('sync.transfers'), transfers.data?.length)}</Tabs.Tab>
          <Tabs.Tab value="offline">{t('sync.offline.title')}</Tabs.Tab>
          <Tabs.Tab value="receipts">{t('sync.receipts')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="outbox" className={view.panel}>
          {(outbox.data?.length !== 0 || !statements.data?.length) && <OutboxTable outbox={outbox} onAnnotate={onAnnotate} chooseDirectory={chooseDirectory} />}
          <StatementsTable statements={statements} />
        </Tabs.Panel>
        <Tabs.Panel value="conflicts" className={view.panel}><ConflictsTable versions={versions} onAnnotate={onAnnotate} /></Tabs.Panel>
        <Tabs.Panel value="happened" className={view.panel}><NoticesTable notices={notices} onAnnotate={onAnnotate} /></Tabs.Panel>
        <Tabs.Panel value="transfers" className={view.panel}><TransfersTable transfers={transfers} /></Tabs.Panel>
        <Tabs.Panel value="offline" className={view.panel}>{sync.data && <OfflinePanel prefetch={sync.data.prefetch} isLocal={sync.data.phase === 'local'} />}</Tabs.Panel>
        <Tabs.Panel value="receipts" className={view.panel}><ReceiptsTable /></Tabs.Panel>
      </Tabs>
    </section>
  )
}

function Summary({ sync }: { sync: ReturnType<typeof useSyncStatus> }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const phase = useShownPhase(sync)
  const status = sync.data
  const tell = (error: unknown) => notifications.show({ color: 'red', title: t('sync.failed'), message: describeError(t, error) })
  return (
    <header className={classes.summary}>
      <PhaseIcon phase={phase} size={22} />
      <div className={classes.words}>
        <Text fw={600} role="status">{t(`sync.phase.${phase}`)}</Text>
        <Text c="dimmed" size="xs">{t(`sync.phaseText.${phase}`)}</Text>
        {status && <Facts status={status} />}
      </div>
      {status && phase !== 'local' && (
        <Group gap="lg" wrap="nowrap">
          <Switch
            label={t('sync.workOffline')} checked={status.workOffline}
            onChange={(event) => {
              engine.request('sync.setWorkOffline', { workOffline: event.currentTarget.checked }).then(() => sync.reload(), tell)
            }}
          />
          <Button
            leftSection={<IconRefresh size={15} aria-hidden />} disabled={status.workOffline || phase === 'lost'} loading={phase === 'syncing'}
            onClick={() => void engine.request('sync.now', {}).catch(tell)}
          >
            {t('sync.now')}
          </Button>
        </Group>
      )}
    </header>
  )
}

function Facts({ status }: { status: SyncStatus }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { prefetch } = status
  const facts = [
    ...(status.phase === 'local' ? [] : [status.lastSyncAt === undefined ? t('sync.never') : t('sync.lastSync', { time: format.dateTime(status.lastSyncAt) })]),
    ...(status.nextAttemptAt === undefined ? [] : [t('sync.nextAttempt', { time: format.time(status.nextAttemptAt) })]),
    ...(status.auditBacklog > 0 ? [t('sync.auditBacklog', { count: status.auditBacklog })] : []),
    ...(status.journalBacklog > 0 ? [t('sync.journalBacklog', { count: status.journalBacklog })] : []),
    t('sync.cache', { used: format.bytes(prefetch.usedBytes), budget: format.bytes(prefetch.budgetBytes) }),
  ]
  return <Text c="dimmed" size="xs">{facts.join(' · ')}</Text>
}

function LastError({ error, chooseDirectory }: Pick<SyncLeads, 'chooseDirectory'> & { error: NonNullable<SyncStatus['lastError']> }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className={classes.error} role="alert" aria-label={t('sync.lastError')}>
      <IconAlertTriangle size={16} aria-hidden />
      <div>
        <Text size="sm">{whatToDo(t, error.kind)}</Text>
        <Text size="xs" c="dimmed" data-selectable>{t('sync.lastError')}: {format.dateTime(error.at)} · {error.message}</Text>
      </div>
      {error.kind === 'massDelete' && <ConfirmRemovals />}
      {error.kind === 'otherUser' && <div className={classes.errorAction}><ExportAll chooseDirectory={chooseDirectory} /></div>}
    </div>
  )
}

/** The pull that would take many tasks away waits for the person's word: the server may have been emptied by mistake. */
function ConfirmRemovals() {
  const { t } = useTranslation()
  const engine = useEngine()
  const confirm = () => {
    engine.request('sync.confirmRemovals', {}).catch((error: unknown) => notifications.show({ color: 'red', title: t('sync.failed'), message: describeError(t, error) }))
  }
  return <Button variant="default" size="xs" ml="auto" onClick={confirm}>{t('sync.confirmRemovals')}</Button>
}
