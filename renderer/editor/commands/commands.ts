import type { LabelSchema } from '../../../shared/domain/labelSchema.ts'
import type { Editor } from '../store/editor.ts'
import { ARRANGE_COMMANDS } from './arrangeCommands.ts'
import { ATTRIBUTE_COMMANDS } from './attributeCommands.ts'
import { classCommands } from './classCommands.ts'
import { CLIPBOARD_COMMANDS } from './clipboardCommands.ts'
import type { Command } from './command.ts'
import { EDIT_COMMANDS } from './editCommands.ts'
import { JUMP_COMMANDS } from './jumpCommands.ts'
import { hotkeysOf } from './keymap.ts'
import type { Keymap } from './keymap.ts'
import { MASK_COMMANDS } from './maskCommands.ts'
import { OBJECT_COMMANDS } from './objectCommands.ts'
import { POLYGON_COMMANDS } from './polygonCommands.ts'
import { PREDICTION_COMMANDS } from './predictionCommands.ts'
import { tagCommands } from './tagCommands.ts'
import { TOOL_COMMANDS } from './toolCommands.ts'
import { VIEW_COMMANDS } from './viewCommands.ts'

/** Every command that does not depend on the label schema. */
export const COMMANDS: readonly Command[] = [
  ...EDIT_COMMANDS, ...CLIPBOARD_COMMANDS, ...TOOL_COMMANDS, ...MASK_COMMANDS, ...OBJECT_COMMANDS, ...ARRANGE_COMMANDS, ...POLYGON_COMMANDS, ...ATTRIBUTE_COMMANDS,
  ...PREDICTION_COMMANDS, ...JUMP_COMMANDS, ...VIEW_COMMANDS,
]

const OWN_KEYS: Keymap = { hotkeys: {}, reserved: [] }
const known = new WeakMap<LabelSchema, WeakMap<Keymap, readonly Command[]>>()

/** All commands for a label schema, with the keys of a keymap: the fixed ones, one per class and one per image tag, which get keys that are left. */
export function commandsFor(schema: LabelSchema, keymap: Keymap = OWN_KEYS): readonly Command[] {
  const bySchema = known.get(schema) ?? new WeakMap<Keymap, readonly Command[]>()
  known.set(schema, bySchema)
  const made = bySchema.get(keymap) ?? makeCommands(schema, keymap)
  bySchema.set(keymap, made)
  return made
}

export function findCommand(editor: Editor, id: string, keymap: Keymap = OWN_KEYS): Command | undefined {
  return commandsFor(editor.schema, keymap).find((command) => command.id === id)
}

function makeCommands(schema: LabelSchema, keymap: Keymap): readonly Command[] {
  const fixed = COMMANDS.map((command): Command => ({ ...command, hotkeys: hotkeysOf(keymap, command) }))
  const taken = new Set([...keymap.reserved, ...fixed.flatMap((command) => command.hotkeys)])
  const classes = classCommands(schema, taken)
  const tags = tagCommands(schema, new Set([...taken, ...classes.flatMap((command) => command.hotkeys)]))
  return [...fixed, ...classes, ...tags]
}
