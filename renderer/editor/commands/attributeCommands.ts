import { attributeAt, stepAttribute } from '../actions/attributeActions.ts'
import type { Command } from './command.ts'

/** The keys of the first attributes of whatever class is selected. */
const ATTRIBUTE_KEYS = ['F2', 'F3', 'F4', 'F6', 'F7', 'F9'] as const

/** One command per place in the list of attributes, so that the same key serves every class. */
export const ATTRIBUTE_COMMANDS: readonly Command[] = ATTRIBUTE_KEYS.map((hotkey, place): Command => ({
  id: `attributes.${place + 1}`, labelKey: 'command.attribute', labelParams: { name: String(place + 1) }, group: 'objects', hotkeys: [hotkey],
  enabled: (editor) => !editor.readOnly && attributeAt(editor, place) !== undefined,
  run(editor) {
    const definition = attributeAt(editor, place)
    if (definition !== undefined) stepAttribute(editor, definition)
  },
}))
