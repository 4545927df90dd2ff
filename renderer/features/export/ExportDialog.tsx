import { Button, Checkbox, Group, Modal, Progress, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngineData } from '../../bridge/useEngineData.ts'
import type { ProjectId } from '../../../shared/domain/ids.ts'
import type { ResponseOf } from '../../../shared/rpc/channels.ts'
import { ExportFormatSchema, type ExportFormat } from '../../../shared/rpc/exportFormat.ts'
import { describeError, errorDetail } from '../common/describeError.ts'
import { useFormat } from '../common/useFormat.ts'
import { useJob, type JobState } from '../common/useJob.ts'

interface ExportChoices {
  format: ExportFormat
  include: 'submitted' | 'all'
  includeImages: boolean
  directory: string
  projectId: ProjectId | undefined
}

interface ExportDialogProps {
  opened: boolean
  onClose: () => void
  chooseDirectory: () => Promise<string | undefined>
}

/** Writes labels as files for training into a folder. */
export function ExportDialog({ opened, onClose, chooseDirectory }: ExportDialogProps) {
  const { t } = useTranslation()
  return (
    <Modal opened={opened} onClose={onClose} title={t('export.title')} size={480} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <ExportForm chooseDirectory={chooseDirectory} onClose={onClose} />
    </Modal>
  )
}

function ExportForm({ chooseDirectory, onClose }: Omit<ExportDialogProps, 'opened'>) {
  const { t } = useTranslation()
  const { data: projects } = useEngineData('projects.list', {})
  const [choices, setChoices] = useState<ExportChoices>({ format: 'coco', include: 'submitted', includeImages: false, directory: '', projectId: undefined })
  const { state, start, cancel } = useJob('export.run')
  useEffect(() => cancel, [cancel])

  const change = (part: Partial<ExportChoices>) => setChoices({ ...choices, ...part })
  // Each project has its own label schema, so one export is of one project.
  const projectId = choices.projectId ?? projects?.[0]?.id
  const running = state.kind === 'running'
  return (
    <Stack gap="md">
      <Field label={t('export.format')}>
        <SegmentedControl
          aria-label={t('export.format')} value={choices.format} disabled={running} onChange={(format) => change({ format: format })}
          data={ExportFormatSchema.options.map((format) => ({ value: format, label: t(`export.${format}`) }))}
        />
      </Field>
      {projects && projects.length > 1 && (
        <Select
          label={t('export.project')} value={projectId ?? null} disabled={running} data={projects.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(value) => change({ projectId: value === null ? undefined : (value) })}
        />
      )}
      <Field label={t('export.include')}>
        <SegmentedControl
          aria-label={t('export.include')} value={choices.include} disabled={running} onChange={(include) => change({ include: include })}
          data={[{ value: 'submitted', label: t('export.submitted') }, { value: 'all', label: t('export.all') }]}
        />
      </Field>
      <Checkbox label={t('export.images')} checked={choices.includeImages} disabled={running} onChange={(event) => change({ includeImages: event.currentTarget.checked })} />
      <Group gap="sm" align="flex-end" wrap="nowrap">
        <TextInput style={{ flex: 1 }} label={t('export.directory')} readOnly value={choices.directory} />
        <Button
          variant="default" disabled={running}
          onClick={() => void chooseDirectory().then((directory) => directory !== undefined && change({ directory }), () => {})}
        >
          {t('export.choose')}
        </Button>
      </Group>
      <Outcome state={state} />
      <Group justify="flex-end" gap="sm">
        {running
          ? <Button variant="default" onClick={cancel}>{t('common.cancel')}</Button>
          : <Button variant="default" onClick={onClose}>{t('common.close')}</Button>}
        <Button disabled={running || choices.directory === '' || projectId === undefined} onClick={() => start({ ...choices, projectId })}>{t('export.start')}</Button>
      </Group>
    </Stack>
  )
}

function Field({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <Group justify="space-between">
      <Text>{label}</Text>
      {children}
    </Group>
  )
}

function Outcome({ state }: { state: JobState<ResponseOf<'export.run'>> }) {
  const { t } = useTranslation()
  if (state.kind === 'idle') return null
  if (state.kind === 'running') {
    const { done, total } = state
    const text = total > 0 ? t('export.running', { done, total }) : t('export.starting')
    return (
      <div role="status">
        <Text size="xs" mb={4}>{text}</Text>
        <Progress value={total > 0 ? (100 * done) / total : 0} aria-label={text} />
      </div>
    )
  }
  if (state.kind === 'cancelled') return <Text role="status">{t('export.cancelled')}</Text>
  if (state.kind === 'failed') {
    return <Text role="alert" c="var(--fm-bad)">{describeError(t, state.error)} <Text span size="xs" data-selectable>{errorDetail(state.error)}</Text></Text>
  }
  return <Done result={state.result} />
}

function Done({ result }: { result: ResponseOf<'export.run'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { images, shapes, files, skipped } = result
  return (
    <div role="status">
      <Text>{t('export.done', { images: format.number(images), shapes: format.number(shapes), files: format.number(files) })}</Text>
      {skipped.length > 0 && (
        <>
          <Text mt={4}>{t('export.skipped', { count: skipped.length })}</Text>
          <Text size="xs" c="dimmed" component="div" mah={120} style={{ overflow: 'auto' }} data-selectable>
            {skipped.map(({ taskId, reason }) => <div key={taskId}>{taskId}: {reason}</div>)}
          </Text>
        </>
      )}
    </div>
  )
}
