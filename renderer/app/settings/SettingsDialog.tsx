import { Group, Modal, NumberInput, SegmentedControl, Stack, Tabs, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngineData } from '../../bridge/useEngineData.ts'
import { describeError } from '../../features/common/describeError.ts'
import { FailedMessage } from '../../features/common/StateMessage.tsx'
import type { Settings, WorkspaceInfo } from '../../../shared/rpc/workspace.ts'
import { HotkeysPanel } from './HotkeysPanel.tsx'
import { ModelPanel } from './ModelPanel.tsx'
import type { SettingsInUse } from './useSettings.ts'
import classes from './SettingsDialog.module.css'

const GIGABYTE = 1_000_000_000

interface SettingsDialogProps {
  opened: boolean
  settings: SettingsInUse
  onClose: () => void
  /** Lets the person pick an ONNX file. */
  chooseModelFile: () => Promise<string | undefined>
}

export function SettingsDialog({ opened, settings, onClose, chooseModelFile }: SettingsDialogProps) {
  const { t } = useTranslation()
  return (
    <Modal opened={opened} onClose={onClose} title={t('settings.title')} size={720} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <SettingsForm inUse={settings} chooseModelFile={chooseModelFile} />
    </Modal>
  )
}

function SettingsForm({ inUse: { settings, error, reload, save: send }, chooseModelFile }: { inUse: SettingsInUse; chooseModelFile: SettingsDialogProps['chooseModelFile'] }) {
  const { t } = useTranslation()
  if (!settings) return error ? <FailedMessage error={error} onRetry={reload} /> : null

  const save = (change: Partial<Settings>) => {
    send(change).catch((failure: unknown) => notifications.show({ color: 'red', title: t('settings.notSaved'), message: describeError(t, failure) }))
  }
  return (
    <Tabs defaultValue="general" keepMounted={false}>
      <Tabs.List mb="md">
        <Tabs.Tab value="general">{t('settings.general')}</Tabs.Tab>
        <Tabs.Tab value="model">{t('settings.model.title')}</Tabs.Tab>
        <Tabs.Tab value="hotkeys">{t('settings.hotkeys.title')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="general"><General settings={settings} save={save} /></Tabs.Panel>
      <Tabs.Panel value="model"><ModelPanel model={settings.segmentModel} chooseFile={chooseModelFile} onChange={(segmentModel) => save({ segmentModel })} /></Tabs.Panel>
      <Tabs.Panel value="hotkeys"><HotkeysPanel settings={settings.hotkeys} onChange={(hotkeys) => save({ hotkeys })} /></Tabs.Panel>
    </Tabs>
  )
}

function General({ settings, save }: { settings: Settings; save: (change: Partial<Settings>) => void }) {
  const { t } = useTranslation()
  const { data: info } = useEngineData('workspace.info', {})
  return (
    <Stack gap="md">
      <Line label={t('settings.language')}>
        <SegmentedControl
          aria-label={t('settings.language')}
          value={settings.language}
          onChange={(language) => save({ language: language })}
          data={[{ value: 'system', label: t('settings.system') }, { value: 'en', label: t('settings.english') }, { value: 'es', label: t('settings.spanish') }]}
        />
      </Line>
      <Line label={t('settings.colorScheme')}>
        <SegmentedControl
          aria-label={t('settings.colorScheme')}
          value={settings.colorScheme}
          onChange={(colorScheme) => save({ colorScheme: colorScheme })}
          data={[{ value: 'system', label: t('settings.system') }, { value: 'light', label: t('settings.light') }, { value: 'dark', label: t('settings.dark') }]}
        />
      </Line>
      <Line label={t('settings.diskBudget')} hint={t('settings.diskBudgetText')}>
        <NumberInput
          aria-label={t('settings.diskBudget')}
          className={classes.budget}
          defaultValue={settings.diskBudgetBytes / GIGABYTE}
          min={0.05}
          max={10_000}
          decimalScale={2}
          suffix={` ${t('settings.gigabytes')}`}
          clampBehavior="blur"
          onBlur={(event) => {
            const gigabytes = Number.parseFloat(event.currentTarget.value)
            if (gigabytes >= 0.05) save({ diskBudgetBytes: Math.round(gigabytes * GIGABYTE) })
          }}
        />
      </Line>
      {info && <About info={info} />}
    </Stack>
  )
}

function Line({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
  return (
    <Group justify="space-between" align="flex-start" wrap="nowrap">
      <div className={classes.label}>
        <Text>{label}</Text>
        {hint !== undefined && <Text size="xs" c="dimmed">{hint}</Text>}
      </div>
      {children}
    </Group>
  )
}

function About({ info }: { info: WorkspaceInfo }) {
  const { t } = useTranslation()
  const facts: [string, string][] = [
    [t('settings.source'), info.source],
    [t('settings.location'), info.location],
    [t('settings.user'), info.user.name],
    [t('settings.version'), info.versions.app],
    [t('settings.sqlite'), info.versions.sqlite],
  ]
  return (
    <section className={classes.about} aria-label={t('settings.about')}>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd data-selectable>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
