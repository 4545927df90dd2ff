import type { Editor } from '../store/editor.ts'
import { stepSelection, toggleHidden, toggleLocked } from '../actions/shapeActions.ts'
import { zoomToShapes } from '../actions/viewActions.ts'
import type { Command } from './command.ts'

const hasShapes = (editor: Editor) => editor.state.getState().shapes.length > 0
const hasSelection = (editor: Editor) => editor.state.getState().selection.size > 0
const selected = (editor: Editor) => [...editor.state.getState().selection]

export const OBJECT_COMMANDS: readonly Command[] = [
  {
    id: 'objects.next', labelKey: 'command.nextObject', group: 'objects', hotkeys: ['.'],
    enabled: hasShapes, run: (editor) => { stepSelection(editor, 1) },
  },
  {
    id: 'objects.previous', labelKey: 'command.previousObject', group: 'objects', hotkeys: [','],
    enabled: hasShapes, run: (editor) => { stepSelection(editor, -1) },
  },
  {
    id: 'objects.hide', labelKey: 'command.hideObject', group: 'objects', hotkeys: ['H'],
    enabled: hasSelection, run: (editor) => { toggleHidden(editor, selected(editor)) },
  },
  {
    id: 'objects.hideAll', labelKey: 'command.hideAllObjects', group: 'objects', hotkeys: ['mod+H'],
    enabled: hasShapes,
    run(editor) {
      const { allHidden, hidden } = editor.state.getState()
      // Showing all again also shows those that were hidden one by one.
      editor.update(allHidden || hidden.size > 0 ? { allHidden: false, hidden: new Set(), isolated: undefined } : { allHidden: true, selection: new Set(), activeVertex: undefined })
    },
  },
  {
    id: 'objects.lock', labelKey: 'command.lockObject', group: 'objects', hotkeys: ['mod+L'],
    enabled: hasSelection, run: (editor) => { toggleLocked(editor, selected(editor)) },
  },
  {
    id: 'objects.zoomTo', labelKey: 'command.zoomToObject', group: 'objects', hotkeys: ['shift+Digit3'], keepsGesture: true,
    enabled: hasSelection, run: (editor) => { zoomToShapes(editor, selected(editor)) },
  },
]
