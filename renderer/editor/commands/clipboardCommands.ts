import { copySelection, cutSelection, pasteClipboard } from '../actions/clipboardActions.ts'
import type { Editor } from '../store/editor.ts'
import type { Command } from './command.ts'

const hasSelection = (editor: Editor) => editor.state.getState().selection.size > 0

export const CLIPBOARD_COMMANDS: readonly Command[] = [
  { id: 'edit.cut', labelKey: 'command.cut', group: 'edit', hotkeys: ['mod+X'], enabled: (editor) => !editor.readOnly && hasSelection(editor), run: cutSelection },
  { id: 'edit.copy', labelKey: 'command.copy', group: 'edit', hotkeys: ['mod+C'], enabled: hasSelection, run: copySelection },
  {
    id: 'edit.paste', labelKey: 'command.paste', group: 'edit', hotkeys: ['mod+V'],
    enabled: (editor) => !editor.readOnly && editor.clipboard.mayHoldShapes(), run: pasteClipboard,
  },
]
