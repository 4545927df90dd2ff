import { commandsFor } from '../../editor/commands/commands.ts'
import type { Editor } from '../../editor/store/editor.ts'
import { useCommandKeys, type KeyBinding } from '../common/useCommandKeys.ts'
import { TASK_COMMANDS, type TaskCommand } from './commands.ts'

export type TaskRun = Readonly<Record<TaskCommand, () => boolean | void>>

/** Binds the keys of the task and of the editor. */
export function useAnnotateKeys(editor: Editor | undefined, run: TaskRun): void {
  const ofTask = (Object.keys(TASK_COMMANDS) as TaskCommand[]).map((name): KeyBinding => ({
    hotkey: TASK_COMMANDS[name].hotkey, run: run[name], inText: name === 'submit',
  }))
  const ofEditor = (editor ? commandsFor(editor.schema) : []).flatMap(({ id, hotkeys, physicalKeys = false }) =>
    hotkeys.map((hotkey): KeyBinding => ({ hotkey, physical: physicalKeys, run: () => editor?.execute(id) ?? false })))
  useCommandKeys([...ofTask, ...ofEditor])
}
