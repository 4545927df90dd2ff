import type { ToolChart } from '../tool.ts'
import { beginAtEnd, beginCut, beginHole, beginRedraw, beginShape } from './begin.ts'
import { drawing } from './drawing.ts'
import { idle } from './idle.ts'
import type { PathKind, PathState } from './pathState.ts'
import { tracing } from './tracing.ts'

function pathTool(kind: PathKind): ToolChart<PathState> {
  return { initial: { name: 'idle' }, states: { idle: idle(kind), drawing: drawing(kind), tracing: tracing(kind) } }
}

export const polygonTool = pathTool({ closed: true, leastPoints: 3, begin: (editor, event) => beginShape(editor, event, 'polygon') })
export const polylineTool = pathTool({
  closed: false, leastPoints: 2, begin: (editor, event) => beginAtEnd(editor, event) ?? beginShape(editor, event, 'polyline'),
})
/** Cuts what is drawn out of a shape. */
export const holeTool = pathTool({ closed: true, leastPoints: 3, begin: beginHole })
/** Splits the shapes that a line cuts through. */
export const knifeTool = pathTool({ closed: false, leastPoints: 2, begin: beginCut })
/** Replaces a part of an outline. */
export const redrawTool = pathTool({ closed: false, leastPoints: 2, begin: beginRedraw })
