import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconFileExport, IconPencil, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useEngine } from '../../bridge/EngineContext.tsx'
import type { RequestOf } from '../../../shared/rpc/channels.ts'
import type { OutboxRow } from '../../../shared/rpc/syncStatus.ts'
import { describeError } from '../common/describeError.ts'
import type { SyncLeads } from './syncLeads.ts'

interface OutboxActionsProps extends SyncLeads { row: OutboxRow; onDone: () => void }

/** What can be done about one submission: correct a refused one, try it again, and take any of them out as a file. */
export function OutboxActions({ row, onAnnotate, chooseDirectory, onDone }: OutboxActionsProps) {
  const { t } = useTranslation()
  const engine = useEngine()
  const tell = useFailure()
  const exportUnsent = useExportUnsent(chooseDirectory)
  const { name, state, submissionId, taskId } = row
  const retry = () => { engine.request('sync.retry', { submissionId }).then(onDone, tell) }
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      {state === 'dead' && (
        <>
          <Button size="compact-xs" leftSection={<IconPencil size={13} aria-hidden />} aria-label={t('sync.correctNamed', { name })} onClick={() => onAnnotate(taskId)}>{t('sync.correct')}</Button>
          <Button size="compact-xs" variant="default" leftSection={<IconRefresh size={13} aria-hidden />} aria-label={t('sync.retryNamed', { name })} onClick={retry}>{t('sync.retry')}</Button>
        </>
      )}
      <Button size="compact-xs" variant="default" leftSection={<IconFileExport size={13} aria-hidden />} aria-label={t('sync.exportNamed', { name })} onClick={() => exportUnsent({ submissionId })}>{t('sync.export')}</Button>
    </Group>
  )
}

/** Takes out everything that the orchestrator does not hold, drafts too. */
export function ExportAll({ chooseDirectory }: Pick<SyncLeads, 'chooseDirectory'>) {
  const { t } = useTranslation()
  const exportUnsent = useExportUnsent(chooseDirectory)
  return (
    <Button size="compact-sm" variant="default" leftSection={<IconFileExport size={14} aria-hidden />} onClick={() => exportUnsent({})}>{t('sync.exportAll')}</Button>
  )
}

function useExportUnsent(chooseDirectory: SyncLeads['chooseDirectory']): (request: Omit<RequestOf<'export.unsent'>, 'directory'>) => void {
  const { t } = useTranslation()
  const engine = useEngine()
  const tell = useFailure()
  const run = async (request: Omit<RequestOf<'export.unsent'>, 'directory'>) => {
    const directory = await chooseDirectory()
    if (directory === undefined) return
    const { files } = await engine.request('export.unsent', { ...request, directory })
    notifications.show({ message: t('sync.exported', { count: files, directory }) })
  }
  return (request) => { run(request).catch(tell) }
}

function useFailure(): (error: unknown) => void {
  const { t } = useTranslation()
  return (error) => { notifications.show({ color: 'red', title: t('sync.failed'), message: describeError(t, error) }) }
}
