import { Button, Tabs, Title } from '@mantine/core'
import { IconFileZip, IconStethoscope } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngine } from '../../bridge/EngineContext.tsx'
import { useEngineData } from '../../bridge/useEngineData.ts'
import type { DiagnosticsReport } from '../../../shared/rpc/diagnostics.ts'
import { JobLine } from '../common/JobLine.tsx'
import { FailedMessage } from '../common/StateMessage.tsx'
import { useJob } from '../common/useJob.ts'
import { BackupsPanel } from './BackupsPanel.tsx'
import { ConnectionPanel } from './ConnectionPanel.tsx'
import { ErrorsPanel } from './ErrorsPanel.tsx'
import { OverviewPanel } from './OverviewPanel.tsx'
import view from '../common/View.module.css'

interface DiagnosticsViewProps {
  chooseDirectory: () => Promise<string | undefined>
  /** Opens the workspace anew from a backup; the view goes away with it. */
  onRestore: (name: string) => Promise<unknown>
  /** How the access token is kept. */
  token: ReactNode
}

/** How the workspace is: what support asks first, and the copies that it can go back to. */
export function DiagnosticsView({ chooseDirectory, onRestore, token }: DiagnosticsViewProps) {
  const { t } = useTranslation()
  const report = useEngineData('diagnostics.get', {}, ['sync.changed', 'engine.notice'])
  const checking = useCheck()
  const bundle = useJob('diagnostics.bundle')
  const shown = newer(report.data, checking.checked)
  const counted = (label: string, count: number | undefined) => (count ? `${label} (${count})` : label)
  return (
    <section className={view.view} aria-label={t('diagnostics.title')}>
      <header className={view.bar}>
        <Title order={2}>{t('diagnostics.title')}</Title>
        <div className={view.gap} />
        <Button variant="default" leftSection={<IconStethoscope size={15} aria-hidden />} loading={checking.running} onClick={checking.run}>{t('diagnostics.check')}</Button>
        <Button
          leftSection={<IconFileZip size={15} aria-hidden />} disabled={bundle.state.kind === 'running'}
          onClick={() => void chooseDirectory().then((directory) => directory !== undefined && bundle.start({ directory }), () => {})}
        >
          {t('diagnostics.bundle')}
        </Button>
      </header>
      <JobLine name={t('diagnostics.bundle')} job={bundle} describe={({ file }) => t('diagnostics.bundled', { file })} />
      <Tabs defaultValue="overview" className={view.tabs} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="overview">{t('diagnostics.overview')}</Tabs.Tab>
          <Tabs.Tab value="backups">{t('diagnostics.backups')}</Tabs.Tab>
          <Tabs.Tab value="connection">{t('diagnostics.connection')}</Tabs.Tab>
          <Tabs.Tab value="errors">{counted(t('diagnostics.errors'), shown?.errors.length)}</Tabs.Tab>
        </Tabs.List>
        {/* Not made of the report: a database that cannot be read is when they are needed. */}
        <Tabs.Panel value="backups" className={view.panel}><BackupsPanel onRestore={onRestore} /></Tabs.Panel>
        {shown ? (
          <>
            <Tabs.Panel value="overview" className={view.panel}><OverviewPanel report={shown} token={token} /></Tabs.Panel>
            <Tabs.Panel value="connection" className={view.panel}><ConnectionPanel report={shown} /></Tabs.Panel>
            <Tabs.Panel value="errors" className={view.panel}><ErrorsPanel lines={shown.errors} /></Tabs.Panel>
          </>
        ) : report.error && <Tabs.Panel value="overview" className={view.panel}><FailedMessage error={report.error} onRetry={report.reload} /></Tabs.Panel>}
      </Tabs>
    </section>
  )
}

/** The report that is shown: the newest, with what the last check of the database found. */
function newer(report: DiagnosticsReport | undefined, checked: DiagnosticsReport | undefined): DiagnosticsReport | undefined {
  if (report === undefined || checked === undefined) return report ?? checked
  return { ...report, database: { ...report.database, integrity: checked.database.integrity } }
}

/** Has the database looked through when the person asks; the result is kept while the view is shown. */
function useCheck() {
  const engine = useEngine()
  const [running, setRunning] = useState(false)
  const [checked, setChecked] = useState<DiagnosticsReport>()
  const run = () => {
    setRunning(true)
    // A failure is shown by the report itself, which asks again then.
    engine.request('diagnostics.get', { check: true }).then(setChecked, () => setChecked(undefined)).finally(() => setRunning(false))
  }
  return { running, checked, run }
}
