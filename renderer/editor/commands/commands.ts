import type { LabelSchema } from '../../../shared/domain/labelSchema.ts'
import type { Editor } from '../store/editor.ts'
import { classCommands } from './classCommands.ts'
import type { Command } from './command.ts'
import { EDIT_COMMANDS } from './editCommands.ts'
import { OBJECT_COMMANDS } from './objectCommands.ts'
import { PREDICTION_COMMANDS } from './predictionCommands.ts'
import { tagCommands } from './tagCommands.ts'
import { TOOL_COMMANDS } from './toolCommands.ts'
import { VIEW_COMMANDS } from './viewCommands.ts'

/** Every command that does not depend on the label schema. */
export const COMMANDS: readonly Command[] = [...EDIT_COMMANDS, ...TOOL_COMMANDS, ...OBJECT_COMMANDS, ...PREDICTION_COMMANDS, ...VIEW_COMMANDS]

/** Single keys that the window uses beside the editor: next and previous task, and help. */
const WINDOW_KEYS = ['D', 'A', '?'] as const

const bySchema = new WeakMap<LabelSchema, readonly Command[]>()

/** All commands for a label schema: the fixed ones, one per class and one per image tag. */
export function commandsFor(schema: LabelSchema): readonly Command[] {
  const known = bySchema.get(schema)
  if (known !== undefined) return known
  const taken = new Set([...WINDOW_KEYS, ...COMMANDS.flatMap((command) => command.hotkeys)])
  const classes = classCommands(schema, taken)
  const tags = tagCommands(schema, new Set([...taken, ...classes.flatMap((command) => command.hotkeys)]))
  const all = [...COMMANDS, ...classes, ...tags]
  bySchema.set(schema, all)
  return all
}

export function findCommand(editor: Editor, id: string): Command | undefined {
  return commandsFor(editor.schema).find((command) => command.id === id)
}
