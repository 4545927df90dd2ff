import type { Shape } from '../../../shared/domain/shape.ts'
import type { Editor } from '../store/editor.ts'
import { deleteSelection, duplicateSelection, selectShapes } from '../actions/shapeActions.ts'
import { isReachable, selectedShapes } from '../store/queries.ts'
import type { Command } from './command.ts'

const inGesture = (editor: Editor) => editor.state.getState().toolState !== 'idle'
const hasSelection = (editor: Editor) => !editor.readOnly && editor.state.getState().selection.size > 0
function hasEditable(editor: Editor): boolean {
  const { selection, locked } = editor.state.getState()
  if (editor.readOnly) return false
  for (const id of selection) if (!locked.has(id)) return true
  return false
}

export const EDIT_COMMANDS: readonly Command[] = [
  {
    id: 'edit.undo', labelKey: 'command.undo', group: 'edit', hotkeys: ['mod+Z'], keepsGesture: true,
    enabled: (editor) => inGesture(editor) || (!editor.readOnly && editor.state.getState().history.canUndo),
    run(editor) {
      // In the middle of a drawing, undo takes back its last step rather than the work before it.
      if (inGesture(editor)) editor.dispatch({ type: 'stepBack' })
      else editor.undo()
    },
  },
  {
    id: 'edit.redo', labelKey: 'command.redo', group: 'edit', hotkeys: ['mod+shift+Z', 'mod+Y'],
    enabled: (editor) => !editor.readOnly && editor.state.getState().history.canRedo,
    run: (editor) => { editor.redo() },
  },
  {
    id: 'edit.delete', labelKey: 'command.delete', group: 'edit', hotkeys: ['Delete', 'Backspace'],
    enabled: hasSelection, run: deleteSelection,
  },
  {
    id: 'edit.duplicate', labelKey: 'command.duplicate', group: 'edit', hotkeys: ['mod+D'],
    enabled: hasSelection, run: duplicateSelection,
  },
  {
    id: 'edit.selectAll', labelKey: 'command.selectAll', group: 'edit', hotkeys: ['mod+A'],
    enabled: (editor) => editor.state.getState().shapes.length > 0,
    run(editor) {
      const { shapes, locked, hidden } = editor.state.getState()
      selectShapes(editor, shapes.map((shape) => shape.id).filter((id) => !locked.has(id) && !hidden.has(id)))
    },
  },
  {
    id: 'edit.selectSameClass', labelKey: 'command.selectSameClass', group: 'edit', hotkeys: ['mod+shift+A'],
    enabled: (editor) => editor.state.getState().selection.size > 0,
    run(editor) {
      const state = editor.state.getState()
      const classes = new Set(selectedShapes(state).map(({ classId }) => classId))
      selectReachable(editor, ({ classId }) => classes.has(classId))
    },
  },
  {
    id: 'edit.invertSelection', labelKey: 'command.invertSelection', group: 'edit', hotkeys: ['mod+I'],
    enabled: (editor) => editor.state.getState().shapes.length > 0,
    run(editor) {
      const { selection } = editor.state.getState()
      selectReachable(editor, ({ id }) => !selection.has(id))
    },
  },
  {
    id: 'edit.deselect', labelKey: 'command.deselect', group: 'edit', hotkeys: ['Escape'],
    enabled: (editor) => editor.state.getState().selection.size > 0 || editor.state.getState().selectedPrediction !== undefined,
    run: (editor) => { selectShapes(editor, []) },
  },
  nudge('Left'), nudge('Right'), nudge('Up'), nudge('Down'),
]

/** Selects the shapes that a gesture could take hold of and that `wanted` picks. */
function selectReachable(editor: Editor, wanted: (shape: Shape) => boolean): void {
  const state = editor.state.getState()
  selectShapes(editor, state.shapes.filter((shape) => isReachable(state, shape.id) && wanted(shape)).map(({ id }) => id))
}

/** The same nudge as by the arrow keys on the canvas, from wherever the keyboard is. */
function nudge(direction: 'Left' | 'Right' | 'Up' | 'Down'): Command {
  const key = `Arrow${direction}`
  const modifiers = { shift: false, alt: false, mod: false }
  return {
    id: `edit.nudge${direction}`, labelKey: `command.nudge${direction}`, group: 'edit', hotkeys: [key], keepsGesture: true,
    enabled: (editor) => hasEditable(editor) && editor.state.getState().tool === 'select',
    run(editor) {
      editor.dispatch({ type: 'keyDown', key, modifiers, repeat: false })
      editor.dispatch({ type: 'keyUp', key, modifiers })
    },
  }
}
