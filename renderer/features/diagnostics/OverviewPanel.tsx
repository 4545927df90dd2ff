import { Title } from '@mantine/core'
import { useId, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { DiagnosticsReport } from '../../../shared/rpc/diagnostics.ts'
import { CopyableId } from '../common/CopyableId.tsx'
import { useFormat } from '../common/useFormat.ts'
import classes from './DiagnosticsView.module.css'

/** Versions, workspace, database, queue and cache. */
export function OverviewPanel({ report, token }: { report: DiagnosticsReport; token: ReactNode }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { versions, system, workspace, database, queue, cache, keyring } = report
  return (
    <div className={classes.groups}>
      <Facts title={t('diagnostics.workspace')} facts={[
        [t('diagnostics.facts.source'), workspace.source],
        [t('diagnostics.facts.location'), <CopyableId key="id" name={t('diagnostics.facts.location')} value={workspace.location} />],
        [t('diagnostics.facts.user'), workspace.user],
        [t('diagnostics.facts.device'), <CopyableId key="id" name={t('diagnostics.facts.device')} value={workspace.device} />],
        [t('diagnostics.facts.auditEpochs'), format.number(workspace.auditEpochs)],
        [t('diagnostics.facts.access'), t(`diagnostics.access.${workspace.access}`)],
        [t('diagnostics.facts.keyring'), keyring === undefined ? t('diagnostics.unknown') : keyring === 'basic_text' ? t('diagnostics.unprotected', { name: keyring }) : keyring],
        [t('diagnostics.facts.token'), token],
      ]} />
      <Facts title={t('diagnostics.database')} facts={[
        [t('diagnostics.facts.integrity'), t(`diagnostics.integrity.${database.integrity.state}`)],
        ...database.integrity.findings.map((finding) => ['', finding] as const),
        [t('diagnostics.facts.file'), <CopyableId key="id" name={t('diagnostics.facts.file')} value={database.path} />],
        [t('diagnostics.facts.size'), format.bytes(database.bytes)],
        [t('diagnostics.facts.log'), format.bytes(database.logBytes)],
        [t('diagnostics.facts.schema'), t('diagnostics.schemaText', database.schema)],
        ...Object.entries(database.settings),
      ]} />
      <Facts title={t('diagnostics.queue')} facts={[
        [t('diagnostics.facts.waiting'), format.number(queue.waiting)],
        [t('diagnostics.facts.oldest'), queue.oldestAt === undefined ? t('diagnostics.nothing') : format.dateTime(queue.oldestAt)],
        [t('diagnostics.facts.refused'), format.number(queue.dead)],
        [t('diagnostics.facts.auditBacklog'), format.number(queue.auditBacklog)],
        [t('diagnostics.facts.lastSync'), queue.lastSyncAt === undefined ? t('sync.never') : format.dateTime(queue.lastSyncAt)],
        [t('diagnostics.facts.cache'), t('diagnostics.cacheText', { used: format.bytes(cache.usedBytes), budget: format.bytes(cache.budgetBytes) })],
      ]} />
      <Facts title={t('diagnostics.versions')} facts={[
        ...Object.entries(versions),
        [t('diagnostics.facts.system'), `${system.platform} ${system.release} ${system.arch}`],
        [t('diagnostics.facts.memory'), t('diagnostics.freeText', { free: format.bytes(system.freeMemoryBytes), all: format.bytes(system.memoryBytes) })],
        [t('diagnostics.facts.disk'), t('diagnostics.diskText', { free: format.bytes(system.freeDiskBytes) })],
      ]} />
      <Facts title={t('diagnostics.tables')} facts={Object.entries(database.rows).map(([table, rows]) => [table, rows < 0 ? t('diagnostics.unreadable') : format.number(rows)])} />
    </div>
  )
}

/** A titled list of names and values; every value can be selected and copied. */
export function Facts({ title, facts }: { title: string; facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <Title order={3} id={id}>{title}</Title>
      <dl className={classes.facts}>
        {facts.map(([name, value], index) => (
          <div key={`${name}-${index}`} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd data-selectable>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
