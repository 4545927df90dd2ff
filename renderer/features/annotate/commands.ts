/** What can be done with the open task as a whole, beside the editor's own commands. Hotkeys as @mantine/hooks reads them. */
export const TASK_COMMANDS = {
  submit: { labelKey: 'command.submit', hotkey: 'mod+Enter' },
  skip: { labelKey: 'command.skip', hotkey: 'mod+Space' },
  next: { labelKey: 'command.nextTask', hotkey: 'D' },
  previous: { labelKey: 'command.previousTask', hotkey: 'A' },
} as const
export type TaskCommand = keyof typeof TASK_COMMANDS
