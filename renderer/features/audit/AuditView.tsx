import { Button, Text, Title } from '@mantine/core'
import { IconFileCertificate, IconFileExport, IconListSearch, IconShieldCheck } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useEngine } from '../../bridge/EngineContext.tsx'
import { useEngineData } from '../../bridge/useEngineData.ts'
import type { AuditFacets, AuditFilter, AuditPlace } from '../../../shared/rpc/auditSearch.ts'
import { JobLine } from '../common/JobLine.tsx'
import { FailedMessage, StateMessage } from '../common/StateMessage.tsx'
import { useFormat } from '../common/useFormat.ts'
import { useJob } from '../common/useJob.ts'
import { AuditFilters } from './AuditFilters.tsx'
import { useAuditStore } from './auditStore.ts'
import { EventPages } from './eventPages.ts'
import { EventTable } from './EventTable.tsx'
import { Findings } from './Findings.tsx'
import { ProofPanel } from './ProofPanel.tsx'
import view from '../common/View.module.css'
import classes from './Audit.module.css'

interface AuditViewProps {
  chooseDirectory: () => Promise<string | undefined>
  chooseAuditLog: () => Promise<string | undefined>
}

/** Everything that was recorded, to be searched, proved event by event, and verified as a whole. */
export function AuditView({ chooseDirectory, chooseAuditLog }: AuditViewProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { filter, setFilter } = useAuditStore()
  const [chosen, setChosen] = useState<AuditPlace>()
  const facets = useEngineData('audit.facets', {}, ['sync.changed', 'tasks.changed'])
  const verification = useJob('audit.verify')
  const file = useJob('audit.verifyFile')
  const csv = useJob('audit.exportCsv')
  const [verified, setVerified] = useState('')
  const verifyFile = (path: string) => {
    setVerified(path)
    file.start({ file: path })
  }
  return (
    <section className={view.view} aria-label={t('audit.title')}>
      <header className={view.bar}>
        <Title order={2}>{t('audit.title')}</Title>
        {facets.data && <Text c="dimmed">{t('audit.total', { count: facets.data.total, total: format.number(facets.data.total) })}</Text>}
        <div className={view.gap} />
        <Button variant="default" leftSection={<IconFileExport size={15} aria-hidden />} disabled={csv.state.kind === 'running'} onClick={() => void chosenBy(chooseDirectory, (directory) => csv.start({ directory, filter }))}>{t('audit.exportCsv')}</Button>
        <Button variant="default" leftSection={<IconFileCertificate size={15} aria-hidden />} disabled={file.state.kind === 'running'} onClick={() => void chosenBy(chooseAuditLog, verifyFile)}>{t('audit.verifyFile')}</Button>
        <Button leftSection={<IconShieldCheck size={15} aria-hidden />} loading={verification.state.kind === 'running'} onClick={() => verification.start({})}>{t('audit.verifyAll')}</Button>
      </header>
      <JobLine name={t('audit.exporting')} job={csv} describe={({ events, file: written }) => t('audit.exported', { events: format.number(events), file: written })} />
      {verification.state.kind === 'done'
        ? <Findings subject={t('audit.thisLog')} findings={verification.state.result} onJump={setChosen} onClose={verification.clear} />
        : <JobLine name={t('audit.verifying')} job={verification} describe={() => ''} />}
      {file.state.kind === 'done'
        ? <Findings subject={t(`audit.file.${file.state.result.kind}`, { file: nameOf(verified) })} findings={file.state.result} onClose={file.clear} />
        : <JobLine name={t('audit.verifyingFile', { file: nameOf(verified) })} job={file} describe={() => ''} />}
      {facets.data && <AuditFilters facets={facets.data} filter={filter} onChange={setFilter} />}
      {facets.error && !facets.data && <FailedMessage error={facets.error} onRetry={facets.reload} />}
      {facets.data && (
        <div className={classes.content}>
          <Events filter={filter} facets={facets.data} chosen={chosen} onChoose={setChosen} />
          {chosen && <ProofPanel place={chosen} onChoose={setChosen} onClose={() => setChosen(undefined)} />}
        </div>
      )}
    </section>
  )
}

function Events({ filter, facets, chosen, onChoose }: { filter: AuditFilter; facets: AuditFacets; chosen: AuditPlace | undefined; onChoose: (place: AuditPlace) => void }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const [pages] = useState(() => new EventPages(engine))
  const state = useStore(pages.state)
  useEffect(() => { pages.ask(filter) }, [pages, filter])
  if (state.error !== undefined && state.events.length === 0) return <FailedMessage error={state.error} onRetry={() => pages.ask(filter)} />
  if (state.events.length === 0 && !state.loading) return <StateMessage icon={IconListSearch} title={t('audit.empty.title')}>{t('audit.empty.text')}</StateMessage>
  return <EventTable pages={pages} state={state} facets={facets} chosen={chosen} onChoose={({ device, epoch, seq }) => onChoose({ device, epoch, seq })} />
}

/** Nothing happens when the person cancels; what keeps the system from asking is not this view's to tell. */
async function chosenBy(choose: () => Promise<string | undefined>, then: (path: string) => void): Promise<void> {
  const path = await choose().catch(() => undefined)
  if (path !== undefined) then(path)
}

const nameOf = (path: string) => path.split(/[/\\]/).at(-1) ?? path
