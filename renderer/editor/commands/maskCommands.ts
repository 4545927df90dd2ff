import { changeBrush, resizeBrush } from '../actions/maskActions.ts'
import type { Editor } from '../store/editor.ts'
import type { Command } from './command.ts'

const SIZE_STEP = 1.25

/** Whether the brush or the eraser is in hand: then their keys go before others that share them. */
export function hasBrushInHand(editor: Editor): boolean {
  const { tool } = editor.state.getState()
  return tool === 'brush' || tool === 'eraser'
}

export const MASK_COMMANDS: readonly Command[] = [
  {
    id: 'masks.smallerBrush', labelKey: 'command.smallerBrush', group: 'tools', hotkeys: ['['], keepsGesture: true,
    enabled: hasBrushInHand, run: (editor) => { resizeBrush(editor, 1 / SIZE_STEP) },
  },
  {
    id: 'masks.largerBrush', labelKey: 'command.largerBrush', group: 'tools', hotkeys: [']'], keepsGesture: true,
    enabled: hasBrushInHand, run: (editor) => { resizeBrush(editor, SIZE_STEP) },
  },
  {
    id: 'masks.brushTip', labelKey: 'command.brushTip', group: 'tools', hotkeys: ['shift+B'],
    enabled: hasBrushInHand, run: (editor) => { changeBrush(editor, { tip: editor.state.getState().brush.tip === 'round' ? 'square' : 'round' }) },
  },
  {
    id: 'masks.protectOthers', labelKey: 'command.protectOthers', group: 'tools', hotkeys: [],
    enabled: hasBrushInHand, run: (editor) => { changeBrush(editor, { protectOthers: !editor.state.getState().brush.protectOthers }) },
  },
]
