import { commandsFor } from '../../editor/commands/commands.ts'
import { hotkeysOf } from '../../editor/commands/keymap.ts'
import type { Editor } from '../../editor/store/editor.ts'
import { useKeymap } from '../common/hotkeys/KeymapContext.tsx'
import { useCommandKeys, type KeyBinding } from '../common/useCommandKeys.ts'
import { TASK_COMMAND_NAMES, TASK_COMMANDS, type TaskCommand } from './commands.ts'

export type TaskRun = Readonly<Record<TaskCommand, () => boolean | void>>

/** Binds the keys of the task and of the editor. */
export function useAnnotateKeys(editor: Editor | undefined, run: TaskRun): void {
  const keymap = useKeymap()
  const ofTask = TASK_COMMAND_NAMES.flatMap((name) =>
    hotkeysOf(keymap, TASK_COMMANDS[name]).map((hotkey): KeyBinding => ({ hotkey, run: run[name], inText: name === 'submit' })))
  const ofEditor = (editor ? commandsFor(editor.schema, keymap) : []).flatMap(({ id, hotkeys }) =>
    hotkeys.map((hotkey): KeyBinding => ({ hotkey, run: () => editor?.execute(id) ?? false })))
  useCommandKeys([...ofTask, ...ofEditor])
}
