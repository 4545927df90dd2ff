import { ALIGNMENTS } from '../../../shared/geometry/align.ts'
import type { Alignment } from '../../../shared/geometry/align.ts'
import { CONVERTED_KINDS } from '../../../shared/geometry/convert.ts'
import { alignSelection, countUnits, distributeSelection, groupSelection, reorderSelection, ungroupSelection } from '../actions/arrangeActions.ts'
import { canConvert, convertSelection } from '../actions/convertActions.ts'
import { toggleIsolation } from '../actions/isolateActions.ts'
import type { Editor } from '../store/editor.ts'
import { selectedShapes } from '../store/queries.ts'
import type { Command } from './command.ts'

const hasSelection = (editor: Editor) => !editor.readOnly && editor.state.getState().selection.size > 0
const hasUnits = (least: number) => (editor: Editor) => !editor.readOnly && editor.state.getState().selection.size >= least && countUnits(editor) >= least
const hasGroup = (editor: Editor) => !editor.readOnly && selectedShapes(editor.state.getState()).some(({ groupId }) => groupId !== undefined)

const ALIGN_KEYS: Partial<Record<Alignment, string>> = { left: 'alt+ArrowLeft', right: 'alt+ArrowRight', top: 'alt+ArrowUp', bottom: 'alt+ArrowDown' }

/** Places of shapes beside and above each other, and what they are made of. */
export const ARRANGE_COMMANDS: readonly Command[] = [
  {
    id: 'arrange.group', labelKey: 'command.group', group: 'objects', hotkeys: ['mod+G'],
    enabled: (editor) => !editor.readOnly && editor.state.getState().selection.size > 1, run: groupSelection,
  },
  { id: 'arrange.ungroup', labelKey: 'command.ungroup', group: 'objects', hotkeys: ['mod+shift+G'], enabled: hasGroup, run: ungroupSelection },
  {
    id: 'objects.isolate', labelKey: 'command.isolate', group: 'objects', hotkeys: ['shift+H'],
    enabled: (editor) => editor.state.getState().isolated !== undefined || editor.state.getState().selection.size > 0, run: toggleIsolation,
  },
  order('front', 'bringToFront', 'mod+]'), order('forward', 'bringForward', 'alt+]'), order('backward', 'sendBackward', 'alt+['), order('back', 'sendToBack', 'mod+['),
  ...ALIGNMENTS.map((alignment): Command => ({
    id: `arrange.align.${alignment}`, labelKey: `command.align.${alignment}`, group: 'objects', hotkeys: [ALIGN_KEYS[alignment] ?? []].flat(),
    enabled: hasUnits(2), run: (editor) => { alignSelection(editor, alignment) },
  })),
  ...(['across', 'down'] as const).map((axis): Command => ({
    id: `arrange.distribute.${axis}`, labelKey: `command.distribute.${axis}`, group: 'objects', hotkeys: [], enabled: hasUnits(3), run: (editor) => { distributeSelection(editor, axis) },
  })),
  ...CONVERTED_KINDS.map((kind): Command => ({
    id: `convert.${kind}`, labelKey: `command.convert.${kind}`, group: 'objects', hotkeys: [],
    enabled: (editor) => canConvert(editor, kind), run: (editor) => { convertSelection(editor, kind) },
  })),
]

function order(to: 'front' | 'forward' | 'backward' | 'back', name: string, hotkey: string): Command {
  return { id: `edit.${name}`, labelKey: `command.${name}`, group: 'edit', hotkeys: [hotkey], enabled: hasSelection, run: (editor) => { reorderSelection(editor, to) } }
}
