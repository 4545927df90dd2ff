import { Button, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 as uuidv7 } from 'uuid'
import { useEngine } from '../../bridge/EngineContext.tsx'
import { describeError } from '../../features/common/describeError.ts'
import type { ModelFiles } from '../../../shared/domain/segmentModel.ts'
import classes from './SettingsDialog.module.css'

type Check = { kind: 'none' } | { kind: 'running' } | { kind: 'fits' } | { kind: 'refused'; text: string }

interface ModelPanelProps {
  model: ModelFiles | undefined
  /** Lets the person pick an ONNX file. */
  chooseFile: () => Promise<string | undefined>
  onChange: (model: ModelFiles) => void
}

/** The person's own segment-anything model: its two files, which are checked before they are kept. */
export function ModelPanel({ model, chooseFile, onChange }: ModelPanelProps) {
  const { t } = useTranslation()
  const engine = useEngine()
  const [files, setFiles] = useState<Partial<ModelFiles>>(model ?? {})
  const [check, setCheck] = useState<Check>({ kind: 'none' })

  const inspect = async ({ encoder, decoder }: Partial<ModelFiles>) => {
    if (encoder === undefined || decoder === undefined) return
    setCheck({ kind: 'running' })
    try {
      const found = await engine.request('assist.inspectModel', { jobId: `inspect-${uuidv7()}`, files: { encoder, decoder } })
      if (found.kind === 'fits') onChange({ encoder, decoder })
      setCheck(found.kind === 'fits' ? { kind: 'fits' } : { kind: 'refused', text: t('settings.model.refused', { file: t(`settings.model.${found.file}`), detail: found.detail }) })
    } catch (error) {
      setCheck({ kind: 'refused', text: describeError(t, error) })
    }
  }
  const choose = async (file: keyof ModelFiles) => {
    const path = await chooseFile()
    if (path === undefined) return
    const next = { ...files, [file]: path }
    setFiles(next)
    await inspect(next)
  }
  return (
    <Stack gap="md">
      <Text size="xs" c="dimmed">{t('settings.model.text')}</Text>
      {(['encoder', 'decoder'] as const).map((file) => (
        <div key={file} className={classes.modelFile}>
          <Text>{t(`settings.model.${file}`)}</Text>
          <Text size="xs" c="dimmed" truncate="start" data-selectable><bdi>{files[file] ?? t('settings.model.none')}</bdi></Text>
          <Button
            size="compact-sm" variant="default" loading={check.kind === 'running'} aria-label={t('settings.model.chooseFile', { file: t(`settings.model.${file}`) })}
            onClick={() => void choose(file)}
          >
            {t('settings.model.choose')}
          </Button>
        </div>
      ))}
      {check.kind === 'fits' && <Text size="xs" role="status"><IconCheck size={13} aria-hidden /> {t('settings.model.fits')}</Text>}
      {check.kind === 'refused' && <Text size="xs" role="alert" c="red"><IconAlertTriangle size={13} aria-hidden /> {check.text}</Text>}
    </Stack>
  )
}
