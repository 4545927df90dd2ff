import { Button } from '@mantine/core'
import { IconFileExport, IconFilterOff, IconInbox, IconPolygon } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngine } from '../../bridge/EngineContext.tsx'
import { useEngineData } from '../../bridge/useEngineData.ts'
import type { TaskId } from '../../../shared/domain/ids.ts'
import { TaskFilterSchema, type TaskQuery } from '../../../shared/rpc/taskRows.ts'
import { FailedMessage, StateMessage } from '../common/StateMessage.tsx'
import { ExportDialog } from '../export/ExportDialog.tsx'
import { FilterBar } from './FilterBar.tsx'
import { QueueFooter } from './QueueFooter.tsx'
import { TaskTable } from './TaskTable.tsx'
import { useTaskWindow } from './useTaskWindow.ts'
import view from '../common/View.module.css'

interface QueueViewProps {
  query: TaskQuery
  onQueryChange: (query: TaskQuery) => void
  chosen: TaskId | undefined
  onChoose: (taskId: TaskId) => void
  onAnnotate: (taskId: TaskId) => void
  chooseDirectory: () => Promise<string | undefined>
}

/** All tasks of the workspace: filter, order, choose, open. */
export function QueueView({ query, onQueryChange, chosen, onChoose, onAnnotate, chooseDirectory }: QueueViewProps) {
  const { t } = useTranslation()
  const { window, state } = useTaskWindow(query)
  const [active, setActive] = useActiveRow(chosen, query)
  const [exporting, setExporting] = useState(false)
  const { data: facets } = useEngineData('tasks.facets', {}, ['tasks.changed', 'asset.changed'])

  const change = (next: TaskQuery) => {
    setActive(0)
    onQueryChange(next)
  }
  const activate = (index: number) => {
    setActive(index)
    const row = window.row(index)
    if (row) onChoose(row.id)
  }
  const start = window.row(active)
  return (
    <section className={view.view} aria-label={t('queue.title')}>
      <FilterBar filter={query.filter} onChange={(filter) => change({ ...query, filter })} facets={facets}>
        <Button variant="default" leftSection={<IconFileExport size={15} aria-hidden />} onClick={() => setExporting(true)}>{t('queue.export')}</Button>
        <Button leftSection={<IconPolygon size={15} aria-hidden />} disabled={!start} onClick={() => start && onAnnotate(start.id)}>{t('queue.annotate')}</Button>
      </FilterBar>
      {state.total === undefined && state.error !== undefined && <FailedMessage error={state.error} onRetry={() => window.refresh()} />}
      {state.total === 0 && <Empty filtered={(facets?.total ?? 0) > 0} onClear={() => change({ ...query, filter: TaskFilterSchema.parse({}) })} />}
      {state.total !== 0 && (
        <TaskTable
          window={window} state={state} sort={query.sort} onSort={(sort) => change({ ...query, sort })}
          active={active} onActive={activate} chosen={chosen} onOpen={(row) => onAnnotate(row.id)}
        />
      )}
      <QueueFooter shown={state.total} facets={facets} />
      <ExportDialog opened={exporting} onClose={() => setExporting(false)} chooseDirectory={chooseDirectory} />
    </section>
  )
}

/** The row that the keyboard is on: the chosen task's when the queue is shown again. */
function useActiveRow(chosen: TaskId | undefined, query: TaskQuery): [number, (index: number) => void] {
  const engine = useEngine()
  const [active, setActive] = useState(0)
  const [start] = useState({ chosen, query })
  useEffect(() => {
    if (start.chosen === undefined) return
    // When the task is no longer in this order, the first row is as good as any.
    engine.request('tasks.neighbours', { taskId: start.chosen, query: start.query }).then(({ position }) => setActive(position), () => {})
  }, [engine, start])
  return [active, setActive]
}

function Empty({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const { data: info } = useEngineData('workspace.info', {})
  if (filtered) {
    return (
      <StateMessage icon={IconFilterOff} title={t('queue.noMatch.title')} actions={<Button variant="default" onClick={onClear}>{t('queue.clearFilters')}</Button>}>
        {t('queue.noMatch.text')}
      </StateMessage>
    )
  }
  if (!info) return null
  return (
    <StateMessage
      icon={IconInbox} title={t('queue.empty.title')}
      actions={info.kind === 'orchestrator' && (
        <Button variant="default" onClick={() => void engine.request('sync.now', {}).catch(() => {})}>{t('queue.empty.sync')}</Button>
      )}
    >
      {t(`queue.empty.${info.kind}`)}
    </StateMessage>
  )
}
