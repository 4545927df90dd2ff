import type { Editor } from '../store/editor.ts'
import type { ToolId } from '../store/state.ts'
import { grabCutTool } from './assist/grabCut/grabCutTool.ts'
import { magicWandTool } from './assist/magicWand/magicWandTool.ts'
import { scissorsTool } from './assist/scissors/scissorsTool.ts'
import { segmentAnythingTool } from './assist/segmentAnything/segmentAnythingTool.ts'
import { ellipseTool, rectangleTool, rotatedRectangleTool } from './box/boxTools.ts'
import { brushTool, eraserTool } from './brush/brushTools.ts'
import { fillTool } from './fill/fillTool.ts'
import { holeTool, knifeTool, polygonTool, polylineTool, redrawTool } from './path/pathTools.ts'
import { pointTool } from './point/pointTool.ts'
import { rulerTool } from './ruler/rulerTool.ts'
import { skeletonTool } from './skeleton/skeletonTool.ts'
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
  skeleton: (editor) => runTool(skeletonTool, editor),
  hole: (editor) => runTool(holeTool, editor),
  knife: (editor) => runTool(knifeTool, editor),
  redraw: (editor) => runTool(redrawTool, editor),
  brush: (editor) => runTool(brushTool, editor),
  eraser: (editor) => runTool(eraserTool, editor),
  fill: (editor) => runTool(fillTool, editor),
  magicWand: (editor) => runTool(magicWandTool, editor),
  grabCut: (editor) => runTool(grabCutTool, editor),
  scissors: (editor) => runTool(scissorsTool, editor),
  segmentAnything: (editor) => runTool(segmentAnythingTool, editor),
  ruler: (editor) => runTool(rulerTool, editor),
}

/** Tools that place one point with each click; the others are pressed, dragged and let go. */
const DRAWN_BY_CLICKS: ReadonlySet<ToolId> = new Set<ToolId>([
  'polygon', 'polyline', 'point', 'hole', 'knife', 'redraw', 'fill', 'magicWand', 'scissors', 'segmentAnything',
])

export function isDrawnByClicks(id: ToolId): boolean {
  return DRAWN_BY_CLICKS.has(id)
}

export function startTool(id: ToolId, editor: Editor): RunningTool {
  return STARTERS[id](editor)
}
