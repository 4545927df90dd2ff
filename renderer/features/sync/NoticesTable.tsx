import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconChecks } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useEngine } from '../../bridge/EngineContext.tsx'
import type { EngineData } from '../../bridge/useEngineData.ts'
import type { NoticeRow } from '../../../shared/rpc/coordination.ts'
import { DataTable } from '../common/DataTable.tsx'
import { describeError } from '../common/describeError.ts'
import { FailedMessage, StateMessage } from '../common/StateMessage.tsx'
import { useFormat } from '../common/useFormat.ts'
import type { SyncLeads } from './syncLeads.ts'
import classes from './SyncView.module.css'

interface NoticesTableProps extends Pick<SyncLeads, 'onAnnotate'> { notices: EngineData<NoticeRow[]> }

/** What others or the server did to one's tasks, what it means and what can be done, until it is dismissed. */
export function NoticesTable({ notices: { data, error, reload }, onAnnotate }: NoticesTableProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const engine = useEngine()
  const dismiss = (number?: number) => {
    engine.request('notices.dismiss', { ...(number !== undefined && { number }) }).then(reload, (failure: unknown) => {
      notifications.show({ color: 'red', title: t('sync.failed'), message: describeError(t, failure) })
    })
  }
  if (!data) return error ? <FailedMessage error={error} onRetry={reload} /> : null
  if (data.length === 0) return <StateMessage icon={IconChecks} title={t('sync.happened.empty')}>{t('sync.happened.text')}</StateMessage>
  const whatOf = ({ code, details }: NoticeRow) => t(`sync.happened.code.${code}`, details)
  return (
    <>
      <div className={classes.tableBar}>
        <Text size="xs" c="dimmed">{t('sync.happened.text')}</Text>
        <Button size="compact-sm" variant="default" onClick={() => dismiss()}>{t('sync.happened.dismissAll')}</Button>
      </div>
      <DataTable
        label={t('sync.happened.title')} rows={data} keyOf={(row) => String(row.number)}
        columns={[
          { title: t('sync.happened.at'), cell: (row) => format.dateTime(row.at) },
          { title: t('sync.happened.title'), cell: whatOf, wraps: true },
          { title: t('sync.columns.task'), cell: (row) => row.name ?? '' },
          { title: t('sync.happened.choices'), cell: (row) => <Text size="xs" c="dimmed">{t(`sync.happened.todo.${row.code}`, row.details)}</Text>, wraps: true },
          {
            title: '',
            cell: (row) => (
              <Group gap={4} wrap="nowrap" justify="flex-end">
                <OpenButton row={row} onAnnotate={onAnnotate} />
                <Button size="compact-xs" variant="default" aria-label={t('sync.happened.dismissNamed', { what: whatOf(row) })} onClick={() => dismiss(row.number)}>{t('sync.happened.dismiss')}</Button>
              </Group>
            ),
          },
        ]}
      />
    </>
  )
}

function OpenButton({ row: { taskId, name = '' }, onAnnotate }: Pick<NoticesTableProps, 'onAnnotate'> & { row: NoticeRow }) {
  const { t } = useTranslation()
  if (taskId === undefined) return null
  return <Button size="compact-xs" variant="default" aria-label={t('sync.happened.openNamed', { name })} onClick={() => onAnnotate(taskId)}>{t('sync.happened.open')}</Button>
}
