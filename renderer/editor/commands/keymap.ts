import type { Command } from './command.ts'

/** Which keys run which command. */
export interface Keymap {
  /** The keys of commands that do not have their own, by command; an empty list leaves a command without a key. */
  readonly hotkeys: Readonly<Record<string, readonly string[]>>
  /** Keys that the window uses beside the editor's commands, so that no class takes them. */
  readonly reserved: readonly string[]
}

/** The keys that a command has. */
export function hotkeysOf(keymap: Keymap, command: Pick<Command, 'id' | 'hotkeys'>): readonly string[] {
  return keymap.hotkeys[command.id] ?? command.hotkeys
}
