/** What can be done with the open task as a whole, beside the editor's own commands. Hotkeys as @mantine/hooks reads them. */
export const TASK_COMMANDS = {
  submit: { id: 'task.submit', labelKey: 'command.submit', hotkeys: ['mod+Enter'] },
  skip: { id: 'task.skip', labelKey: 'command.skip', hotkeys: ['mod+Space'] },
  next: { id: 'task.next', labelKey: 'command.nextTask', hotkeys: ['D'] },
  previous: { id: 'task.previous', labelKey: 'command.previousTask', hotkeys: ['A'] },
  nextUnlabelled: { id: 'task.nextUnlabelled', labelKey: 'command.nextUnlabelled', hotkeys: ['shift+D'] },
  copyPrevious: { id: 'task.copyPrevious', labelKey: 'command.copyPrevious', hotkeys: ['mod+P'] },
} as const
export type TaskCommand = keyof typeof TASK_COMMANDS
export const TASK_COMMAND_NAMES = Object.keys(TASK_COMMANDS) as TaskCommand[]
