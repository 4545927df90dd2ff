import { Button, Kbd, Select, Text, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { hotkeysOf } from '../../editor/commands/keymap.ts'
import { keyNames } from '../../features/annotate/commandText.ts'
import { findClashes, makeKeymap } from '../../features/common/hotkeys/keymap.ts'
import { HOTKEY_PRESETS, type HotkeySettings } from '../../../shared/rpc/workspace.ts'
import { WINDOW_COMMANDS } from '../commands.ts'
import { bindableCommands, type NamedCommand } from './bindableCommands.ts'
import { useHotkeyRecorder } from './useHotkeyRecorder.ts'
import classes from './HotkeysPanel.module.css'

/** Chooses a preset of keys and changes single ones; says where two commands want the same key. */
export function HotkeysPanel({ settings, onChange }: { settings: HotkeySettings; onChange: (settings: HotkeySettings) => void }) {
  const { t } = useTranslation()
  const [search, setSearch] = useState('')
  const commands = bindableCommands(t)
  const keymap = makeKeymap(settings, WINDOW_COMMANDS)
  const clashes = findClashes(keymap, commands)
  const names = new Map(commands.map(({ id, label }) => [id, label]))
  const shown = commands.filter(({ label }) => label.toLowerCase().includes(search.trim().toLowerCase()))
  const setKeys = (id: string, keys: string[] | undefined) => {
    const { [id]: _, ...others } = settings.custom
    onChange({ ...settings, custom: keys === undefined ? others : { ...others, [id]: keys } })
  }
  return (
    <section className={classes.panel} aria-label={t('settings.hotkeys.title')}>
      <div className={classes.head}>
        <Select
          aria-label={t('settings.hotkeys.preset')} value={settings.preset} className={classes.preset}
          data={HOTKEY_PRESETS.map((preset) => ({ value: preset, label: t(`settings.hotkeys.presets.${preset}`) }))}
          onChange={(preset) => preset !== null && onChange({ ...settings, preset })}
        />
        <TextInput
          aria-label={t('settings.hotkeys.search')} placeholder={t('settings.hotkeys.search')} className={classes.search} value={search}
          leftSection={<IconSearch size={14} aria-hidden />} onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Button variant="default" disabled={Object.keys(settings.custom).length === 0} onClick={() => onChange({ ...settings, custom: {} })}>
          {t('settings.hotkeys.resetAll')}
        </Button>
      </div>
      <Text size="xs" className={classes.summary} data-clash={clashes.size > 0 || undefined} role="status">
        {clashes.size === 0 ? t('settings.hotkeys.noClash') : t('settings.hotkeys.clashes', { count: clashes.size })}
      </Text>
      <div className={classes.list} role="list" aria-label={t('settings.hotkeys.title')}>
        {shown.map((command) => (
          <CommandRow
            key={command.id} command={command} hotkeys={hotkeysOf(keymap, command)} isCustom={command.id in settings.custom}
            clashesWith={(clashes.get(command.id) ?? []).map((id) => names.get(id) ?? id)} onChange={(keys) => setKeys(command.id, keys)}
          />
        ))}
        {shown.length === 0 && <Text size="xs" c="dimmed" p={8}>{t('settings.hotkeys.nothing')}</Text>}
      </div>
    </section>
  )
}

interface CommandRowProps {
  command: NamedCommand
  hotkeys: readonly string[]
  isCustom: boolean
  clashesWith: readonly string[]
  onChange: (keys: string[] | undefined) => void
}

function CommandRow({ command: { label, group }, hotkeys, isCustom, clashesWith, onChange }: CommandRowProps) {
  const { t } = useTranslation()
  const recorder = useHotkeyRecorder((hotkey) => onChange([hotkey]))
  return (
    <div className={classes.row} role="listitem" aria-label={label}>
      <span className={classes.name}>{label}<span className={classes.group}>{group}</span></span>
      {clashesWith.length > 0 && (
        <span className={classes.clash}><IconAlertTriangle size={13} aria-hidden />{t('settings.hotkeys.clash', { names: clashesWith.join(', ') })}</span>
      )}
      <span className={classes.keys}>
        {recorder.isRecording
          ? <Text span size="xs" c="dimmed">{t('settings.hotkeys.press')}</Text>
          : hotkeys.map((hotkey) => <span key={hotkey} className={classes.hotkey}>{keyNames(t, hotkey).map((name) => <Kbd key={name}>{name}</Kbd>)}</span>)}
      </span>
      <Button size="compact-xs" variant="default" aria-label={t('settings.hotkeys.changeFor', { name: label })} onClick={recorder.start}>{t('settings.hotkeys.change')}</Button>
      <Button size="compact-xs" variant="subtle" color="gray" disabled={hotkeys.length === 0} aria-label={t('settings.hotkeys.removeFor', { name: label })} onClick={() => onChange([])}>
        {t('settings.hotkeys.remove')}
      </Button>
      <Button size="compact-xs" variant="subtle" color="gray" disabled={!isCustom} aria-label={t('settings.hotkeys.resetFor', { name: label })} onClick={() => onChange(undefined)}>
        {t('settings.hotkeys.reset')}
      </Button>
    </div>
  )
}
