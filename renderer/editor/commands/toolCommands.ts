import { hasUseFor } from '../store/toolUse.ts'
import type { ToolId } from '../store/state.ts'
import { always } from './command.ts'
import type { Command } from './command.ts'

const TOOL_HOTKEYS: readonly (readonly [ToolId, string])[] = [
  ['select', 'V'], ['rectangle', 'R'], ['rotatedRectangle', 'shift+R'], ['polygon', 'P'], ['polyline', 'L'], ['point', 'K'], ['ellipse', 'O'],
  ['hole', 'shift+P'], ['knife', 'X'], ['redraw', 'shift+X'],
  ['skeleton', 'shift+K'],
  ['brush', 'B'], ['eraser', 'E'], ['fill', 'G'],
  ['magicWand', 'W'], ['grabCut', 'C'], ['scissors', 'I'], ['segmentAnything', 'Q'],
  ['ruler', 'M'],
]

export const TOOL_COMMANDS: readonly Command[] = [
  ...TOOL_HOTKEYS.map(([tool, hotkey]): Command => ({
    id: `tools.${tool}`, labelKey: `command.tool.${tool}`, group: 'tools', hotkeys: [hotkey],
    enabled: tool === 'select' || tool === 'ruler' ? always : (editor) => !editor.readOnly && hasUseFor(editor.schema, tool),
    run: (editor) => { editor.setTool(tool) },
  })),
  {
    id: 'tools.again', labelKey: 'command.tool.again', group: 'tools', hotkeys: [],
    enabled: (editor) => !editor.readOnly && editor.state.getState().lastDrawingTool !== undefined,
    run(editor) {
      const { lastDrawingTool } = editor.state.getState()
      if (lastDrawingTool !== undefined) editor.setTool(lastDrawingTool)
    },
  },
]
