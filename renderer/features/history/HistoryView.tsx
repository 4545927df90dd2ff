import { Button, Tabs, Title } from '@mantine/core'
import { IconFileExport, IconGitCommit, IconGitCompare, IconHistory, IconListDetails, IconPlayerPlay, IconShieldCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngineData } from '../../bridge/useEngineData.ts'
import type { TaskId } from '../../../shared/domain/ids.ts'
import type { AuditRow, RevisionRow } from '../../../shared/rpc/history.ts'
import { CompareVersionsDialog } from '../compare/CompareVersionsDialog.tsx'
import { DataTable } from '../common/DataTable.tsx'
import { JobLine } from '../common/JobLine.tsx'
import { useJob } from '../common/useJob.ts'
import { FailedMessage, StateMessage } from '../common/StateMessage.tsx'
import { stopwatch, useFormat } from '../common/useFormat.ts'
import { VerifyReport } from './VerifyReport.tsx'
import view from '../common/View.module.css'

interface HistoryViewProps {
  taskId: TaskId | undefined
  onShowQueue: () => void
  /** Opens the replay of the task's edits. */
  onTimeTravel: () => void
  chooseDirectory: () => Promise<string | undefined>
}

/** What became of a task: its revisions and what was recorded, and whether the record still holds. */
export function HistoryView({ taskId, onShowQueue, onTimeTravel, chooseDirectory }: HistoryViewProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const verification = useJob('verify.run')
  const audit = useJob('audit.export')
  return (
    <section className={view.view} aria-label={t('history.title')}>
      <header className={view.bar}>
        {taskId ? <TaskName key={taskId} taskId={taskId} /> : <Title order={2}>{t('history.title')}</Title>}
        <div className={view.gap} />
        {taskId && <Button variant="default" leftSection={<IconPlayerPlay size={15} aria-hidden />} onClick={onTimeTravel}>{t('timeTravel.open')}</Button>}
        {taskId && <CompareButton key={`compare ${taskId}`} taskId={taskId} />}
        {taskId && (
          <Button
            leftSection={<IconShieldCheck size={15} aria-hidden />} loading={verification.state.kind === 'running'} onClick={() => verification.start({ taskId })}
          >
            {t('history.verify')}
          </Button>
        )}
        <Button
          variant="default" leftSection={<IconFileExport size={15} aria-hidden />} disabled={audit.state.kind === 'running'}
          onClick={() => void chooseDirectory().then((directory) => directory !== undefined && audit.start({ directory }), () => {})}
        >
          {t('history.exportAudit')}
        </Button>
        <Button variant="default" disabled={verification.state.kind === 'running'} onClick={() => verification.start({})}>{t('history.verifyAll')}</Button>
      </header>
      <JobLine
        name={t('history.exportAudit')} job={audit}
        describe={({ entries, file }) => t('history.auditExported', { entries: format.number(entries), file })}
      />
      <VerifyReport job={verification} />
      {taskId ? <TaskHistory key={taskId} taskId={taskId} /> : (
        <StateMessage
          icon={IconHistory} title={t('history.none.title')}
          actions={<Button variant="default" leftSection={<IconListDetails size={15} aria-hidden />} onClick={onShowQueue}>{t('annotate.allDone.queue')}</Button>}
        >
          {t('history.none.text')}
        </StateMessage>
      )}
    </section>
  )
}

function CompareButton({ taskId }: { taskId: TaskId }) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button variant="default" leftSection={<IconGitCompare size={15} aria-hidden />} onClick={() => setIsOpen(true)}>{t('compare.open')}</Button>
      <CompareVersionsDialog taskId={taskId} opened={isOpen} onClose={() => setIsOpen(false)} />
    </>
  )
}

function TaskName({ taskId }: { taskId: TaskId }) {
  const { data } = useEngineData('tasks.open', { taskId })
  return <Title order={2} data-selectable>{data?.asset.name ?? taskId}</Title>
}

function TaskHistory({ taskId }: { taskId: TaskId }) {
  const { t } = useTranslation()
  const { data, error, reload } = useEngineData('tasks.history', { taskId }, ['tasks.changed', 'sync.changed'])
  if (!data) return error ? <FailedMessage error={error} onRetry={reload} /> : null
  return (
    <Tabs defaultValue="revisions" className={view.tabs} keepMounted={false}>
      <Tabs.List>
        <Tabs.Tab value="revisions">{t('history.revisions')} ({data.revisions.length})</Tabs.Tab>
        <Tabs.Tab value="events">{t('history.events')} ({data.events.length})</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="revisions" className={view.panel}><Revisions rows={data.revisions} /></Tabs.Panel>
      <Tabs.Panel value="events" className={view.panel}><Events rows={data.events} /></Tabs.Panel>
    </Tabs>
  )
}

function Revisions({ rows }: { rows: RevisionRow[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (rows.length === 0) return <StateMessage icon={IconGitCommit} title={t('history.revisionsEmpty')} />
  return (
    <DataTable
      label={t('history.revisions')} rows={rows} keyOf={(row) => row.id}
      columns={[
        { title: t('history.columns.revision'), cell: (row) => <code data-selectable>{row.id.slice(0, 12)}</code> },
        { title: t('history.columns.created'), cell: (row) => format.dateTime(row.createdAt) },
        { title: t('history.columns.author'), cell: (row) => row.author },
        { title: t('history.columns.outcome'), cell: (row) => t(`history.outcome.${row.outcome}`) },
        { title: t('history.columns.shapes'), cell: (row) => format.number(row.shapeCount), align: 'right' },
        { title: t('history.columns.edits'), cell: (row) => format.number(row.journalLength), align: 'right' },
        { title: t('history.columns.time'), cell: (row) => stopwatch(row.timeOnTaskMs), align: 'right' },
        { title: t('history.columns.receipt'), cell: (row) => (row.receiptAt === undefined ? t('history.noReceipt') : format.dateTime(row.receiptAt)) },
      ]}
    />
  )
}

function Events({ rows }: { rows: AuditRow[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (rows.length === 0) return <StateMessage icon={IconHistory} title={t('history.eventsEmpty')} />
  return (
    <DataTable
      label={t('history.events')} rows={rows} keyOf={(row) => `${row.epoch}/${row.seq}`}
      columns={[
        { title: t('history.columns.sequence'), cell: (row) => format.number(row.seq), align: 'right' },
        { title: t('history.columns.event'), cell: (row) => t(`history.event.${row.type}`) },
        { title: t('history.columns.at'), cell: (row) => format.dateTime(row.wall) },
        { title: t('history.columns.actor'), cell: (row) => row.actor ?? '' },
        { title: t('history.columns.acknowledged'), cell: (row) => t(row.acknowledged ? 'history.yes' : 'history.no') },
        { title: t('history.columns.hash'), cell: (row) => <code data-selectable>{row.hash.slice(0, 12)}</code> },
      ]}
    />
  )
}
