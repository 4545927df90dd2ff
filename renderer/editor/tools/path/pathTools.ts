import type { ToolChart } from '../tool.ts'
import { drawing } from './drawing.ts'
import { idle } from './idle.ts'
import type { PathKind, PathState } from './pathState.ts'

function pathTool(kind: PathKind): ToolChart<PathState> {
  return { initial: { name: 'idle' }, states: { idle: idle(kind), drawing: drawing(kind) } }
}

export const polygonTool = pathTool({ kind: 'polygon', leastPoints: 3 })
export const polylineTool = pathTool({ kind: 'polyline', leastPoints: 2 })
