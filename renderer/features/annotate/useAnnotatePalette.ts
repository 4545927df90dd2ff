import { useTranslation } from 'react-i18next'
import { commandsFor } from '../../editor/commands/commands.ts'
import type { Command } from '../../editor/commands/command.ts'
import { hotkeysOf } from '../../editor/commands/keymap.ts'
import type { Editor } from '../../editor/store/editor.ts'
import { useKeymap } from '../common/hotkeys/KeymapContext.tsx'
import { usePaletteSource, type PaletteAction } from '../common/palette/paletteStore.ts'
import { commandLabel } from './commandText.ts'
import { TASK_COMMAND_NAMES, TASK_COMMANDS } from './commands.ts'
import type { TaskRun } from './useAnnotateKeys.ts'

const CLASS_PREFIX = 'classes.'

/** Offers what can be done with the open task in the palette: its classes first, then what the editor can do now. */
export function useAnnotatePalette(editor: Editor | undefined, run: TaskRun): void {
  const { t } = useTranslation()
  const keymap = useKeymap()
  const colors = new Map<string, string>(editor?.schema.classes.map(({ id, color }) => [CLASS_PREFIX + id, color]))

  const ofEditor = (command: Command): PaletteAction => {
    const color = colors.get(command.id)
    return {
      id: command.id, group: t(`help.groups.${command.group}`), hotkey: command.hotkeys[0], run: () => { editor?.execute(command.id) },
      label: color === undefined ? commandLabel(t, command) : command.labelParams?.['name'] ?? command.id, ...(color !== undefined && { color }),
    }
  }
  usePaletteSource('annotate', () => {
    if (editor === undefined) return []
    const able = commandsFor(editor.schema, keymap).filter((command) => command.enabled(editor))
    const [classes, others] = [able.filter(({ id }) => colors.has(id)), able.filter(({ id }) => !colors.has(id))]
    const ofTask = TASK_COMMAND_NAMES.map((name): PaletteAction => ({
      id: TASK_COMMANDS[name].id, label: t(TASK_COMMANDS[name].labelKey), group: t('help.groups.tasks'), hotkey: hotkeysOf(keymap, TASK_COMMANDS[name])[0],
      run: () => { run[name]() },
    }))
    return [...classes.map(ofEditor), ...ofTask, ...others.map(ofEditor)]
  })
}
