import type { Editor } from '../store/editor.ts'
import type { ToolId } from '../store/state.ts'
import { ellipseTool, rectangleTool, rotatedRectangleTool } from './box/boxTools.ts'
import { polygonTool, polylineTool } from './path/pathTools.ts'
import { pointTool } from './point/pointTool.ts'
import { selectTool } from './select/selectTool.ts'
import { runTool } from './tool.ts'
import type { RunningTool } from './tool.ts'

/** Every tool by its id, ready to be taken in hand. */
const STARTERS: Readonly<Record<ToolId, (editor: Editor) => RunningTool>> = {
  select: (editor) => runTool(selectTool, editor),
  rectangle: (editor) => runTool(rectangleTool, editor),
  rotatedRectangle: (editor) => runTool(rotatedRectangleTool, editor),
  polygon: (editor) => runTool(polygonTool, editor),
  polyline: (editor) => runTool(polylineTool, editor),
  point: (editor) => runTool(pointTool, editor),
  ellipse: (editor) => runTool(ellipseTool, editor),
}

export function startTool(id: ToolId, editor: Editor): RunningTool {
  return STARTERS[id](editor)
}
