import { Button, Checkbox } from '@mantine/core'
import { IconGitMerge } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EngineData } from '../../bridge/useEngineData.ts'
import type { TaskId } from '../../../shared/domain/ids.ts'
import type { VersionRow } from '../../../shared/rpc/coordination.ts'
import { DataTable } from '../common/DataTable.tsx'
import { FailedMessage, StateMessage } from '../common/StateMessage.tsx'
import { useFormat } from '../common/useFormat.ts'
import { CompareDialog } from '../versions/CompareDialog.tsx'
import { SettleSeveral } from './SettleSeveral.tsx'
import type { SyncLeads } from './syncLeads.ts'
import classes from './SyncView.module.css'

interface ConflictsTableProps extends Pick<SyncLeads, 'onAnnotate'> { versions: EngineData<VersionRow[]> }

/** Tasks on which work went on in two places; each leads to both versions, and to a decision. */
export function ConflictsTable({ versions: { data, error, reload }, onAnnotate }: ConflictsTableProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const [comparing, setComparing] = useState<TaskId>()
  const [chosen, setChosen] = useState<ReadonlySet<TaskId>>(new Set())
  if (!data) return error ? <FailedMessage error={error} onRetry={reload} /> : null
  const mineOf = ({ mine }: VersionRow) => (mine.at === undefined ? t('versions.notSubmitted', { count: mine.shapes }) : t('versions.submittedAt', { time: format.dateTime(mine.at), count: mine.shapes }))
  const theirsOf = ({ theirs }: VersionRow) => (theirs === undefined ? t('sync.conflictFetching') : `${theirs.author}, ${t('versions.submittedAt', { time: format.dateTime(theirs.createdAt), count: theirs.shapes })}`)
  const settleable = data.filter(({ theirs }) => theirs !== undefined)
  return (
    <>
      {data.length === 0
        ? <StateMessage icon={IconGitMerge} title={t('sync.conflictsEmpty')}>{t('sync.conflictsText')}</StateMessage>
        : (
          <>
            <div className={classes.tableBar}>
              <SettleSeveral rows={data.filter(({ taskId }) => chosen.has(taskId))} onSettled={() => { setChosen(new Set()); reload() }} />
            </div>
            <DataTable
              label={t('sync.conflicts')} rows={data} keyOf={(row) => row.taskId}
              columns={[
                {
                  key: 'choose', title: <Checkbox size="xs" aria-label={t('sync.several.all')} checked={settleable.length > 0 && settleable.every(({ taskId }) => chosen.has(taskId))} onChange={(event) => setChosen(new Set(event.currentTarget.checked ? settleable.map(({ taskId }) => taskId) : []))} />,
                  cell: (row) => <Checkbox size="xs" aria-label={t('sync.several.choose', { name: row.name })} disabled={row.theirs === undefined} checked={chosen.has(row.taskId)} onChange={() => setChosen(toggled(chosen, row.taskId))} />,
                },
                { title: t('sync.columns.task'), cell: (row) => row.name },
                { title: t('sync.columns.conflict'), cell: (row) => t(`versions.relation.${row.relation}`), wraps: true },
                { title: t('sync.columns.mine'), cell: mineOf },
                { title: t('sync.columns.theirs'), cell: theirsOf },
                { title: '', cell: (row) => <Button size="compact-xs" aria-label={t('sync.compareNamed', { name: row.name })} onClick={() => setComparing(row.taskId)}>{t('sync.compare')}</Button> },
              ]}
            />
          </>
        )}
      <CompareDialog
        taskId={comparing} onClose={() => setComparing(undefined)}
        onSettled={(taskId, next) => { setComparing(undefined); reload(); if (next === 'edit') onAnnotate(taskId) }}
      />
    </>
  )
}

function toggled(chosen: ReadonlySet<TaskId>, taskId: TaskId): ReadonlySet<TaskId> {
  return chosen.has(taskId) ? new Set([...chosen].filter((each) => each !== taskId)) : new Set([...chosen, taskId])
}
