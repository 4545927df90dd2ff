import { Kbd, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { TASK_COMMANDS } from '../../features/annotate/commands.ts'
import { commandLabel, keyNames } from '../../features/annotate/commandText.ts'
import { REVIEW_COMMANDS } from '../../features/review/commands.ts'
import { COMMAND_GROUPS } from '../../editor/commands/command.ts'
import { hotkeysOf } from '../../editor/commands/keymap.ts'
import { useKeymap } from '../../features/common/hotkeys/KeymapContext.tsx'
import { COMMANDS } from '../../editor/commands/commands.ts'
import { APP_COMMANDS } from '../commands.ts'
import classes from './HelpOverlay.module.css'

interface HelpLine {
  label: string
  hotkeys: readonly string[]
}

/** Every hotkey, from the same lists that bind them. */
export function HelpOverlay({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const keymap = useKeymap()
  const groups: [string, HelpLine[]][] = [
    [t('help.groups.general'), APP_COMMANDS.map((command) => ({ label: t(command.labelKey), hotkeys: hotkeysOf(keymap, command) }))],
    [t('help.groups.tasks'), Object.values(TASK_COMMANDS).map((command) => ({ label: t(command.labelKey), hotkeys: hotkeysOf(keymap, command) }))],
    [t('help.groups.review'), Object.values(REVIEW_COMMANDS).map((command) => ({ label: t(command.labelKey), hotkeys: hotkeysOf(keymap, command) }))],
    ...COMMAND_GROUPS.filter((group) => group !== 'classes').map((group): [string, HelpLine[]] => [
      t(`help.groups.${group}`),
      [
        ...COMMANDS.filter((command) => command.group === group).map((command) => ({ label: commandLabel(t, command), hotkeys: hotkeysOf(keymap, command) })),
        ...(group === 'view' ? [{ label: t('help.pan'), hotkeys: ['Space'] }] : []),
      ],
    ]),
    [t('help.groups.classes'), [{ label: t('help.pickClass'), hotkeys: ['1'] }]],
  ]
  return (
    <Modal opened={opened} onClose={onClose} title={t('help.title')} size={920} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <div className={classes.groups}>
        {groups.map(([title, lines]) => (
          <section key={title} className={classes.group} aria-label={title}>
            <h3>{title}</h3>
            <dl>
              {lines.map(({ label, hotkeys }) => (
                <div key={label} className={classes.line}>
                  <dt>{label}</dt>
                  <dd>{hotkeys.map((hotkey) => <Keys key={hotkey} names={keyNames(t, hotkey)} />)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}

function Keys({ names }: { names: string[] }) {
  return <span className={classes.keys}>{names.map((name) => <Kbd key={name}>{name}</Kbd>)}</span>
}
