import type { BrushEffect } from '../../store/brushSettings.ts'
import type { ToolChart } from '../tool.ts'
import type { BrushState } from './brushState.ts'
import { idle } from './idle.ts'
import { painting } from './painting.ts'

function brushChart(effect: BrushEffect): ToolChart<BrushState> {
  return { initial: { name: 'idle', last: undefined }, states: { idle: idle(effect), painting } }
}

export const brushTool = brushChart('paint')
export const eraserTool = brushChart('erase')
