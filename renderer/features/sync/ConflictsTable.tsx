import { Button } from '@mantine/core'
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
import type { SyncLeads } from './syncLeads.ts'

interface ConflictsTableProps extends Pick<SyncLeads, 'onAnnotate'> { versions: EngineData<VersionRow[]> }

/** Tasks on which work went on in two places; each leads to both versions, and to a decision. */
export function ConflictsTable({ versions: { data, error, reload }, onAnnotate }: ConflictsTableProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const [comparing, setComparing] = useState<TaskId>()
  if (!data) return error ? <FailedMessage error={error} onRetry={reload} /> : null
  const mineOf = ({ mine }: VersionRow) => (mine.at === undefined ? t('versions.notSubmitted', { count: mine.shapes }) : t('versions.submittedAt', { time: format.dateTime(mine.at), count: mine.shapes }))
  const theirsOf = ({ theirs }: VersionRow) => (theirs === undefined ? t('sync.conflictFetching') : `${theirs.author}, ${t('versions.submittedAt', { time: format.dateTime(theirs.createdAt), count: theirs.shapes })}`)
  return (
    <>
      {data.length === 0
        ? <StateMessage icon={IconGitMerge} title={t('sync.conflictsEmpty')}>{t('sync.conflictsText')}</StateMessage>
        : (
          <DataTable
            label={t('sync.conflicts')} rows={data} keyOf={(row) => row.taskId}
            columns={[
              { title: t('sync.columns.task'), cell: (row) => row.name },
              { title: t('sync.columns.conflict'), cell: (row) => t(`versions.relation.${row.relation}`), wraps: true },
              { title: t('sync.columns.mine'), cell: mineOf },
              { title: t('sync.columns.theirs'), cell: theirsOf },
              { title: '', cell: (row) => <Button size="compact-xs" aria-label={t('sync.compareNamed', { name: row.name })} onClick={() => setComparing(row.taskId)}>{t('sync.compare')}</Button> },
            ]}
          />
        )}
      <CompareDialog
        taskId={comparing} onClose={() => setComparing(undefined)}
        onSettled={(taskId, next) => { setComparing(undefined); reload(); if (next === 'edit') onAnnotate(taskId) }}
      />
    </>
  )
}
