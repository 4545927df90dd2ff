import type { TFunction } from 'i18next'
import { COMMANDS } from '../../editor/commands/commands.ts'
import { commandLabel } from '../../features/annotate/commandText.ts'
import { TASK_COMMANDS } from '../../features/annotate/commands.ts'
import { REVIEW_COMMANDS } from '../../features/review/commands.ts'
import type { Bindable } from '../../features/common/hotkeys/keymap.ts'
import { APP_COMMANDS } from '../commands.ts'

export interface NamedCommand extends Bindable { readonly label: string; readonly group: string }

/** Every command whose keys can be chosen; the keys of classes and image tags come from the label schema. */
export function bindableCommands(t: TFunction): NamedCommand[] {
  return [
    ...APP_COMMANDS.map(({ id, labelKey, hotkeys }) => ({ id, hotkeys, label: t(labelKey), group: t('help.groups.general') })),
    ...Object.values(TASK_COMMANDS).map(({ id, labelKey, hotkeys }) => ({ id, hotkeys, label: t(labelKey), group: t('help.groups.tasks') })),
    ...Object.values(REVIEW_COMMANDS).map(({ id, labelKey, hotkeys, scope }) => ({ id, hotkeys, scope, label: t(labelKey), group: t('help.groups.review') })),
    ...COMMANDS.map((command) => ({ id: command.id, hotkeys: command.hotkeys, label: commandLabel(t, command), group: t(`help.groups.${command.group}`) })),
  ]
}
