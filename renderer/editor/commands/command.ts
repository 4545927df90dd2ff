import type { Editor } from '../store/editor.ts'

export const COMMAND_GROUPS = ['edit', 'tools', 'classes', 'objects', 'polygons', 'predictions', 'view'] as const
export type CommandGroup = (typeof COMMAND_GROUPS)[number]

/**
 * Something a person can ask for by key, menu or button. Buttons, menus and the help overlay are made from these.
 * Hotkeys are written as `@mantine/hooks` reads them: `mod+Z`; a digit with Shift or Control as `shift+Digit1`, by its place on the keyboard.
 */
export interface Command {
  readonly id: string
  /** A key of the window's translations; `labelParams` are put into the text. */
  readonly labelKey: string
  readonly labelParams?: Readonly<Record<string, string>>
  readonly group: CommandGroup
  readonly hotkeys: readonly string[]
  /** The command may run in the middle of a gesture; all others give the gesture up first. */
  readonly keepsGesture?: true
  enabled(editor: Editor): boolean
  run(editor: Editor): void
}

export const always = (): boolean => true
